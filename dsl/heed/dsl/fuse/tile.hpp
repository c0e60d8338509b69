// SPDX-License-Identifier: BSL-1.0
// What of the scores is computed tile by tile, a block of rows with a panel of keys: products of a query side and a key
// side, and any other sum, mean, maximum or minimum over axes that are not the key, of a body:
//   sum<feature>(square(q - k))    rows: q(head, query, feature)    keys: k(head, key, feature)    body: square(row - key)
//   dot<feature>(w, tanh(q + k))   rows: w(feature), q              keys: k                        body: w * tanh(row + key)
// The key side of a body is every maximal subtree with the axes of arrays that have the key, the row side every one that
// has no key. Both are packed once per tile; the rest of the body is evaluated for every pair.
#pragma once

#include <heed/dsl/fuse/extent.hpp>
#include <heed/dsl/rewrite/scale.hpp>

namespace heed::dsl {

// The key axis of a nest whose result is a single number.
struct no_axis {};

// The axis along the lanes where nothing is normalised: the last one that has an order.
template <class E> struct lane_axis {
    using ordered = names_in<typename form_of<E>::ordered_t>;
    template <class List, bool Empty> struct last {
        using type = at<List, length_of<List> - 1>;
    };
    template <class List> struct last<List, true> {
        using type = no_axis;
    };
    using type = typename last<std::conditional_t<length_of<ordered> == 0, names_in<shape_of<E>>, ordered>,
                               rank_of<E> == 0>::type;
};

// A reduction of all elements along an axis, by an operation that a tile can do in any order.
template <class E> inline constexpr bool is_tile_reduction = false;
template <class Op, class Name, class X>
inline constexpr bool is_tile_reduction<reduction<Op, Name, X, everything, nothing>> =
    same_type<Op, sum_of> || same_type<Op, mean_of> || same_type<Op, max_of> || same_type<Op, min_of>;

// sum<a>(sum<b>(x)) is one sum over a and b.
template <class Op, class E> inline constexpr bool continues = false;
template <class Op, class Name, class X>
inline constexpr bool continues<Op, reduction<Op, Name, X, everything, nothing>> = true;

// What is reduced, by what, over which axes.
template <class E> struct reduced_in;
template <class Over, class Shape, class A, class B> struct reduced_in<contraction<Over, Shape, A, B>> {
    using operation = sum_of;
    using over_t = Over;
    using body_t = map<op::multiply, A, B>;
    static constexpr body_t body(const contraction<Over, Shape, A, B>& e) {
        return body_t(child<0>(e), child<1>(e));
    }
};
template <class Op, class Name, class X> struct reduced_in<reduction<Op, Name, X, everything, nothing>> {
    template <bool Continues, class Inner> struct inside {
        using over_t = names<Name>;
        using body_t = Inner;
        static constexpr const body_t& body(const Inner& x) { return x; }
    };
    template <class Inner> struct inside<true, Inner> {
        using over_t = concat<names<Name>, typename reduced_in<Inner>::over_t>;
        using body_t = typename reduced_in<Inner>::body_t;
        static constexpr const body_t& body(const Inner& x) { return reduced_in<Inner>::body(x); }
    };
    using operation = Op;
    using inner = inside<continues<Op, X>, X>;
    using over_t = typename inner::over_t;
    using body_t = typename inner::body_t;
    static constexpr const body_t& body(const reduction<Op, Name, X, everything, nothing>& e) {
        return inner::body(child<0>(e));
    }
};

// The axes of the arrays of E that have the key; a table at an index counts as one, and so does what is stored before.
template <class Key, class E> struct key_names {
    template <class... C> static auto below(names<C...>) {
        return join(typename key_names<Key, C>::type{}...);
    }
    static names<> join() { return {}; }
    template <class First> static First join(First) { return {}; }
    template <class First, class Second, class... Rest> static auto join(First, Second, Rest... rest) {
        return join(united<First, Second>{}, rest...);
    }
    static auto get() {
        if constexpr (what<E> == is::map)
            return below(typename children_of<E>::list{});
        else if constexpr (has<Key, shape_of<E>>)
            return names_in<shape_of<E>>{};
        else
            return names<>{};
    }
    using type = decltype(get());
};
// Whether E has no axes but those of its arrays that have the key, and Over.
template <class Key, class Over, class E>
inline constexpr bool is_key_side =
    length_of<without<without<names_in<shape_of<E>>, typename key_names<Key, E>::type>, Over>> == 0;

// A product of one operand with the key and one without.
template <class Key, class E> inline constexpr bool is_product_tile = false;
template <class Key, class Over, class Shape, class A, class B>
    requires(has<Key, shape_of<A>> != has<Key, shape_of<B>>)
inline constexpr bool is_product_tile<Key, contraction<Over, Shape, A, B>> =
    is_key_side<Key, Over, std::conditional_t<has<Key, shape_of<A>>, A, B>>;
// A reduction or another product of what has rows and keys.
template <class Key, class E> constexpr bool reduces_pairs() {
    if constexpr (is_tile_reduction<E> || what<E> == is::contraction) {
        using parts = reduced_in<E>;
        return has<Key, shape_of<E>> && !is_product_tile<Key, E> &&
               !is_key_side<Key, typename parts::over_t, typename parts::body_t>;
    } else
        return false;
}
// A reduction that stays in the loop of scores with so many axes. Of what has keys alone it is stored first, as every row
// needs it, unless it has all axes of the scores.
template <class Key, int Axes, class E> constexpr bool stays_in_scores() {
    if constexpr (!is_tile_reduction<E>)
        return false;
    else
        return reduces_pairs<Key, E>() || (has<Key, shape_of<E>> && rank_of<E> == Axes);
}
// A tile, also with scalar factors around it.
template <class Key, class E> constexpr bool is_tile() {
    if constexpr (what<E> == is::contraction)
        return is_product_tile<Key, E> || reduces_pairs<Key, E>();
    else if constexpr (is_tile_reduction<E>)
        return has<Key, shape_of<E>>;
    else if constexpr (what<E> == is::map && scaled_child<E> >= 0)
        return is_tile<Key, child_t<scaled_child<E>, E>>();
    else
        return false;
}

// A product computed tile by tile: sum over Over of factor * query * key, where only `key` has the key axis.
template <class Over, class Q, class K> struct slot {
    using over_t = Over;
    Q query;
    K key;
    double factor;
};
// Factor times the reduction over Over of a body, with placeholders for its sides (tuples of trees).
template <class Op, class Over, class Body, class Rows, class Keys> struct reduction_slot {
    using operation = Op;
    using over_t = Over;
    Body body;
    Rows rows;
    Keys keys;
    double factor;
};
struct row_side_tag {};
struct key_side_tag {};

struct take_sides {
    template <class E, class Tuple> static constexpr auto prepare(const E& e, const Tuple& out) {
        return make_extracted(e, out);
    }
};
struct take_nothing : take_sides {
    using tag = row_side_tag;
    template <class> static constexpr bool takes = false;
    template <class> using inside = take_nothing;
};
// KeyNames are the axes of all arrays of the body that have the key. Only real numbers are packed.
template <class Key, class KeyNames> struct take_key_sides : take_sides {
    using tag = key_side_tag;
    template <class E>
    static constexpr bool takes = E::element == kind::real && has<Key, shape_of<E>> &&
                                  length_of<without<names_in<shape_of<E>>, KeyNames>> == 0;
    template <class E> using inside = std::conditional_t<what<E> == is::lookup, take_nothing, take_key_sides>;
};
template <class Key> struct take_row_sides : take_sides {
    using tag = row_side_tag;
    template <class E>
    static constexpr bool takes = E::element == kind::real && !has<Key, shape_of<E>> && !is_number<E>;
    template <class E> using inside = std::conditional_t<what<E> == is::lookup, take_nothing, take_row_sides>;
};

template <class E> constexpr const auto& under_scales(const E& e) {
    if constexpr (what<E> == is::map)
        return under_scales(child<scaled_child<E>>(e));
    else
        return e;
}
template <class E> constexpr double scale_around(const E& e) {
    if constexpr (what<E> != is::map)
        return 1;
    else {
        const double inner = scale_around(child<scaled_child<E>>(e));
        if constexpr (children<E> == 1)
            return -inner;
        else {
            const double factor = static_cast<double>(child<1 - scaled_child<E>>(e).value);
            return same_type<typename E::operation, op::divide> ? inner / factor : inner * factor;
        }
    }
}
template <class Key, class E> constexpr auto make_slot(const E& scaled) {
    const auto& e = under_scales(scaled);
    const double factor = scale_around(scaled);
    using X = std::remove_cvref_t<decltype(e)>;
    if constexpr (is_product_tile<Key, X>) {
        constexpr int k = has<Key, shape_of<child_t<0, X>>> ? 0 : 1;
        return slot<typename X::over_t, child_t<1 - k, X>, child_t<k, X>>{child<1 - k>(e), child<k>(e),
                                                                          factor};
    } else {
        using parts = reduced_in<X>;
        using key_axes =
            united<typename key_names<Key, typename parts::body_t>::type, typename parts::over_t>;
        const hana::basic_tuple<> none{};
        auto keys = extract<take_key_sides<Key, key_axes>>(parts::body(e), none);
        auto rows = extract<take_row_sides<Key>>(keys.tree, none);
        return reduction_slot<typename parts::operation, typename parts::over_t, decltype(rows.tree),
                              decltype(rows.out), decltype(keys.out)>{rows.tree, rows.out, keys.out, factor};
    }
}

template <class Name, class Over, class Q, class K> constexpr extent slot_extent(const slot<Over, Q, K>& s) {
    return extent_among<Name>(s.key, s.query);
}
template <class Name, class... E> constexpr extent side_extent(const hana::basic_tuple<E...>& sides) {
    return hana::unpack(sides, [](const auto&... e) { return extent_among<Name>(e...); });
}
template <class Name, class Op, class Over, class Body, class Rows, class Keys>
constexpr extent slot_extent(const reduction_slot<Op, Over, Body, Rows, Keys>& s) {
    const extent keys = side_extent<Name>(s.keys), rows = side_extent<Name>(s.rows);
    return keys >= 0 ? keys : rows >= 0 ? rows : extent_among<Name>(s.body);
}

// The axes of the key sides of a tile, and how many sides there are to pack.
template <class Slot> struct sides_of;
template <class Over, class Q, class K> struct sides_of<slot<Over, Q, K>> {
    using key_axes = names_in<without<shape_of<K>, Over>>;
    static constexpr int rows = 1, keys = 1;
};
template <class Op, class Over, class Body, class... R, class... K>
struct sides_of<reduction_slot<Op, Over, Body, hana::basic_tuple<R...>, hana::basic_tuple<K...>>> {
    template <class List, class... Rest> struct all {
        using type = List;
    };
    template <class List, class First, class... Rest>
    struct all<List, First, Rest...> : all<united<List, names_in<shape_of<First>>>, Rest...> {};
    using key_axes = without<typename all<names<>, K...>::type, Over>;
    static constexpr int rows = static_cast<int>(sizeof...(R)), keys = static_cast<int>(sizeof...(K));
};
template <class Slot> inline constexpr bool is_reduction_slot = false;
template <class Op, class Over, class Body, class Rows, class Keys>
inline constexpr bool is_reduction_slot<reduction_slot<Op, Over, Body, Rows, Keys>> = true;

} // namespace heed::dsl
