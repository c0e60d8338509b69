// SPDX-License-Identifier: BSL-1.0
// Moving subtrees out of several trees into one list. A Taker says what is taken: take(e, to) gives the tree that is left
// and the list with what came out of it.
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

// Subtrees moved out of several trees, one after another. With Share, a subtree of a type that is out already is taken to
// be that one; `agrees` says whether each of them holds the same values.
template <bool Share, class... Out> struct collected {
    hana::basic_tuple<Out...> out;
    bool agrees = true;
    static constexpr int size = static_cast<int>(sizeof...(Out));

    template <class E> static constexpr int place() {
        int at = -1, i = 0;
        ((Share && at < 0 && std::is_same_v<Out, E> ? void(at = i) : void(), ++i), ...);
        return at;
    }
};
template <bool Share, class... Out, class E>
constexpr auto collect(const collected<Share, Out...>& to, const E& e) {
    constexpr int place = collected<Share, Out...>::template place<E>();
    if constexpr (place >= 0)
        return collected<Share, Out...>{to.out, to.agrees && same_values(hana::at_c<place>(to.out), e)};
    else
        return collected<Share, Out..., E>{appended(to.out, e), to.agrees};
}
// Where collect has put it.
template <bool Share, class... Out, class E>
constexpr int place_in(const collected<Share, Out...>*, const E*) {
    constexpr int place = collected<Share, Out...>::template place<E>();
    return place >= 0 ? place : static_cast<int>(sizeof...(Out)) - 1;
}

// A tree and what was collected on the way.
template <class Tree, class To> struct taken {
    Tree tree;
    To to;
};
template <class Tree, class To> constexpr taken<Tree, To> make_taken(Tree tree, To to) {
    return {static_cast<Tree&&>(tree), static_cast<To&&>(to)};
}
// Rebuilds e from its children, each taken by Taker in turn.
template <class Taker, class E, class To, class... Done>
constexpr auto take_children(const E& e, const To& to, const Done&... done) {
    constexpr int next = static_cast<int>(sizeof...(Done));
    if constexpr (children<E> == 0)
        return make_taken(e, to);
    else if constexpr (next == children<E>)
        return make_taken(with_children(e, done...), to);
    else {
        auto one = Taker::take(child<next>(e), to);
        return take_children<Taker>(e, one.to, done..., one.tree);
    }
}
template <class Tag, class Form, kind K, class To, class E>
constexpr auto taken_as(const To& to, const E& e) {
    auto next = collect(to, e);
    constexpr int place =
        place_in(static_cast<const decltype(next)*>(nullptr), static_cast<const E*>(nullptr));
    return make_taken(placeholder<Tag, place, Form, K>{}, next);
}

// A tuple without its first element.
template <class Tuple, std::size_t... I>
constexpr auto rest_of(const Tuple& list, std::index_sequence<I...>) {
    return hana::basic_tuple<std::remove_cvref_t<decltype(hana::at_c<I + 1>(list))>...>(
        hana::at_c<I + 1>(list)...);
}
// Each element of a tuple taken by Taker in turn; the tree is the tuple of trees.
template <class Taker, class Done, class To>
constexpr auto take_each(const hana::basic_tuple<>&, const Done& done, const To& to) {
    return make_taken(done, to);
}
template <class Taker, class Done, class To, class First, class... Rest>
constexpr auto take_each(const hana::basic_tuple<First, Rest...>& list, const Done& done, const To& to) {
    auto first = Taker::take(hana::at_c<0>(list), to);
    return take_each<Taker>(rest_of(list, std::make_index_sequence<sizeof...(Rest)>{}),
                            appended(done, first.tree), first.to);
}

} // namespace heed::dsl
