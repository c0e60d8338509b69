// SPDX-License-Identifier: BSL-1.0
// OpenBLAS as a peer of products: sgemm, and a vectorised pass for bias and gelu.
#include "peer.hpp"
#include "product.hpp"

#include <cblas.h>

namespace bench {
namespace {

// erf to 1.5e-7: Abramowitz and Stegun, 7.1.26.
inline float error_function(float x) {
    const float z = std::abs(x), t = 1 / (1 + 0.3275911F * z);
    const float p =
        ((((1.061405429F * t - 1.453152027F) * t + 1.421413741F) * t - 0.284496736F) * t + 0.254829592F) * t;
    return std::copysign(1 - p * exponential(-z * z), x);
}

void sgemm(const product& what, product_operands& at) {
    const auto rows = static_cast<blasint>(what.rows), depth = static_cast<blasint>(what.depth),
               columns = static_cast<blasint>(what.columns);
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, columns, depth, 1.F, at.x.data(), depth,
                at.w.data(), columns, 0.F, at.o.data(), columns);
}

void finish(const product& what, product_operands& at, int threads) {
    const float* bias = at.bias.data();
#pragma omp parallel for num_threads(threads)
    for (extent row = 0; row < what.rows; ++row) {
        float* o = at.o.data() + row * what.columns;
#pragma omp simd
        for (extent j = 0; j < what.columns; ++j) {
            const float y = o[j] + bias[j];
            o[j] = 0.5F * y * (1 + error_function(y * 0.707106781F));
        }
    }
}

} // namespace

call openblas_sgemm(const product& what, product_operands& at, const setting& how) {
    return [what, &at, how] {
        openblas_set_num_threads(how.threads);
        sgemm(what, at);
    };
}

call openblas_product(const product& what, product_operands& at, const setting& how) {
    return [what, &at, how] {
        openblas_set_num_threads(how.threads);
        sgemm(what, at);
        if (what.finished) finish(what, at, how.threads);
    };
}

} // namespace bench
