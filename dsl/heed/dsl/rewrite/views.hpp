// SPDX-License-Identifier: BSL-1.0
// Views move to the leaves, where they are a pointer, extents and strides.
//   transpose(x)                    -> x                           axes are found by name, so their order is nothing
//   relabel<a, b>(f(x(a), y))       -> f(x(b), y)
//   relabel<a, b>(position<a>)      -> position<b>
//   select<a>(f(x), i)              -> f(select<a>(x, i))          position<a> -> i
//   slice<a>(f(x), begin, end)      -> f(slice<a>(x, begin, end))  position<a> -> position<a> + begin
//   slice<a>(range<a>(n), begin, end) -> range<a>(end - begin) + begin
// A view stays where it is when the name it introduces is summed over inside, or when what is inside is normalised
// along the axis that is cut: then the inside is computed first.
#pragma once

#include <heed/dsl/rewrite/lookup.hpp>

namespace heed::dsl {

// Leaves first: a tensor is read where it is.
template <class T, class... Axes> constexpr view<const T, Axes...> leaf_of(const tensor<T, Axes...>& t) {
    return t.reader();
}
// A symbol, as far as planning goes, is an array that is not there yet.
template <text Name, class T, class... Axes>
constexpr view<const T, Axes...> leaf_of(const symbol<Name, T, Axes...>&) {
    return {};
}
template <class E> constexpr const E& leaf_of(const E& e) { return e; }

template <class V> struct view_names;
template <class From, class To> struct view_names<renamed<From, To>> {
    using from = From;
    using to = To;
    static constexpr bool cuts = false;
};
template <class Name> struct view_names<selected<Name>> {
    using from = Name;
    using to = Name;
    static constexpr bool cuts = true;
};
template <class Name> struct view_names<sliced<Name>> : view_names<selected<Name>> {};

// Nodes that the view V cannot pass.
template <class V> struct stops {
    using from = typename view_names<V>::from;
    using to = typename view_names<V>::to;
    static constexpr bool cuts = view_names<V>::cuts;
    template <class E> static constexpr bool bound() {
        if constexpr (is_state<E>)
            return cuts && has<from, shape_of<E>>;
        else if constexpr (what<E> == is::scan)
            return cuts && has<from, typename E::all_t>;
        else if constexpr (requires { E::is_corner; })
            return cuts && (same_type<from, typename E::key_t> || same_type<from, typename E::query_t>);
        else if constexpr (what<E> == is::contraction || what<E> == is::reduction)
            return has<to, typename E::over_t>;
        else if constexpr (what<E> == is::normaliser)
            return cuts && has<from, typename E::over_t>;
        else if constexpr (what<E> == is::lookup)
            return same_type<from, typename E::name_t> || same_type<to, typename E::name_t>;
        else
            return what<E> == is::view || what<E> == is::outputs;
    }
    template <class E> static constexpr bool holds = bound<E>();
};

template <class From, class To, class Over> struct renamed_over;
template <class From, class To, class Name> struct renamed_over<From, To, names<Name>> {
    using type = std::conditional_t<same_type<Name, From>, To, Name>;
};

// An array that is only planned with, a symbol or a temporary that has no memory yet, is nowhere.
template <class T> constexpr T* moved(T* p, extent offset) { return p ? p + offset : p; }

// What a view makes of a leaf.
template <class V, class T, class... Axes> constexpr auto view_leaf(const V& how, const view<T, Axes...>& x) {
    using S = axes<Axes...>;
    using vn = view_names<V>;
    constexpr int place = place_of<typename vn::from, S>;
    if constexpr (place < 0)
        return x;
    else {
        constexpr auto p = static_cast<std::size_t>(place);
        if constexpr (!vn::cuts) {
            return []<class... A>(axes<A...>, const auto& v) {
                return view<T, A...>(v.pointer, v.extents, v.strides);
            }(typename V::template shape<S>{}, x);
        } else if constexpr (requires { how.index; }) {
            return []<class... A>(axes<A...>, const auto& v, extent index) {
                std::array<extent, sizeof...(A)> extents{}, strides{};
                for (std::size_t i = 0, j = 0; i < sizeof...(Axes); ++i)
                    if (i != p) extents[j] = v.extents[i], strides[j] = v.strides[i], ++j;
                return view<T, A...>(moved(v.pointer, index * v.strides[p]), extents, strides);
            }(typename V::template shape<S>{}, x, how.index);
        } else {
            return []<class... A>(axes<A...>, const auto& v, const V& h) {
                auto extents = v.extents;
                extents[p] = h.end - h.begin;
                return view<T, A...>(moved(v.pointer, h.begin * v.strides[p]), extents, v.strides);
            }(typename V::template shape<S>{}, x, how);
        }
    }
}
template <class V, class Name> constexpr auto view_leaf(const V& how, const position_of<Name>& x) {
    using vn = view_names<V>;
    if constexpr (!same_type<Name, typename vn::from>)
        return x;
    else if constexpr (!vn::cuts)
        return position_of<typename vn::to>{};
    else if constexpr (requires { how.index; })
        return number<kind::integer>(how.index);
    else
        return map<op::add, position_of<Name>, number<kind::integer>>(x, number<kind::integer>(how.begin));
}
template <class V, class Name> constexpr auto view_leaf(const V& how, const range_of_axis<Name>& x) {
    using vn = view_names<V>;
    if constexpr (!same_type<Name, typename vn::from>)
        return x;
    else if constexpr (!vn::cuts)
        return range_of_axis<typename vn::to>(x.count);
    else if constexpr (requires { how.index; })
        return number<kind::integer>(how.index);
    else
        return map<op::add, range_of_axis<Name>, number<kind::integer>>(
            range_of_axis<Name>(how.end - how.begin), number<kind::integer>(how.begin));
}
template <class V, class K, class Q, corner C>
constexpr auto view_leaf(const V&, const corner_offset<K, Q, C>& x) {
    using vn = view_names<V>;
    if constexpr (vn::cuts)
        return x;
    else
        return corner_offset<typename renamed_over<typename vn::from, typename vn::to, names<K>>::type,
                             typename renamed_over<typename vn::from, typename vn::to, names<Q>>::type, C>{};
}
// The state of a step under other names.
template <class V, class Step, class S> constexpr auto view_leaf(const V&, const state_before<Step, S>& x) {
    if constexpr (view_names<V>::cuts)
        return x;
    else
        return state_before<Step, typename V::template shape<S>>{};
}
template <class V, class E> constexpr auto view_leaf(const V&, const E& x) { return x; }

// Whether the axis is summed over in the node, so that nobody outside sees it.
template <class Name, class E> constexpr bool sums_over() {
    if constexpr (what<E> == is::contraction || what<E> == is::reduction)
        return has<Name, typename E::over_t>;
    else
        return false;
}

template <class V, class E> constexpr auto push(const V& how, const E& e) {
    if constexpr (children<E> == 0)
        return view_leaf(how, e);
    else if constexpr (sums_over<typename view_names<V>::from, E>())
        return e; // inside, the name is another axis
    else if constexpr (what<E> == is::scan) {
        auto i = push(how, child<0>(e));
        auto u = push(how, child<1>(e));
        using vn = view_names<V>;
        using name =
            typename renamed_over<typename vn::from, typename vn::to, names<typename E::name_t>>::type;
        using state = typename V::template shape<typename E::state_t>;
        return scan<E::when, name, typename E::step_t, state, decltype(i), decltype(u)>(i, u);
    } else if constexpr (what<E> == is::contraction) {
        auto a = push(how, child<0>(e));
        auto b = push(how, child<1>(e));
        using shape = typename V::template shape<shape_of<E>>;
        return contraction<typename E::over_t, shape, decltype(a), decltype(b)>(a, b);
    } else if constexpr (what<E> == is::normaliser) {
        auto x = push(how, child<0>(e));
        auto c = push(how, child<1>(e));
        auto s = push(how, child<2>(e));
        using vn = view_names<V>;
        using over = typename renamed_over<typename vn::from, typename vn::to, typename E::over_t>::type;
        return along_axis<over>(e, x, c, s);
    } else
        return transform_children(e, [&](const auto& c) { return push(how, c); });
}

// As far as it goes: to the leaves, or not at all.
template <class V, class X> constexpr auto push_view(const V& how, const X& x) {
    if constexpr (occurs<stops<V>, X>())
        return viewed<V, X>(how, x);
    else
        return push(how, x);
}

template <class E> constexpr auto push_views(const E& e) {
    if constexpr (what<E> == is::view) {
        auto x = push_views(child<0>(e));
        using V = typename E::view_t;
        if constexpr (same_type<V, swapped>)
            return x;
        else
            return push_view(e.how, x);
    } else if constexpr (what<E> == is::lookup)
        return push_lookup<typename E::name_t>(push_views(child<0>(e)), push_views(child<1>(e)));
    else if constexpr (children<E> == 0)
        return leaf_of(e);
    else
        return transform_children(e, [](const auto& c) { return push_views(c); });
}

} // namespace heed::dsl
