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
    template <class Axis>
    static constexpr int of = same_type<name_of<Axis>, Hidden> ? -1 : place_of<name_of<Axis>, Outer>;
    static constexpr int at[sizeof...(Axes) + 1] = {of<Axes>..., -1};

    // Copies the extents of the other list to those of the first, -1 for an axis that is not there.
    static constexpr void take([[maybe_unused]] const extent* outer, [[maybe_unused]] extent* inner) {
        ((*inner++ = of<Axes> < 0 ? -1 : outer[of<Axes> < 0 ? 0 : of<Axes>]), ...);
    }
    // The other way; false where the other list says otherwise already. -1 is an extent that is not known.
    static constexpr bool merge([[maybe_unused]] const extent* inner, [[maybe_unused]] extent* outer) {
        bool agree = true;
        ((agree = merge_at<of<Axes>>(*inner++, outer) && agree), ...);
        return agree;
    }

private:
    template <int Place>
    static constexpr bool merge_at([[maybe_unused]] extent n, [[maybe_unused]] extent* outer) {
        if constexpr (Place < 0)
            return true;
        else {
            outer[Place] = outer[Place] < 0 ? n : outer[Place];
            return n < 0 || n == outer[Place];
        }
    }
};

// An operand within the axes of its node.
struct operand_extents {
    error::described own;
    const int* places;
};
// Where two operands of a node differ: throws, naming the first that said otherwise.
constexpr void report_clash(const char* call, const operand_extents* operands, int count) {
    for (int o = 0; o < count; ++o)
        for (int i = 0; i < operands[o].own.rank; ++i)
            for (int p = 0; p < o; ++p)
                for (int j = 0; j < operands[p].own.rank; ++j) {
                    const extent n = operands[o].own.extents[i], known = operands[p].own.extents[j];
                    if (operands[p].places[j] == operands[o].places[i] && operands[o].places[i] >= 0 &&
                        n >= 0 && known >= 0 && n != known)
                        error::extents_clash(call, operands[p].own, j, operands[o].own, i);
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
template <int I, class E>
using operand_placing =
    placing<shape_of<child_t<I, E>>, typename joint<E>::names_t, typename hidden_axis<I, E>::type>;
// Child I's extents, and whether they agree with what is known of the node's axes.
template <int I, class E> constexpr bool join_operand(const E& e, extent* own, extent* all) {
    find_extents(child<I>(e), own);
    return operand_placing<I, E>::merge(own, all);
}
// The extents of joint<E>::names_t.
template <class E, int... I> constexpr void join(const E& e, extent* all, std::integer_sequence<int, I...>) {
    extent own[sizeof...(I)][(rank_of<child_t<I, E>> + ... + 1)] = {};
    for (int i = 0; i < length_of<typename joint<E>::names_t>; ++i) all[i] = -1;
    bool agree = true;
    ((agree = join_operand<I>(e, own[I], all) && agree), ...);
    if (agree) return;
    const operand_extents operands[] = {
        {describe<shape_of<child_t<I, E>>>(own[I]), operand_placing<I, E>::at}...};
    report_clash(joint<E>::call(), operands, static_cast<int>(sizeof...(I)));
}
template <class E> constexpr void join(const E& e, extent* all) {
    join(e, all, std::make_integer_sequence<int, children<E>>{});
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
        placing<shape_of<E>, shape>::take(inside, out);
    } else {
        constexpr int size = length_of<typename joint<E>::names_t>;
        extent all[size + 1] = {};
        join(e, all);
        placing<shape_of<E>, typename joint<E>::names_t>::take(all, out);
    }
}

// The extents of a formula, in the order of its axes. Throws shape_error where operands disagree.
template <class E> constexpr std::array<extent, static_cast<std::size_t>(rank_of<E>)> extents_of(const E& e) {
    std::array<extent, static_cast<std::size_t>(rank_of<E>)> all{};
    find_extents(e, all.data());
    return all;
}

} // namespace heed::dsl
