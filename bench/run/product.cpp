// SPDX-License-Identifier: BSL-1.0
// Products: operands, the check of heed against OpenBLAS, and the table.
#include "product.hpp"

#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <stdexcept>

namespace bench {
namespace {

std::vector<float> random_elements(extent size, std::mt19937& random) {
    std::uniform_real_distribution<float> uniform(-1, 1);
    std::vector<float> values(static_cast<std::size_t>(size));
    for (float& value : values) value = uniform(random);
    return values;
}

struct contestant_of_product {
    std::string_view name;
    call (*prepare)(const product& what, product_operands& at, const setting& how);
};
constexpr contestant_of_product contestants_of_product[] = {
    {"heed", heed_product},
    {"heed, transposed", heed_product_of_transposed},
    {"OpenBLAS", openblas_product},
};

} // namespace

product_operands::product_operands(const product& what) {
    std::mt19937 random(1);
    x = random_elements(what.rows * what.depth, random);
    w = random_elements(what.depth * what.columns, random);
    bias = random_elements(what.columns, random);
    o.resize(static_cast<std::size_t>(what.rows * what.columns));
}

double compare(const product& what, const setting& how) {
    product_operands at(what);
    // A sum is near sqrt(depth) / 3, and its roundings add up.
    const double tolerance = 1e-5 * std::sqrt(static_cast<double>(what.depth));
    std::vector<float> first;
    double largest = 0;
    for (const contestant_of_product& each : contestants_of_product) {
        std::ranges::fill(at.o, std::nanf(""));
        each.prepare(what, at, how)();
        if (first.empty()) first = at.o;
        for (std::size_t i = 0; i < first.size(); ++i) {
            const double difference = std::abs(static_cast<double>(at.o[i]) - static_cast<double>(first[i]));
            if (!(difference <= tolerance))
                throw std::runtime_error(std::string(what.name) + ": " + std::string(each.name) +
                                         " differs by " + std::to_string(difference));
            largest = std::max(largest, difference);
        }
    }
    return largest;
}

product_result measure(const product& what, const setting& how, const effort& spent) {
    product_operands at(what);
    product_result found{{how.threads, compare(what, how), {}}, what};
    turns all;
    all.enter_peak(how);
    const bool with_peers = how.instruction_set == instruction_sets().back();
    for (const contestant_of_product& each : contestants_of_product)
        if (with_peers || each.name != "OpenBLAS")
            all.enter(each.name, what.flops(), each.prepare(what, at, how));
    if (with_peers && what.finished) all.enter("sgemm", what.flops(), openblas_sgemm(what, at, how));
    found.entries = all.take(how.threads, spent);
    return found;
}

void print_table(std::ostream& out, const std::vector<product_result>& results) {
    if (results.empty()) return;
    out << "Matrix products, share of the peak in percent, and speed of heed over OpenBLAS: over sgemm "
           "followed "
           "by a\nvectorised pass for bias and gelu where there are any, and over sgemm alone:\n\n";
    print_header(out, {"product", "threads", "heed", "heed, w transposed", "OpenBLAS", "over OpenBLAS",
                       "over sgemm alone"});
    for (const product_result& each : results)
        print_row(out, {std::string(each.what.name), std::to_string(each.threads),
                        ratio(each, "heed", "peak", "%.0f", 100),
                        ratio(each, "heed, transposed", "peak", "%.0f", 100),
                        ratio(each, "OpenBLAS", "peak", "%.0f", 100),
                        ratio(each, "heed", "OpenBLAS", "%.2f", 1), ratio(each, "heed", "sgemm", "%.2f", 1)});
}

std::vector<std::string> missed_goals(const std::vector<product_result>& results) {
    std::vector<std::string> missed;
    for (const product_result& each : results) {
        if (each.threads != 1 || each.what.least_of_openblas == 0) continue;
        const measured *ours = each.find("heed"), *theirs = each.find("OpenBLAS");
        if (!ours || !theirs) continue;
        const double speed = each.speed_ratio(*ours, *theirs, &timing::best);
        if (speed >= each.what.least_of_openblas) continue;
        char text[64];
        std::snprintf(text, sizeof text, ": %.2f of OpenBLAS, to be at least %.2f", speed,
                      each.what.least_of_openblas);
        missed.push_back(std::string(each.what.name) + text);
    }
    return missed;
}

} // namespace bench
