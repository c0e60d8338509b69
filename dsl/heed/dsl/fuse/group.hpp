// SPDX-License-Identifier: BSL-1.0
// Several results of one loop: a softmax times values and the logsumexp of the same scores, masks and sink.
#pragma once

#include <heed/dsl/fuse/nest.hpp>

namespace heed::dsl {

template <class E> inline constexpr bool is_logsumexp = false;
template <class Over, class X, class C, class S>
inline constexpr bool is_logsumexp<reduction<logsumexp_of, Over, X, C, S>> = true;
// An attention: weights times values.
template <class E> inline constexpr bool has_values = weights_child<E> >= 0;

// Scores, condition, sink and axis of an attention or a logsumexp, as a type; the same type may share a loop.
template <class E, bool Values, bool Logsumexp> struct scores_key {
    using type = void;
};
template <class E> struct scores_key<E, true, false> {
    using W = child_t<weights_child<E>, E>;
    using type = names<typename W::over_t, child_t<0, W>, child_t<1, W>, child_t<2, W>>;
};
template <class E> struct scores_key<E, false, true> {
    using type = names<typename E::over_t, child_t<0, E>, child_t<1, E>, child_t<2, E>>;
};
template <class E> using scores_key_t = typename scores_key<E, has_values<E>, is_logsumexp<E>>::type;

template <class A, class B>
inline constexpr bool can_group = has_values<A> != has_values<B> && !std::is_void_v<scores_key_t<A>> &&
                                  std::is_same_v<scores_key_t<A>, scores_key_t<B>>;

// Which result each of several shares a loop with, -1 for none. Pairs are made in order.
template <int N> struct partners {
    int of[N];
};
template <class List, int... P> constexpr auto pair_up(std::integer_sequence<int, P...>) {
    constexpr int n = length_of<List>;
    constexpr bool groups[sizeof...(P)] = {(P / n < P % n && can_group<at<List, P / n>, at<List, P % n>>)...};
    partners<n> found{};
    for (int& p : found.of) p = -1;
    for (int i = 0; i < n; ++i)
        for (int j = i + 1; j < n; ++j)
            if (groups[i * n + j] && found.of[i] < 0 && found.of[j] < 0) found.of[i] = j, found.of[j] = i;
    return found;
}
template <class E>
inline constexpr auto partners_in =
    pair_up<typename children_of<E>::list>(std::make_integer_sequence<int, children<E> * children<E>>{});
template <int I, class E> inline constexpr int partner_of = partners_in<E>.of[I];

// Whether two results of one type of scores really have the same ones.
template <class E> constexpr const auto& scores_node(const E& e) {
    if constexpr (has_values<E>)
        return child<weights_child<E>>(e);
    else
        return e;
}
template <class A, class B> constexpr bool same_scores(const A& a, const B& b) {
    const auto& x = scores_node(a);
    const auto& y = scores_node(b);
    return same_values(child<0>(x), child<0>(y)) && same_values(child<1>(x), child<1>(y)) &&
           same_values(child<2>(x), child<2>(y));
}

} // namespace heed::dsl
