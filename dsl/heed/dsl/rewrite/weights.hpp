// SPDX-License-Identifier: BSL-1.0
// Weights, and where they stand. Under a sum along their axis they are streamed and never stored:
//   (softmax(x) - c * softmax(y)) * v      -> softmax(x) * v - c * (softmax(y) * v)     c has no key axis
//   sum<key>(hadamard(g, softmax(x)) / c)  -> sum<key>(softmax(x) times g) / c
// Anywhere else they are computed from their scores once the denominator is known:
//   softmax(x, keep(c))      -> where(c, weight(x, logsumexp(x, keep(c))), 0)
// weight(x, l) is exp(x - l), and 0 where x is -inf.
#pragma once

#include <heed/dsl/rewrite/kinds.hpp>

namespace heed::dsl {

namespace op {
struct weight : transcendental {
    static constexpr const char* text = "weight";
};
} // namespace op

template <class A, class B> constexpr auto divided(const A& a, const B& b) {
    using one = number<kind::real>;
    if constexpr (std::is_same_v<A, nothing>)
        return map<op::divide, one, B>(one(1), b);
    else
        return map<op::divide, A, B>(a, b);
}

// Weights along the axis Key times other expressions of the same axes: those that have the key are the gain, the
// others the factor, which may be applied after the sum.
template <class Key, class E> struct weights_along {
    static constexpr bool found = false;
};
template <class Key, class Kind, class X, class C, class S>
struct weights_along<Key, normaliser<Kind, Key, X, C, S>> {
    using weights_t = normaliser<Kind, Key, X, C, S>;
    static constexpr bool found = true;
    static constexpr const weights_t& weights(const weights_t& e) { return e; }
    static constexpr nothing gain(const weights_t&) { return {}; }
    static constexpr nothing factor(const weights_t&) { return {}; }
};
// W has the weights, G not.
template <class Key, class W, class G> constexpr bool is_gained() {
    if constexpr (!weights_along<Key, W>::found || weights_along<Key, G>::found)
        return false;
    else
        return spans<names_in<shape_of<typename weights_along<Key, W>::weights_t>>, G>;
}
template <int W, class Key, class E> struct gained_weights {
    using inner = weights_along<Key, child_t<W, E>>;
    using weights_t = typename inner::weights_t;
    static constexpr bool found = true, varies = has<Key, shape_of<child_t<1 - W, E>>>;
    static constexpr const weights_t& weights(const E& e) { return inner::weights(child<W>(e)); }
    template <bool Takes, class X> static constexpr auto with(const X& x, const E& e) {
        if constexpr (!Takes)
            return x;
        else if constexpr (same_type<typename E::operation, op::divide>)
            return divided(x, child<1>(e));
        else
            return times(x, child<1 - W>(e));
    }
    static constexpr auto gain(const E& e) { return with<varies>(inner::gain(child<W>(e)), e); }
    static constexpr auto factor(const E& e) { return with<!varies>(inner::factor(child<W>(e)), e); }
};
template <class Key, class A, class B>
    requires(is_gained<Key, A, B>())
struct weights_along<Key, map<op::multiply, A, B>> : gained_weights<0, Key, map<op::multiply, A, B>> {};
template <class Key, class A, class B>
    requires(is_gained<Key, B, A>())
struct weights_along<Key, map<op::multiply, A, B>> : gained_weights<1, Key, map<op::multiply, A, B>> {};
template <class Key, class A, class B>
    requires(is_gained<Key, A, B>())
struct weights_along<Key, map<op::divide, A, B>> : gained_weights<0, Key, map<op::divide, A, B>> {};
template <class Key, class A>
    requires(weights_along<Key, A>::found)
struct weights_along<Key, map<op::negate, A>> {
    using inner = weights_along<Key, A>;
    using weights_t = typename inner::weights_t;
    using E = map<op::negate, A>;
    static constexpr bool found = true;
    static constexpr const weights_t& weights(const E& e) { return inner::weights(child<0>(e)); }
    static constexpr auto gain(const E& e) { return inner::gain(child<0>(e)); }
    static constexpr auto factor(const E& e) {
        return times(inner::factor(child<0>(e)), number<kind::real>(-1));
    }
};

// Sums and differences of such.
template <class Key, class E> inline constexpr bool adds_weights = weights_along<Key, E>::found;
template <class Key, class A, class B>
inline constexpr bool adds_weights<Key, map<op::add, A, B>> = adds_weights<Key, A> && adds_weights<Key, B>;
template <class Key, class A, class B>
inline constexpr bool adds_weights<Key, map<op::subtract, A, B>> =
    adds_weights<Key, A> && adds_weights<Key, B>;

// Each term of W under a sum of its own, which Sum makes of weights and gain, times its factor.
template <class Key, class W, class Sum> constexpr auto distribute(const W& w, const Sum& sum) {
    if constexpr (weights_along<Key, W>::found) {
        using found = weights_along<Key, W>;
        return times(sum(times(found::weights(w), found::gain(w))), found::factor(w));
    } else
        return transform_children(w, [&](const auto& c) { return distribute<Key>(c, sum); });
}

// Which operand of a contraction has weights along the one axis that is summed over: 0, 1, or -1. After the rewrite
// that operand is the weights, or the weights times their gain.
template <class E> inline constexpr int weights_child = -1;
template <class Key, class Shape, class A, class B>
inline constexpr int weights_child<contraction<names<Key>, Shape, A, B>> = adds_weights<Key, A>   ? 0
                                                                           : adds_weights<Key, B> ? 1
                                                                                                  : -1;
template <class E> inline constexpr bool sums_weights = false;
template <class Key, class X>
inline constexpr bool sums_weights<reduction<sum_of, Key, X>> = adds_weights<Key, X>;

template <class Kind, class Over, class X, class C, class S>
constexpr auto expand_one(const normaliser<Kind, Over, X, C, S>& e) {
    return expand_kind(e);
}
template <class Over, class X, class C, class S>
constexpr auto expand_one(const normaliser<softmax_kind, Over, X, C, S>& e) {
    using total_t = reduction<logsumexp_of, Over, X, C, S>;
    using weight_t = map<op::weight, X, total_t>;
    const weight_t weight(child<0>(e), total_t(child<0>(e), child<1>(e), child<2>(e)));
    if constexpr (std::is_same_v<C, everything>)
        return weight;
    else
        return map<op::where, C, weight_t, number<kind::real>>(child<1>(e), weight, number<kind::real>(0));
}

template <class E> constexpr auto place_weights(const E& e);
// Weights, or weights times their gain, that stay.
template <class W> constexpr auto place_below(const W& w) {
    return transform_children(w, [](const auto& c) {
        if constexpr (what<W> != is::normaliser && what<std::remove_cvref_t<decltype(c)>> == is::normaliser)
            return place_below(c);
        else
            return place_weights(c);
    });
}
template <class Key, class Shape, class A, class B, class W, class V>
constexpr auto place_product(const contraction<names<Key>, Shape, A, B>&, const W& w, const V& v) {
    const auto values = place_weights(v);
    return distribute<Key>(w, [&](const auto& weights) {
        const auto placed = place_below(weights);
        using P = std::remove_cvref_t<decltype(placed)>;
        using Values = std::remove_cvref_t<decltype(values)>;
        using shape = only<Shape, united<names_in<shape_of<P>>, names_in<shape_of<Values>>>>;
        return contraction<names<Key>, shape, P, Values>(placed, values);
    });
}
template <class Key, class X> constexpr auto place_sum(const reduction<sum_of, Key, X>& e) {
    return distribute<Key>(child<0>(e), [](const auto& weights) {
        const auto placed = place_below(weights);
        return reduction<sum_of, Key, std::remove_cvref_t<decltype(placed)>>(placed);
    });
}
template <class E> constexpr auto place_weights(const E& e) {
    if constexpr (children<E> == 0)
        return e;
    else if constexpr (what<E> == is::normaliser && !is_row_function<E>)
        return expand_one(transform_children(e, [](const auto& c) { return place_weights(c); }));
    else if constexpr (weights_child<E> >= 0)
        return place_product(e, child<weights_child<E>>(e), child<1 - weights_child<E>>(e));
    else if constexpr (sums_weights<E>)
        return place_sum(e);
    else
        return transform_children(e, [](const auto& c) { return place_weights(c); });
}

} // namespace heed::dsl
