// SPDX-License-Identifier: BSL-1.0
// Products of products take the order that is linear in the keys (linear attention, Katharopoulos et al. 2020):
//   (a(query, feature) * b(feature, key)) * v(key, value)    -> a * (b * v)
//   normalise(a * b) * v                                     -> a * (b * v) / (a * sum<key>(b)), 0 where that sum is 0
// where there are rows that a alone has, the key's extent is open and those of feature and value are static: then what is
// stored is of one size however long the sequence, while the weights are as many as queries times keys. Otherwise the
// order is the user's.
#pragma once

#include <heed/dsl/rewrite/kinds.hpp>
#include <heed/dsl/rewrite/scale.hpp>

namespace heed::dsl {

template <class List> inline constexpr bool all_static = false;
template <class... Axes>
inline constexpr bool all_static<axes<Axes...>> = ((Axes::static_extent != dynamic) && ...);

// The product that the weights are, times a number or not.
template <class E> struct weighing_product {
    static constexpr bool found = false;
};
template <class Over, class Shape, class A, class B> struct weighing_product<contraction<Over, Shape, A, B>> {
    static constexpr bool found = true;
    using over_t = Over;
    template <int I> using side = std::conditional_t<I == 0, A, B>;
    static constexpr nothing factor(const contraction<Over, Shape, A, B>&) { return {}; }
    static constexpr const auto& product(const contraction<Over, Shape, A, B>& e) { return e; }
};
template <class C>
    requires(what<C> == is::contraction)
struct weighing_product<map<op::multiply, C, number<kind::real>>> : weighing_product<C> {
    using E = map<op::multiply, C, number<kind::real>>;
    static constexpr const auto& factor(const E& e) { return child<1>(e); }
    static constexpr const auto& product(const E& e) { return child<0>(e); }
};

// Which side of the product has the key, where a (b v) is to be computed instead of (a b) v; -1 where not.
template <class Key, class W, class V> constexpr int key_side_to_join() {
    using P = weighing_product<W>;
    if constexpr (!P::found)
        return -1;
    else {
        constexpr int k = has<Key, shape_of<typename P::template side<0>>> ? 0 : 1;
        using K = typename P::template side<k>;
        using Q = typename P::template side<1 - k>;
        using over = typename P::over_t;
        if constexpr (!has<Key, shape_of<K>> || has<Key, shape_of<Q>> || !has<Key, shape_of<V>>)
            return -1;
        else {
            using summed = only<shape_of<K>, over>;
            using rows = without<without<shape_of<Q>, over>, names_in<shape_of<K>>>;
            using others = without<without<shape_of<K>, over>, names<Key>>;
            using columns = without<without<shape_of<V>, names<Key>>, names_in<others>>;
            constexpr bool open = at<shape_of<K>, place_of<Key, shape_of<K>>>::static_extent == dynamic &&
                                  at<shape_of<V>, place_of<Key, shape_of<V>>>::static_extent == dynamic;
            constexpr bool apart = spans<concat<names_in<shape_of<Q>>, names<Key>>, K> &&
                                   length_of<only<names_in<rows>, shape_of<V>>> == 0 &&
                                   length_of<only<over, shape_of<V>>> == 0 &&
                                   length_of<only<names_in<columns>, shape_of<Q>>> == 0;
            return open && apart && rows::rank > 0 && all_static<summed> && all_static<columns> &&
                           what<K> != is::contraction
                       ? k
                       : -1;
        }
    }
}
template <class Key, class A, class B> constexpr auto joined_product(const A& a, const B& b) {
    using shape = concat<without<shape_of<A>, names<Key>>,
                         without<without<shape_of<B>, names<Key>>, names_in<shape_of<A>>>>;
    return contraction<names<Key>, shape, A, B>(a, b);
}
template <class Key, int K, class Shape, class W, class V>
constexpr auto joined_with_values(const W& w, const V& v) {
    using P = weighing_product<W>;
    const auto& product = P::product(w);
    const auto inner = joined_product<Key>(child<K>(product), v);
    using Q = child_t<1 - K, std::remove_cvref_t<decltype(product)>>;
    using I = std::remove_cvref_t<decltype(inner)>;
    return times(contraction<typename P::over_t, Shape, Q, I>(child<1 - K>(product), inner), P::factor(w));
}

template <class E> inline constexpr int joined_child = -1;
template <class Key, class Shape, class A, class B>
inline constexpr int joined_child<contraction<names<Key>, Shape, A, B>> =
    key_side_to_join<Key, A, B>() >= 0   ? 0
    : key_side_to_join<Key, B, A>() >= 0 ? 1
                                         : -1;
// Of weights that are divided by their sum, and by nothing else.
template <class E> inline constexpr int shared_child = -1;
template <class Key, class Shape, class X, class V>
inline constexpr int shared_child<contraction<names<Key>, Shape, normaliser<by_sum_kind, Key, X>, V>> =
    key_side_to_join<Key, X, V>() >= 0 ? 0 : -1;
template <class Key, class Shape, class X, class V>
inline constexpr int shared_child<contraction<names<Key>, Shape, V, normaliser<by_sum_kind, Key, X>>> =
    key_side_to_join<Key, X, V>() >= 0 ? 1 : -1;

template <class Key, class Shape, class X, class V> constexpr auto share_joined(const X& x, const V& v) {
    constexpr int k = key_side_to_join<Key, X, V>();
    using P = weighing_product<X>;
    const auto& product = P::product(x);
    using K = child_t<k, std::remove_cvref_t<decltype(product)>>;
    using Q = child_t<1 - k, std::remove_cvref_t<decltype(product)>>;
    const reduction<sum_of, Key, K> keys(child<k>(product));
    using total_t =
        contraction<typename P::over_t, without<shape_of<X>, names<Key>>, Q, reduction<sum_of, Key, K>>;
    const total_t total(child<1 - k>(product), keys);
    const auto values = joined_with_values<Key, k, Shape>(product, v);
    return mapped<op::where>(mapped<op::equal>(total, real(0)), real(0), mapped<op::divide>(values, total));
}
template <class Key, class Shape, class A, class B, class W, class V>
constexpr auto join_keys(const contraction<names<Key>, Shape, A, B>&, const W& w, const V& v) {
    return joined_with_values<Key, key_side_to_join<Key, W, V>(), Shape>(w, v);
}
template <class Key, class Shape, class A, class B, class W, class V>
constexpr auto share_keys(const contraction<names<Key>, Shape, A, B>&, const W& w, const V& v) {
    return share_joined<Key, Shape>(child<0>(w), v);
}
template <class E> constexpr auto reassociate(const E& e) {
    if constexpr (children<E> == 0)
        return e;
    else {
        const auto inner = transform_children(e, [](const auto& c) { return reassociate(c); });
        using I = std::remove_cvref_t<decltype(inner)>;
        if constexpr (joined_child<I> >= 0)
            return join_keys(inner, child<joined_child<I>>(inner), child<1 - joined_child<I>>(inner));
        else if constexpr (shared_child<I> >= 0)
            return share_keys(inner, child<shared_child<I>>(inner), child<1 - shared_child<I>>(inner));
        else
            return inner;
    }
}

} // namespace heed::dsl
