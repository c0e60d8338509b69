// SPDX-License-Identifier: BSL-1.0
// Layers that are formulas of a row: layer_norm and rms_norm over a named axis. A learned gain and bias follow as
// hadamard(layer_norm<model>(x), gain) + bias.
#pragma once

#include <heed/reduction.hpp>

namespace heed::dsl {

// x times the inverse square root of squares + eps.
template <class X, class Squares, class Eps>
constexpr auto divided_by_root(const X& x, const Squares& squares, const Eps& eps) {
    using sum = map<op::add, Squares, Eps>;
    using factor = map<op::rsqrt, sum>;
    return map<op::multiply, X, factor>(x, factor(sum(squares, eps)));
}
struct layer_norm_of {
    static constexpr const char* text = "layer_norm";
    template <class Name, class X, class Eps> static constexpr auto of(const X& x, const Eps& eps) {
        const auto centre = reduce<mean_of, Name>(x, everything{});
        using distance = map<op::subtract, X, std::remove_const_t<decltype(centre)>>;
        return divided_by_root(distance(x, centre),
                               make_variance<Name, X, everything, nothing>::make(x, everything{}, nothing{}),
                               eps);
    }
};
struct rms_norm_of {
    static constexpr const char* text = "rms_norm";
    template <class Name, class X, class Eps> static constexpr auto of(const X& x, const Eps& eps) {
        return divided_by_root(x, reduce<mean_of, Name>(map<op::square, X>(x), everything{}), eps);
    }
};
template <class Name, class Check, class X>
constexpr auto make_layer_norm(Check, [[maybe_unused]] const X& x, [[maybe_unused]] double eps) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        return row_function<layer_norm_of, Name, X, number<kind::real>>(x, number<kind::real>(eps));
    }
}
template <class Name, class Check, class X>
constexpr auto make_rms_norm(Check, [[maybe_unused]] const X& x, [[maybe_unused]] double eps) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return row_function<rms_norm_of, Name, X, number<kind::real>>(x, number<kind::real>(eps));
}

} // namespace heed::dsl

namespace heed {

// (x - mean(x)) / sqrt(variance(x) + eps) along the axis, of the shape of x (Ba, Kiros, Hinton 2016). A row of equal
// elements gives 0 where eps > 0.
template <template <extent> class A, dsl::operand X> constexpr auto layer_norm(X&& x, double eps = 1e-5) {
    using axis = dsl::name<A>;
    return dsl::make_layer_norm<axis>(dsl::reduction_check<X, axis>(), dsl::as_node(static_cast<X&&>(x)),
                                      eps);
}

// x / sqrt(mean(square(x)) + eps) along the axis, of the shape of x (Zhang, Sennrich 2019).
template <template <extent> class A, dsl::operand X> constexpr auto rms_norm(X&& x, double eps = 1e-6) {
    using axis = dsl::name<A>;
    return dsl::make_rms_norm<axis>(dsl::reduction_check<X, axis>(), dsl::as_node(static_cast<X&&>(x)), eps);
}

} // namespace heed
