// SPDX-License-Identifier: BSL-1.0
// The extents of a formula when it is evaluated, from the leaves up; shape_error where two operands disagree.
// An axis that only positions have is -1 until an operand beside it knows its extent.
#pragma once

#include <heed/dsl/expr/nodes.hpp>

namespace heed::dsl {

// How the compiler spells the axis: for messages, which take the name out of it when one is needed.
template <class Name> constexpr const char* spelling_of() { return __PRETTY_FUNCTION__; }
template <class List> struct spelled;
template <class... Axes> struct spelled<axes<Axes...>> {
    static constexpr const char* at[sizeof...(Axes) + 1] = {spelling_of<name_of<Axes>>()..., nullptr};
};
template <class List> constexpr error::described describe(const extent* extents) {
    return {spelled<List>::at, extents, List::rank};
}

// What the axes of a list say themselves, -1 for a dynamic one.
template <class List> struct stated;
template <class... Axes> struct stated<axes<Axes...>> {
    static constexpr extent at[sizeof...(Axes) + 1] = {Axes::static_extent..., 0};
};

// The places of the axes of one list in another list, -1 where they are not; the axis Hidden counts as not there.
template <class Inner, class Outer, class Hidden = void> struct placing;
template <class... Axes, class Outer, class Hidden> struct placing<axes<Axes...>, Outer, Hidden> {
    static constexpr int at[sizeof...(Axes) + 1] = {
        (same_type<name_of<Axes>, Hidden> ? -1 : place_of<name_of<Axes>, Outer>)..., -1};
};

// An operand within the axes of its node.
struct operand_extents {
    error::described own;
    const int* places;
};
// Writes the extents of a node's axes: what its operands know of them, -1 where none knows. Throws where two differ.
constexpr void merge_extents(const char* call, const operand_extents* operands, int count, extent* all,
                             int rank) {
    for (int i = 0; i < rank; ++i) all[i] = -1;
    for (int o = 0; o < count; ++o) {
        const operand_extents& x = operands[o];
        for (int i = 0; i < x.own.rank; ++i) {
            const extent n = x.own.extents[i];
            if (x.places[i] < 0 || n < 0) continue;
            extent& known = all[x.places[i]];
            if (known < 0) known = n;
            if (known == n) continue;
            for (int p = 0; p < o; ++p) // who said otherwise
                for (int j = 0; j < operands[p].own.rank; ++j)
                    if (operands[p].places[j] == x.places[i] && operands[p].own.extents[j] >= 0)
                        error::extents_clash(call, operands[p].own, j, x.own, i);
        }
    }
}

// The axes that the operands of a node share, and what the user called.
template <class E, is Kind = what<E>> struct joint {
    using names_t = names_in<shape_of<E>>;
    static constexpr const char* call() {
        if constexpr (same_type<typename E::operation, op::multiply>)
            if constexpr (!is_scale<child_t<0, E>> && !is_scale<child_t<1, E>>) return "hadamard";
        return E::operation::text;
    }
};
template <class E> struct joint<E, is::contraction> {
    using names_t = concat<names_in<shape_of<E>>, typename E::over_t>;
    static constexpr const char* call() {
        using A = shape_of<child_t<0, E>>;
        using B = shape_of<child_t<1, E>>;
        if constexpr (length_of<typename E::over_t> == 1 && A::rank > 0 && B::rank > 0) {
            using over = at<typename E::over_t, 0>;
            if constexpr (same_type<over, name_of<at<A, A::rank - 1>>> &&
                          same_type<over, name_of<at<B, (B::rank > 1 ? B::rank - 2 : 0)>>>)
                return "A * B";
        }
        return "dot<axes>(A, B)";
    }
};
template <class E> struct joint<E, is::reduction> {
    using names_t = names_in<shape_of<child_t<0, E>>>;
    static constexpr const char* call() {
        if constexpr (requires { E::operation::text; })
            return E::operation::text;
        else
            return "logsumexp";
    }
};
template <class E> struct joint<E, is::normaliser> {
    using names_t = names_in<shape_of<E>>;
    static constexpr const char* call() {
        if constexpr (requires { E::normaliser_t::text; })
            return E::normaliser_t::text;
        else
            return "normalise";
    }
};
template <class E> struct joint<E, is::lookup> {
    using names_t = names_in<shape_of<E>>;
    static constexpr const char* call() { return "gather<axis>(table, index)"; }
};

template <class E> struct joint<E, is::scan> {
    using names_t = names_in<typename E::all_t>;
    static constexpr const char* call() { return "running<axis>(initial, step)"; }
};

template <class E> constexpr void find_extents(const E& e, extent* out);

// The axis of child I that is not the node's axis of that name: the one that an index looks up.
template <int I, class E> struct hidden_axis {
    using type = void;
};
template <int I, class E>
    requires(what<E> == is::lookup && I == 0)
struct hidden_axis<I, E> {
    using type = typename E::name_t;
};
template <int I, class E> constexpr operand_extents find_operand(const E& e, extent* out) {
    using shape = shape_of<child_t<I, E>>;
    find_extents(child<I>(e), out);
    return {describe<shape>(out),
            placing<shape, typename joint<E>::names_t, typename hidden_axis<I, E>::type>::at};
}
// The extents of joint<E>::names_t.
template <class E, int... I> constexpr void join(const E& e, extent* all, std::integer_sequence<int, I...>) {
    extent flat[(rank_of<child_t<I, E>> + ... + 1)] = {};
    operand_extents operands[sizeof...(I)] = {};
    extent* next = flat;
    ((operands[I] = find_operand<I>(e, next), next += rank_of<child_t<I, E>>), ...);
    merge_extents(joint<E>::call(), operands, static_cast<int>(sizeof...(I)), all,
                  length_of<typename joint<E>::names_t>);
}
template <class E> constexpr void join(const E& e, extent* all) {
    join(e, all, std::make_integer_sequence<int, children<E>>{});
}

// Copies what `places` says, -1 for a place that is none.
constexpr void take(const extent* from, const int* places, int rank, extent* to) {
    for (int i = 0; i < rank; ++i) to[i] = places[i] < 0 ? -1 : from[places[i]];
}

template <class E> inline constexpr bool is_sliced = false;
template <class Name, class X> inline constexpr bool is_sliced<viewed<sliced<Name>, X>> = true;
template <class E> inline constexpr bool is_renamed = false;
template <class From, class To, class X>
inline constexpr bool is_renamed<viewed<renamed<From, To>, X>> = true;

// The axis that select and slice are about.
template <class E> struct viewed_axis {
    using type = void;
};
template <class Name, class X> struct viewed_axis<viewed<selected<Name>, X>> {
    using type = Name;
};
template <class Name, class X> struct viewed_axis<viewed<sliced<Name>, X>> {
    using type = Name;
};

// A function of one operand: nothing to merge.
template <class E> inline constexpr bool is_same_as_child = false;
template <class Op, class X> inline constexpr bool is_same_as_child<map<Op, X>> = true;

// Writes rank_of<E> extents.
template <class E> constexpr void find_extents(const E& e, extent* out) {
    if constexpr (what<E> == is::leaf) {
        if constexpr (requires { e.extent_at(0); })
            for (int i = 0; i < rank_of<E>; ++i) out[i] = e.extent_at(i);
        else // positions, and symbols for which nothing is given
            for (int i = 0; i < rank_of<E>; ++i) out[i] = stated<shape_of<E>>::at[i];
    } else if constexpr (is_renamed<E> || is_same_as_child<E>) {
        find_extents(child<0>(e), out);
    } else if constexpr (what<E> == is::view) {
        using shape = shape_of<child_t<0, E>>;
        extent inside[shape::rank + 1] = {};
        find_extents(child<0>(e), inside);
        if constexpr (is_sliced<E>) {
            constexpr int place = place_of<typename viewed_axis<E>::type, shape>;
            if (e.how.begin < 0 || e.how.end < e.how.begin)
                error::sliced_outside(spelled<shape>::at[place], e.how.begin, e.how.end,
                                      describe<shape>(inside));
            inside[place] = e.how.end - e.how.begin;
        }
        take(inside, placing<shape_of<E>, shape>::at, rank_of<E>, out);
    } else {
        constexpr int size = length_of<typename joint<E>::names_t>;
        extent all[size + 1] = {};
        join(e, all);
        take(all, placing<shape_of<E>, typename joint<E>::names_t>::at, rank_of<E>, out);
    }
}

// The extents of a formula, in the order of its axes. Throws shape_error where operands disagree.
template <class E> constexpr std::array<extent, static_cast<std::size_t>(rank_of<E>)> extents_of(const E& e) {
    std::array<extent, static_cast<std::size_t>(rank_of<E>)> all{};
    find_extents(e, all.data());
    return all;
}

} // namespace heed::dsl
