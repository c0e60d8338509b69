// SPDX-License-Identifier: BSL-1.0
// The list of contestants, their operands, and the check of one against another.
#include "contestant.hpp"

#include "peers.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <new>
#include <random>
#include <span>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::align_val_t cache_line{64};
// Scores with ALiBi over 2048 positions are near 1000, where a float is off by 6e-5 and so is the probability.
constexpr double tolerance = 2e-4;

void fill(std::span<float> values, float limit, std::mt19937& random) {
    std::uniform_real_distribution<float> uniform(-limit, limit);
    for (float& value : values) value = uniform(random);
}

std::span<float> elements(float* first, extent size) { return {first, static_cast<std::size_t>(size)}; }

double largest_difference(std::span<const float> a, std::span<const float> b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        if (std::isnan(difference)) return std::numeric_limits<double>::infinity();
        largest = std::max(largest, difference);
    }
    return largest;
}

} // namespace

void release::operator()(float* memory) const { ::operator delete[](memory, cache_line); }

floats allocate(extent size) { return floats(new (cache_line) float[static_cast<std::size_t>(size)]); }

operands::operands(const attention& what)
    : output_size_(what.pieces() * what.rows() * what.features),
      q_(allocate(output_size_)),
      k_(allocate(what.pieces() * what.keys * what.features)),
      v_(allocate(what.pieces() * what.keys * what.features)),
      slope_(allocate(what.heads)),
      o_(allocate(output_size_)) {
    std::mt19937 random(1);
    fill(elements(q(), output_size_), 4, random); // so that scores spread by about 1.3
    fill(elements(k(), what.pieces() * what.keys * what.features), 1, random);
    fill(elements(v(), what.pieces() * what.keys * what.features), 1, random);
    if (what.stored != storage::f32)
        for (const std::span<float> each : {elements(k(), what.pieces() * what.keys * what.features),
                                            elements(v(), what.pieces() * what.keys * what.features)})
            for (float& value : each) value = std::round(value * 64) / 64; // 7 bits, which all types have
    if (what.bias) {
        const extent size = what.heads * what.rows() * what.keys;
        bias_ = allocate(size);
        fill(elements(bias(), size), 1, random);
    }
    if (what.boolean) {
        const extent size = what.rows() * what.keys;
        added_ = allocate(size);
        seen_.reset(new bool[static_cast<std::size_t>(size)]);
        for (extent i = 0; i < size; ++i) {
            const bool sees = random() % 4 != 0;
            seen_[static_cast<std::size_t>(i)] = sees;
            added_[static_cast<std::size_t>(i)] = sees ? 0 : -std::numeric_limits<float>::infinity();
        }
    }
    if (what.documents)
        for (extent position = 0; position < what.keys; ++position)
            document_.push_back(static_cast<std::int32_t>(attention::document_of(position)[0]));
    for (extent head = 0; head < what.heads; ++head)
        slope_[static_cast<std::size_t>(head)] = alibi_slope(head);
}

std::vector<contestant> contestants() {
    std::vector<contestant> all = {
        {"heed", prepare_heed},
        {"OpenBLAS", prepare_openblas},
        {"OpenBLAS by rows", prepare_openblas_by_rows},
        {"Eigen", prepare_eigen},
        {"Eigen by rows", prepare_eigen_by_rows},
    };
    std::ranges::copy(found_peers(), std::back_inserter(all));
    return all;
}

std::vector<contestant> timed_contestants(const attention& what, const setting& how) {
    std::vector<contestant> all = contestants();
    if (!what.peers || how.instruction_set != instruction_sets().back()) all.resize(1, all.front());
    return all;
}

double compare(const attention& what, const operands& at, const setting& how) {
    const std::span<float> output = elements(at.o(), at.output_size());
    std::vector<float> lowest, highest;
    for (const contestant& each : contestants()) {
        const call compute = each.prepare(what, at, how);
        if (!compute) continue;
        std::ranges::fill(output, std::numeric_limits<float>::quiet_NaN());
        compute();
        if (lowest.empty()) lowest.assign(output.begin(), output.end()), highest = lowest;
        for (std::size_t i = 0; i < output.size(); ++i) {
            // Written so that a NaN stays.
            lowest[i] = lowest[i] <= output[i] ? lowest[i] : output[i];
            highest[i] = highest[i] >= output[i] ? highest[i] : output[i];
        }
        if (const double difference = largest_difference(lowest, highest); !(difference <= tolerance))
            throw std::runtime_error(std::string(what.name) + ": " + std::string(each.name) +
                                     " differs from the others by " + std::to_string(difference));
    }
    return largest_difference(lowest, highest);
}

} // namespace bench
