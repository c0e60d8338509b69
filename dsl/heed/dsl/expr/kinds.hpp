// SPDX-License-Identifier: BSL-1.0
// The kinds of normalisers: how a score becomes a weight, what of it is summed, and what becomes of the sum. A kind is a
// struct of static functions from symbolic numbers to expressions, so that the loops, the oracle and whoever takes the
// formula further see the same few nodes. Along a row of scores s with weights w
//   top = max s                                       where a function asks for it
//   w_k = weight(s_k, top) * finish(sum mass(s_k, top), top)
// and while a loop goes through the row and the top grows, what it has summed is multiplied by fade(before, after), which
// is weight(s, after) / weight(s, before).
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

// The symbolic arguments. They have no axes, so that `score * score` is element-wise also when the score is put in.
struct kind_tag {};
template <int I> using kind_argument = placeholder<kind_tag, I, form<axes<>, 0>, kind::real>;
using score_argument = kind_argument<0>;  // of weight and mass
using total_argument = kind_argument<0>;  // of finish
using before_argument = kind_argument<0>; // of fade
using top_argument = kind_argument<1>;
using after_argument = kind_argument<1>;

template <class K>
concept weighs_alone = requires { K::weight(score_argument{}); };
template <class K>
concept weighs_by_top = requires { K::weight(score_argument{}, top_argument{}); };
template <class K>
concept sums_alone = requires { K::mass(score_argument{}); };
template <class K>
concept sums_by_top = requires { K::mass(score_argument{}, top_argument{}); };
template <class K>
concept finishes_alone = requires { K::finish(total_argument{}); };
template <class K>
concept finishes_by_top = requires { K::finish(total_argument{}, top_argument{}); };
template <class K>
concept fades = requires { K::fade(before_argument{}, after_argument{}); };

// Whether the largest score of a row is asked for, and whether a total is.
template <class K> inline constexpr bool uses_top = weighs_by_top<K> || sums_by_top<K> || finishes_by_top<K>;
template <class K> inline constexpr bool has_total = finishes_alone<K> || finishes_by_top<K>;

// The functions as trees over the symbolic arguments.
template <class K> constexpr auto weight_of() {
    if constexpr (weighs_by_top<K>)
        return as_node(K::weight(score_argument{}, top_argument{}));
    else
        return as_node(K::weight(score_argument{}));
}
template <class K> constexpr auto mass_of() {
    if constexpr (sums_by_top<K>)
        return as_node(K::mass(score_argument{}, top_argument{}));
    else if constexpr (sums_alone<K>)
        return as_node(K::mass(score_argument{}));
    else
        return weight_of<K>();
}
template <class K> constexpr auto fade_of() { return as_node(K::fade(before_argument{}, after_argument{})); }
template <class K> constexpr auto finish_of() {
    if constexpr (finishes_by_top<K>)
        return as_node(K::finish(total_argument{}, top_argument{}));
    else
        return as_node(K::finish(total_argument{}));
}

// exp(s) / sum exp(s).
struct softmax_kind {
    static constexpr const char* text = "softmax";
    static constexpr auto weight(auto score, auto top) { return exp(score - top); }
    static constexpr auto fade(auto before, auto after) { return exp(before - after); }
    static constexpr auto finish(auto total) { return 1 / total; }
};
// The scores themselves.
struct plain_kind {
    static constexpr const char* text = "weights";
    static constexpr auto weight(auto score) { return score; }
};
// s / sum s.
struct by_sum_kind {
    static constexpr const char* text = "normalise";
    static constexpr auto weight(auto score) { return score; }
    static constexpr auto finish(auto total) { return 1 / total; }
};

// A number, made of numbers and the arguments alone.
template <class E> constexpr bool is_plain_number() {
    if constexpr (any_reported<E>)
        return false;
    else
        return rank_of<E> == 0 && what<E> != is::outputs;
}
template <class K> constexpr auto kind_verdict() {
    if constexpr (!weighs_alone<K> && !weighs_by_top<K>)
        return verdict<error::not_a_normaliser<K>>{};
    else if constexpr (uses_top<K> && !fades<K>)
        return verdict<error::fade_missing<K>>{};
    else if constexpr (!is_plain_number<decltype(weight_of<K>())>() ||
                       !is_plain_number<decltype(mass_of<K>())>())
        return verdict<error::not_a_normaliser<K>>{};
    else
        return verdict<error::none>{};
}

} // namespace heed::dsl
