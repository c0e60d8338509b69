// SPDX-License-Identifier: BSL-1.0
// What every node of a formula has in common: a shape, a kind of element, and children held by value.
#pragma once

#include <type_traits>

#include <boost/hana/at.hpp>
#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/unpack.hpp>

#include <heed/dsl/shape/verdicts.hpp>

namespace heed {

// The base of every node, so that the operators of this namespace are found for it.
struct expression_base {};

} // namespace heed

namespace heed::dsl {

namespace hana = boost::hana;

enum class kind { boolean, integer, real };

template <class E>
concept node = std::is_base_of_v<expression_base, E>;
template <class E>
concept number_like = std::is_arithmetic_v<E>;
template <class E>
concept operand = node<std::remove_cvref_t<E>> || number_like<std::remove_cvref_t<E>>;

// A mistake that has been reported: every later operation passes it through, so that one mistake is one error.
struct reported : expression_base {
    using shape_t = axes<>;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
};
template <class... E>
inline constexpr bool any_reported = (std::is_same_v<std::remove_cvref_t<E>, reported> || ...);

template <class E> using shape_of = typename E::shape_t;
template <class E> using form_of = form<typename E::shape_t, E::loose>;
template <class E> inline constexpr int rank_of = shape_of<E>::rank;
// Built from positions, extents and numbers alone: such a factor scales.
template <class E> inline constexpr bool is_scale = E::loose == rank_of<E>;

// The child at a place. Leaves have none.
template <int I, class E> constexpr decltype(auto) child(E&& e) {
    return hana::at_c<I>(static_cast<E&&>(e).kids);
}
template <class E> struct children_of {
    static constexpr int size = 0;
};
template <class E>
    requires requires { typename E::kids_t; }
struct children_of<E> {
    template <class T> struct count_in;
    template <class... C> struct count_in<hana::basic_tuple<C...>> {
        static constexpr int size = static_cast<int>(sizeof...(C));
        using list = names<C...>;
    };
    static constexpr int size = count_in<typename E::kids_t>::size;
    using list = typename count_in<typename E::kids_t>::list;
};
template <class E> inline constexpr int children = children_of<E>::size;
template <int I, class E> using child_t = at<typename children_of<E>::list, I>;

// Node kinds are recognised by a tag, as their parameters are of several sorts.
enum class is { leaf, map, contraction, reduction, normaliser, view, lookup, scan, outputs };
template <class E> inline constexpr is what = E::node_kind;

} // namespace heed::dsl
