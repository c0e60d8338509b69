// SPDX-License-Identifier: BSL-1.0
// Matrix products alone, with what is done to their elements, and inside attention: extents and depths around the sizes
// of blocks, operands that lie along any axis. Elements are small integers, so that every sum is exact.
#include <cmath>
#include <limits>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

#include "support/threads.hpp"

namespace {

using namespace heed;
template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct row : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};
template <extent N = dynamic> struct part : axis<N> {};
template <extent N = dynamic> struct hidden : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

constexpr extent depths[] = {
    0, 1, 2, 17, dsl::most_depth - 1, dsl::most_depth, dsl::most_depth + 1, 2 * dsl::most_depth + 3};

template <class Tensor> void fill(Tensor& t, unsigned seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<std::remove_reference_t<decltype(x)>>(static_cast<float>(seed >> 29) - 3);
    }
}
template <class... Axes> tensor<float, Axes...> filled(unsigned seed, auto... extents) {
    tensor<float, Axes...> t(extents...);
    fill(t, seed);
    return t;
}
// Equal, element by element, for every instruction set; up to `relative` where that is not 0.
template <class E> void check_exactly(const E& e, double relative = 0) {
    static_assert(plan_of<E>::loops == 1);
    const tensor exact = evaluate(e, reference);
    for (const instruction_set set : available_instruction_sets()) {
        const tensor result = evaluate(e, instructions(set));
        extent differ = 0;
        for (extent i = 0; i < exact.size(); ++i)
            differ += !(std::abs(static_cast<double>(result.data()[i]) - exact.data()[i]) <=
                        relative * std::abs(exact.data()[i]));
        BOOST_TEST(differ == 0, to_string(set) << ": " << differ << " of " << exact.size() << " differ");
    }
}

BOOST_AUTO_TEST_CASE(extents_and_depths_around_blocks) {
    for (const extent depth : depths)
        for (const extent rows : {0, 1, 5, 7, 13})
            for (const extent columns : {0, 1, 17, 64, 300}) {
                BOOST_TEST_CONTEXT(rows << " x " << depth << " x " << columns) {
                    const auto x = filled<row<>, model<>>(1, rows, depth);
                    const auto w = filled<model<>, feature<>>(2, depth, columns);
                    const auto wt = filled<feature<>, model<>>(3, columns, depth);
                    const auto xt = filled<model<>, row<>>(4, depth, rows);
                    check_exactly(x * w);
                    check_exactly(x * transpose(wt));
                    check_exactly(transpose(xt) * w);
                }
            }
}
BOOST_AUTO_TEST_CASE(more_rows_than_a_tile) {
    const extent depth = dsl::most_depth + 5;
    const auto x = filled<row<>, model<>>(1, 401, depth);
    const auto w = filled<model<>, feature<>>(2, depth, 523);
    const auto b = filled<feature<>>(3, 523);
    const auto r = filled<row<>, feature<>>(4, 401, 523);
    check_exactly(relu(x * w + b) + r);
    const auto narrow = filled<model<>, feature<>>(5, depth, 83);
    check_exactly(
        sum<feature>(max(x * narrow + filled<feature<>>(6, 83), filled<row<>, feature<>>(7, 401, 83))));
}
BOOST_AUTO_TEST_CASE(strides) {
    const extent rows = 19, columns = 130;
    for (const extent depth : {extent{33}, dsl::most_depth + 1}) {
        const auto memory = filled<row<>, model<>>(1, 3 * (rows + columns), 3 * depth);
        const float* middle = &memory(rows + columns, depth);
        const extent line = 3 * depth;
        for (const extent step : {-2, -1, 0, 1, 2})
            BOOST_TEST_CONTEXT("depth " << depth << ", step " << step) {
                const view<const float, row<>, model<>> x(middle, {rows, depth}, {line, step / 2});
                const view<const float, row<>, model<>> across(middle, {rows, depth}, {step, 7});
                const view<const float, model<>, feature<>> w(middle, {depth, columns}, {1 - step, line});
                const view<const float, model<>, feature<>> along(middle, {depth, columns}, {columns, step});
                check_exactly(x * w);
                check_exactly(across * w);
                check_exactly(x * along);
                check_exactly(across * along);
            }
    }
}
template <class T> void check_elements() {
    for (const extent depth : {extent{40}, dsl::most_depth + 1}) {
        tensor<T, row<>, model<>> x(23, depth);
        tensor<T, model<>, feature<>> w(depth, 77);
        tensor<T, feature<>, model<>> wt(77, depth);
        fill(x, 1);
        fill(w, 2);
        fill(wt, 3);
        check_exactly(x * w);
        check_exactly(x * transpose(wt));
    }
}
BOOST_AUTO_TEST_CASE(doubles) { check_elements<double>(); }
BOOST_AUTO_TEST_CASE(storage_of_sixteen_bits) {
    check_elements<bf16>();
    check_elements<f16>();
}

// Weights that are stored as integers with a factor for each feature.
BOOST_AUTO_TEST_CASE(operands_that_are_expressions) {
    for (const extent depth : {extent{40}, dsl::most_depth + 1}) {
        const auto x = filled<row<>, model<>>(1, 23, depth);
        tensor<signed char, model<>, feature<>> w(depth, 77);
        fill(w, 2);
        const auto factor = filled<feature<>>(3, 77);
        const auto shift = filled<model<>>(4, depth);
        check_exactly(x * hadamard(w, factor));
        check_exactly((x + shift) * (w - shift));
    }
}
BOOST_AUTO_TEST_CASE(several_axes_summed) {
    for (const extent parts : {extent{3}, extent{29}}) {
        const auto x = filled<row<>, part<>, model<>>(1, 9, parts, 37);
        const auto w = filled<part<>, model<>, feature<>>(2, parts, 37, 70);
        const auto wt = filled<feature<>, part<>, model<>>(3, 70, parts, 37);
        check_exactly(dot<part, model>(x, w));
        check_exactly(dot<part, model>(x, wt));
        check_exactly(dot<model, part>(x, w));
    }
}
BOOST_AUTO_TEST_CASE(several_products) {
    for (const extent depth : {extent{40}, dsl::most_depth + 1}) {
        const auto x = filled<row<>, model<>>(1, 31, depth);
        const auto w = filled<model<>, feature<>>(2, depth, 77);
        const auto y = filled<row<>, part<>>(3, 31, 21);
        const auto u = filled<part<>, feature<>>(4, 21, 77);
        check_exactly(hadamard(x * w, y * u));
        check_exactly(x * w - y * u);
    }
}
BOOST_AUTO_TEST_CASE(products_of_functions_of_products) {
    for (const extent depth : {extent{40}, dsl::most_depth + 1})
        for (const extent columns : {extent{1}, extent{64}, dsl::most_columns, dsl::most_columns + 19}) {
            const auto x = filled<row<>, model<>>(1, 45, depth);
            const auto w = filled<model<>, hidden<>>(2, depth, 267);
            const auto u = filled<hidden<>, feature<>>(3, 267, columns);
            check_exactly(min(relu(x * w), 9.f) * u);
        }
}

// Attention over deep products, one key for each row.
BOOST_AUTO_TEST_CASE(attention) {
    const extent depth = dsl::most_depth + 9;
    for (const extent columns : {extent{24}, dsl::most_columns + 1}) {
        auto q = filled<batch<>, row<>, model<>>(1, 2, 57, depth);
        auto k = filled<batch<>, hidden<>, model<>>(2, 2, 290, depth);
        auto v = filled<batch<>, hidden<>, feature<>>(3, 2, 290, columns);
        const auto seen = position<hidden> == 5 * position<row>;
        const auto formula = softmax(q * transpose(k), keep(seen)) * v;
        check_exactly(formula, 1e-6);
        for (extent j = 0; j < columns; ++j) v(1, 6, j) = std::numeric_limits<float>::quiet_NaN();
        for (extent j = 0; j < depth; ++j) k(0, 7, j) = std::numeric_limits<float>::infinity();
        check_exactly(formula, 1e-6);
    }
}

// Beside a sum that is no product.
BOOST_AUTO_TEST_CASE(products_and_distances) {
    const extent depth = dsl::most_depth + 1;
    const auto x = filled<row<>, model<>>(1, 31, depth);
    const auto w = filled<model<>, feature<>>(2, depth, 77);
    const auto y = filled<row<>, part<>>(3, 31, 21);
    const auto u = filled<feature<>, part<>>(4, 77, 21);
    check_exactly(x * w - sum<part>(abs(y - u)));
}

// Rows that are gone over more than once keep their products.
BOOST_AUTO_TEST_CASE(rows_kept_whole) {
    for (const extent depth : {extent{40}, 2 * dsl::most_depth + 3}) {
        const auto x = filled<row<>, model<>>(1, 19, depth);
        const auto w = filled<model<>, hidden<>>(2, depth, 530);
        const auto y = x * w;
        check_exactly(y - max<hidden>(y));
        check_exactly(where(y == max<hidden>(y), 1.f, 0.f) + min<hidden>(y * 2.f));
    }
}

template <class E> void check_threads(const E& e) {
    const tensor alone = evaluate(e);
    for (const extent many : {2, 3, 16}) {
        const tensor together = evaluate(e, on(heed_tests::threads{static_cast<std::size_t>(many)}));
        extent differ = 0;
        for (extent i = 0; i < alone.size(); ++i) differ += alone.data()[i] != together.data()[i];
        BOOST_TEST(differ == 0, many << " threads");
    }
}
BOOST_AUTO_TEST_CASE(threads_do_not_matter) {
    for (const extent rows : {1, 70, 403}) {
        auto x = filled<row<>, model<>>(1, rows, 500);
        auto w = filled<model<>, hidden<>>(2, 500, 1100);
        auto u = filled<hidden<>, feature<>>(3, 1100, 90);
        for (auto& each : x) each *= .37f;
        for (auto& each : w) each *= .61f;
        check_threads(x * w);
        check_threads(tanh(x * w / 40.f) * u);
        check_threads(max<hidden>(x * w));
        check_threads(layer_norm<hidden>(x * w));
        check_threads(softmax(x * w) * u);
    }
}

} // namespace
