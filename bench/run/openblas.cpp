// SPDX-License-Identifier: BSL-1.0
// OpenBLAS as a peer: sgemm, a vectorised softmax, sgemm, for whole heads or by blocks of rows. Compiled with -O3
// for this machine, so that the softmax is not held back.
#include "peer.hpp"

#include <cblas.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace bench {
namespace {

// The best of 32, 64, 128, 192, 256 and 512 as measured: large for the product's sake, unless a mask is trimmed.
constexpr extent rows_of_block(const attention& what) { return what.masked() ? 64 : 512; }

template <bool Softcap, bool Alibi>
float largest_score(float* scores, extent size, float slope, float distance) {
    float largest = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : largest)
    for (extent i = 0; i < size; ++i) {
        float score = scores[i];
        if constexpr (Softcap) // tanh(x) = 1 - 2 / (exp(2 x) + 1)
            score = softcap_limit - 2 * softcap_limit / (exponential(score * (2 / softcap_limit)) + 1);
        if constexpr (Alibi) score += slope * (static_cast<float>(static_cast<std::int32_t>(i)) + distance);
        if constexpr (Softcap || Alibi) scores[i] = score;
        largest = score > largest ? score : largest;
    }
    return largest;
}

/// Probabilities of one row without their division by the sum, which it returns.
float softmax(float* scores, extent size, const attention& what, float slope, float distance) {
    const float largest = what.softcap
                              ? (what.alibi ? largest_score<true, true>(scores, size, slope, distance)
                                            : largest_score<true, false>(scores, size, slope, distance))
                              : (what.alibi ? largest_score<false, true>(scores, size, slope, distance)
                                            : largest_score<false, false>(scores, size, slope, distance));
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (extent i = 0; i < size; ++i) {
        scores[i] = exponential(scores[i] - largest);
        sum += scores[i];
    }
    return sum;
}

void compute(const attention& what, const block& b) {
    const auto rows = static_cast<blasint>(b.rows()), keys = static_cast<blasint>(b.keys()),
               features = static_cast<blasint>(what.features);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, keys, features, scale(what), b.q, features,
                b.k, features, 0.F, b.scores, keys);
    for (extent row = 0; row < b.rows(); ++row) {
        float* scores = b.scores + row * b.keys();
        const extent first = what.first_key(b.first + row) - b.first_key,
                     end = what.end_key(b.first + row) - b.first_key;
        std::fill(scores, scores + first, 0.F);
        std::fill(scores + end, scores + b.keys(), 0.F);
        if (b.added) {
            const float* added = b.added + row * what.keys;
            for (extent i = first; i < end; ++i) scores[i] += added[i];
        }
        const auto distance = static_cast<float>(b.first_key + first - (b.first + row));
        b.sums[row] = softmax(scores + first, end - first, what, b.slope, distance);
    }
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, features, keys, 1.F, b.scores, keys, b.v,
                features, 0.F, b.o, features);
    for (extent row = 0; row < b.rows(); ++row)
        for (extent feature = 0; feature < what.features; ++feature)
            b.o[row * what.features + feature] *= 1 / b.sums[row];
}

} // namespace

call prepare_openblas(const attention& what, const operands& at, const setting& how) {
    openblas_set_num_threads(1); // a head each is better than every product split
    return by_blocks(what, at, how.threads, what.rows(), false, compute);
}

call prepare_openblas_by_rows(const attention& what, const operands& at, const setting& how) {
    if (what.rows() <= rows_of_block(what)) return {};
    openblas_set_num_threads(1);
    return by_blocks(what, at, how.threads, rows_of_block(what), true, compute);
}

std::string openblas_version() {
    const std::string configuration = openblas_get_config(); // "OpenBLAS 0.3.21 NO_LAPACKE ..."
    const std::size_t end = configuration.find(' ', configuration.find(' ') + 1);
    return configuration.substr(0, end) + " (" + openblas_get_corename() + ")";
}

} // namespace bench
