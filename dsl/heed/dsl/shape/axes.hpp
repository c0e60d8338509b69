// SPDX-License-Identifier: BSL-1.0
// Lists of axes and of names, and the few questions asked of them: where is it, is it there, without these.
// Functions over packs answer with numbers, so that a list costs the compiler one instantiation, not one per element.
#pragma once

#include <utility>

#include <heed/dsl/shape/axis.hpp>

namespace heed::dsl {

// The shape of an expression: its axes in order. The first `Loose` of them come from positions alone, which have an
// axis but no place in the order (`position<key> - position<query>` is neither key-by-query nor query-by-key).
template <class... Axes> struct axes {
    static constexpr int rank = static_cast<int>(sizeof...(Axes));
};
template <class... Names> struct names {
    static constexpr int size = static_cast<int>(sizeof...(Names));
};

template <int I, class T> struct indexed {
    using type = T;
};
template <class Sequence, class... Ts> struct indexer;
template <int... I, class... Ts>
struct indexer<std::integer_sequence<int, I...>, Ts...> : indexed<I, Ts>... {};
template <int I, class T> indexed<I, T> pick(indexed<I, T>*);

template <class List, int I> struct at_index;
template <template <class...> class List, class... Ts, int I> struct at_index<List<Ts...>, I> {
    using type = typename decltype(pick<I>(
        static_cast<indexer<std::make_integer_sequence<int, static_cast<int>(sizeof...(Ts))>, Ts...>*>(
            nullptr)))::type;
};
template <class List, int I> using at = typename at_index<List, I>::type;

// The place of a name in a list of axes or of names, -1 where it is not there.
template <class Name, class... Axes> constexpr int find_axis(axes<Axes...>) {
    int place = -1, i = 0;
    ((same_type<Name, name_of<Axes>> && place < 0 ? void(place = i) : void(), ++i), ...);
    return place;
}
template <class Name, class... Names> constexpr int find_axis(names<Names...>) {
    int place = -1, i = 0;
    ((same_type<Name, Names> && place < 0 ? void(place = i) : void(), ++i), ...);
    return place;
}
template <class Name, class List> inline constexpr int place_of = find_axis<Name>(List{});
template <class Name, class List> inline constexpr bool has = place_of<Name, List> >= 0;

template <class List> struct names_of_list;
template <class... Axes> struct names_of_list<axes<Axes...>> {
    using type = names<name_of<Axes>...>;
};
template <class... Names> struct names_of_list<names<Names...>> {
    using type = names<Names...>;
};
template <class List> using names_in = typename names_of_list<List>::type;

template <class A, class B> struct concatenated;
template <template <class...> class L, class... A, class... B> struct concatenated<L<A...>, L<B...>> {
    using type = L<A..., B...>;
};
template <class A, class B> using concat = typename concatenated<A, B>::type;

// The elements of a list at the places listed.
template <class List, class Places> struct chosen;
template <template <class...> class L, class... Ts, std::size_t... I>
struct chosen<L<Ts...>, std::index_sequence<I...>> {
    using type = L<at<L<Ts...>, static_cast<int>(I)>...>;
};

// Which elements of `List` are (Present) or are not in `Other`, as places.
template <bool Present, class Other, class... Ts, std::size_t... I>
constexpr auto places_where(std::index_sequence<I...>) {
    struct found {
        std::size_t place[sizeof...(Ts) + 1] = {}, size = 0;
    } r;
    (void(has<Ts, Other> == Present ? void(r.place[r.size++] = I) : void()), ...);
    return r;
}
template <class List, class Other, bool Present> struct filtered;
template <template <class...> class L, class... Ts, class Other, bool Present>
struct filtered<L<Ts...>, Other, Present> {
    template <class T> struct key_of {
        using type = T;
    };
    template <template <extent> class A, extent N> struct key_of<A<N>> {
        using type = name<A>;
    };
    static constexpr auto found =
        places_where<Present, Other, typename key_of<Ts>::type...>(std::make_index_sequence<sizeof...(Ts)>{});
    template <std::size_t... I>
    static auto take(std::index_sequence<I...>) ->
        typename chosen<L<Ts...>, std::index_sequence<found.place[I]...>>::type;
    using type = decltype(take(std::make_index_sequence<found.size>{}));
};
// `List` without (and: with only) the names in `Other`, in the order of `List`.
template <class List, class Other> using without = typename filtered<List, Other, false>::type;
template <class List, class Other> using only = typename filtered<List, Other, true>::type;
template <class A, class B> using united = concat<A, without<B, A>>;

template <class List> inline constexpr int length_of = 0;
template <template <class...> class L, class... Ts> inline constexpr int length_of<L<Ts...>> = sizeof...(Ts);

} // namespace heed::dsl
