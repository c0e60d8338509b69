// SPDX-License-Identifier: BSL-1.0
// The plan of a formula, as a type: its loops in the order they run, and what is stored between them.
#pragma once

#include <heed/dsl/fuse/program.hpp>

namespace heed::dsl {

template <class Steps> struct nests_of;
template <class T, class Root, class Stages, class Roots> struct plan_steps;
template <class T, class Root, class... Stage, class... Group, class... Tree>
struct plan_steps<T, Root, hana::basic_tuple<Stage...>, hana::basic_tuple<root_step<Group, Tree>...>> {
    template <class E, class Arrays>
    using tree_of =
        std::remove_cvref_t<decltype(with_arrays(std::declval<const E&>(), std::declval<const Arrays&>()))>;
    template <class E, class Arrays>
    using nest_of = decltype(make_nest(std::declval<const tree_of<E, Arrays>&>()));
    template <class E>
    using array_of = std::remove_cvref_t<decltype(as_node(
        stage_array<T>(std::declval<const E&>(), std::declval<const Root&>())))>;
    // Nests done, arrays of the stages so far, stages to do.
    template <class... Done, class... Array>
    static names<Done..., nest_of<Tree, hana::basic_tuple<Array...>>...> from(names<Done...>, names<Array...>,
                                                                              names<>) {
        return {};
    }
    template <class... Done, class... Array, class First, class... Rest>
    static auto from(names<Done...>, names<Array...>, names<First, Rest...>) {
        using before = hana::basic_tuple<Array...>;
        return from(names<Done..., nest_of<First, before>>{},
                    names<Array..., array_of<tree_of<First, before>>>{}, names<Rest...>{});
    }
    using type = decltype(from(names<>{}, names<>{}, names<Stage...>{}));
};
template <class E> struct plan_parts {
    using program_t = decltype(program_of(std::declval<const E&>()));
    template <class P> struct parts;
    template <class S, class R> struct parts<program<S, R>> : plan_steps<real_of<E>, E, S, R> {};
};

} // namespace heed::dsl

namespace heed {

// The plan of an expression: `loops` is how many loops it takes, `temporaries` how many arrays are stored between
// them, `nests` the loops themselves. Stages and results of one type whose operands turn out to be the same tensors
// are computed once; that is seen at run time, by evaluate and explain.
template <class E> struct plan_of {
    using rewritten_t = decltype(dsl::rewritten(std::declval<const std::remove_cvref_t<E>&>()));
    using program_t = typename dsl::plan_parts<rewritten_t>::program_t;
    using nests = typename dsl::plan_parts<rewritten_t>::template parts<program_t>::type;
    static constexpr int loops = program_t::stages_n + program_t::roots_n, temporaries = program_t::stages_n;
};
// Of a formula with a mistake, which has been said: what most assertions expect, so that they add no second error.
template <class E>
    requires dsl::any_reported<E>
struct plan_of<E> {
    using nests = dsl::names<>;
    static constexpr int loops = 1, temporaries = 0;
};

} // namespace heed
