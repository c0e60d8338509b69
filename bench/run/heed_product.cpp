// SPDX-License-Identifier: BSL-1.0
// x * w, and gelu(x * w + bias), which is the same loop.
#include "heed_call.hpp"
#include "product.hpp"

namespace bench {
namespace {

template <heed::extent N = heed::dynamic> struct row : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct model : heed::axis<N> {};

template <class Weights>
call multiply(const product& what, product_operands& at, const setting& how, const Weights& w) {
    const heed::view<const float, row<>, model<>> x(at.x.data(), what.rows, what.depth);
    const heed::view<const float, feature<>> bias(at.bias.data(), what.columns);
    const heed::view<float, row<>, feature<>> o(at.o.data(), what.rows, what.columns);
    if (!what.finished) return repeat(o, x * w, how);
    const auto formula = gelu(x * w + bias);
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(o, formula, how);
}

} // namespace

call heed_product(const product& what, product_operands& at, const setting& how) {
    const heed::view<const float, model<>, feature<>> w(at.w.data(), what.depth, what.columns);
    return multiply(what, at, how, w);
}

call heed_product_of_transposed(const product& what, product_operands& at, const setting& how) {
    // The same numbers laid out the other way.
    const auto across = std::make_shared<std::vector<float>>(at.w.size());
    for (extent k = 0; k < what.depth; ++k)
        for (extent j = 0; j < what.columns; ++j)
            (*across)[static_cast<std::size_t>(j * what.depth + k)] =
                at.w[static_cast<std::size_t>(k * what.columns + j)];
    const heed::view<const float, feature<>, model<>> w(across->data(), what.columns, what.depth);
    return [across, run = multiply(what, at, how, transpose(w))] { run(); };
}

} // namespace bench
