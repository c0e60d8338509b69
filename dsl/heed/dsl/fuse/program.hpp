// SPDX-License-Identifier: BSL-1.0
// A formula as the list of its loops: stages, each of which may read those before it, then the roots, which are results.
// Of outputs(...), results whose streams are over the same axes share a root.
#pragma once

#include <heed/dsl/fuse/nest.hpp>

namespace heed::dsl {

struct is_double {
    template <class E> static constexpr bool computed() {
        if constexpr (requires { typename E::element_t; })
            return std::is_same_v<typename E::element_t, double>;
        else
            return false;
    }
    template <class E> static constexpr bool holds = computed<E>();
};
// What scores are computed in: double where an array of the formula is double.
template <class E> using real_of = std::conditional_t<occurs<is_double, E>(), double, float>;
// What a result is stored as.
template <kind K, class T>
using stored = std::conditional_t<K == kind::real, T, std::conditional_t<K == kind::boolean, bool, extent>>;

// The results that one root computes, by their places.
template <int... Results> struct group {
    static constexpr int size = static_cast<int>(sizeof...(Results));
};
// Roots in the order of their first result; each result joins the first root before it whose loop it can share.
template <class E> struct groups_of {
    static constexpr int n = children<E>;
    struct table {
        int leader[static_cast<std::size_t>(n + 1)];
    };
    template <int J, int... Member> static constexpr bool joins(group<Member...>) {
        return share_a_loop<child_t<Member, E>..., child_t<J, E>>();
    }
    template <class... Done> struct built {};
    // Result J joins one of the groups, or is one.
    template <int J, class... Before, int... Member, class... After>
    static auto place(built<Before...>, built<group<Member...>, After...>) {
        if constexpr (joins<J>(group<Member...>{}))
            return built<Before..., group<Member..., J>, After...>{};
        else
            return place<J>(built<Before..., group<Member...>>{}, built<After...>{});
    }
    template <int J, class... Before> static auto place(built<Before...>, built<>) {
        return built<Before..., group<J>>{};
    }
    template <int J, class Groups> static auto from(Groups groups) {
        if constexpr (J == n)
            return groups;
        else
            return from<J + 1>(place<J>(built<>{}, groups));
    }
    using type = decltype(from<0>(built<>{}));
};

// A root: its tree, with placeholders where stages are read, and which results it computes.
template <class Group, class Tree> struct root_step {
    using group_t = Group;
    Tree tree;
};
// Not an aggregate, of which every byte would be cleared first.
template <class Stages, class Roots> struct program {
    Stages stages;
    Roots roots;
    constexpr program(Stages s, Roots r) : stages(static_cast<Stages&&>(s)), roots(static_cast<Roots&&>(r)) {}
    static constexpr int stages_n = decltype(hana::length(std::declval<Stages>()))::value,
                         roots_n = decltype(hana::length(std::declval<Roots>()))::value;
};
template <class Group, class Tree> constexpr root_step<Group, Tree> make_root(Tree tree) {
    return {static_cast<Tree&&>(tree)};
}
template <int... I, class E> constexpr auto select_results(const E& e, group<I...>) {
    if constexpr (sizeof...(I) == 1)
        return (child<I>(e), ...);
    else
        return several<child_t<I, E>...>(child<I>(e)...);
}
template <class E, class Stages, class Roots, template <class...> class Groups>
constexpr auto add_roots(const E&, const Stages& stages, const Roots& roots, Groups<>) {
    return program(stages, roots);
}
template <class E, class Stages, class Roots, template <class...> class Groups, class First, class... Rest>
constexpr auto add_roots(const E& e, const Stages& stages, const Roots& roots, Groups<First, Rest...>) {
    auto parts = split(select_results(e, First{}), stages);
    return add_roots(e, parts.out, appended(roots, make_root<First>(parts.tree)), Groups<Rest...>{});
}
// Of a rewritten formula.
template <class E> constexpr auto program_of(const E& e) {
    const hana::basic_tuple<> none{};
    if constexpr (what<E> == is::outputs)
        return add_roots(e, none, none, typename groups_of<E>::type{});
    else {
        auto parts = split(e, none);
        return program(parts.out, hana::basic_tuple<root_step<group<0>, decltype(parts.tree)>>(
                                      make_root<group<0>>(parts.tree)));
    }
}

// Whether a tree reads stage I.
template <int I> struct reads_stage {
    template <class E> static constexpr bool found() {
        if constexpr (requires { typename E::tag_t; })
            return same_type<typename E::tag_t, staged_tag> && E::index == I;
        else
            return false;
    }
    template <class E> static constexpr bool holds = found<E>();
};

// The array of a stage: its axes in the order of the expression. Nowhere yet.
template <class T, class E, class Root> constexpr auto stage_array(const E& e, const Root& root) {
    return []<class... Axes>(axes<Axes...>, const E& stage, const Root& all) {
        view<stored<E::element, T>, typename axis_parts<Axes>::dynamic_t...> v;
        v.extents = {shown_extent<name_of<Axes>>(stage, all)...};
        v.strides = row_major(v.extents);
        return v;
    }(shape_of<E>{}, e, root);
}
// A step's tree with the arrays of the stages before it in their places.
template <class Tree, class Arrays> constexpr auto with_arrays(const Tree& tree, const Arrays& arrays) {
    if constexpr (decltype(hana::length(arrays))::value == 0)
        return tree;
    else
        return rewritten(substitute<staged_tag>(tree, arrays));
}
// The first of the trees of earlier stages that computes the same, or how many there are.
template <class Tree, class... Earlier>
constexpr int first_same(const Tree& tree, const hana::basic_tuple<Earlier...>& earlier) {
    int same = static_cast<int>(sizeof...(Earlier));
    [[maybe_unused]] const auto compare = [&](int j, const auto& other) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(other)>, Tree>)
            if (same > j && same_values(other, tree)) same = j;
    };
    hana::unpack(earlier, [&](const auto&... other) {
        [[maybe_unused]] int j = 0;
        (compare(j++, other), ...);
    });
    return same;
}

} // namespace heed::dsl
