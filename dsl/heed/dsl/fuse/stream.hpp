// SPDX-License-Identifier: BSL-1.0
// Streams: the sums of a root that are carried along one loop over their axis, the key. Several share the loop when they
// are over the same scores' axes; what is computed of them afterwards, element by element, is the loop's epilogue.
//   softmax(x) * v, sigmoid(q * transpose(k)) * v       weighted values: one vector per row
//   logsumexp(x), max<key>(x), sum<key>(softmax(x) g)   one number per row
#pragma once

#include <heed/dsl/fuse/scan.hpp>
#include <heed/dsl/fuse/tile.hpp>
#include <heed/dsl/rewrite/reassociate.hpp>
#include <heed/dsl/rewrite/views.hpp>
#include <heed/dsl/rewrite/weights.hpp>

namespace heed::dsl {

// Which operand of a contraction is a function of a product along the one axis that is summed over, such as the
// sigmoid(q * transpose(k)) of sigmoid(q * transpose(k)) * v: 0, 1, or -1. Its elements are weights as they are.
template <class Key> struct is_product_along {
    template <class E> static constexpr bool tile() {
        if constexpr (what<E> == is::contraction)
            return weights_child<E> < 0 &&
                   has<Key, shape_of<child_t<0, E>>> != has<Key, shape_of<child_t<1, E>>>;
        else
            return stays_in_scores<Key, 0, E>();
    }
    template <class E> static constexpr bool holds = tile<E>();
};
template <class Key, class E> constexpr bool is_function_of_product() {
    if constexpr (what<E> != is::map)
        return false;
    else
        return !scales_contraction<E>() && has<Key, shape_of<E>> && occurs<is_product_along<Key>, E>();
}
template <class E> inline constexpr int function_child = -1;
template <class Key, class Shape, class A, class B>
inline constexpr int function_child<contraction<names<Key>, Shape, A, B>> =
    weights_child<contraction<names<Key>, Shape, A, B>> >= 0 ? -1
    : is_function_of_product<Key, A>()                       ? 0
    : is_function_of_product<Key, B>()                       ? 1
                                                             : -1;

// The normaliser of weights, with or without gain.
template <class W> struct only_weights {
    using type = W;
};
template <class N, class G> struct only_weights<map<op::multiply, N, G>> {
    using type = N;
};

template <class List> using first_name = at<List, 0>;
// What a stream is over: its key, the axes of its scores, and those that only its values have.
template <class E> struct stream_traits {
    static constexpr bool is_stream = false, has_values = false;
};
template <class Scores, class Values> struct value_stream {
    static constexpr bool is_stream = true, has_values = true;
    using visible = names_in<shape_of<Scores>>;
    using values_t = names_in<shape_of<Values>>;
};
template <class E>
    requires(weights_child<E> >= 0)
struct stream_traits<E> : value_stream<typename only_weights<child_t<weights_child<E>, E>>::type,
                                       child_t<1 - weights_child<E>, E>> {
    using key = first_name<typename E::over_t>;
};
template <class E>
    requires(function_child<E> >= 0)
struct stream_traits<E> : value_stream<child_t<function_child<E>, E>, child_t<1 - function_child<E>, E>> {
    using key = first_name<typename E::over_t>;
};
template <class Op, class Key, class X, class C, class S> struct stream_traits<reduction<Op, Key, X, C, S>> {
    static constexpr bool is_stream = true, has_values = false;
    using key = Key;
    using visible = names_in<shape_of<X>>;
    using values_t = names<>;
};
// A row function waits for the end of its rows, as streams of its own would.
template <class F, class Over, class X, class P> struct stream_traits<row_function<F, Over, X, P>> {
    static constexpr bool is_stream = true, has_values = false;
    using key = Over;
    using visible = names_in<shape_of<X>>;
    using values_t = names<>;
};
template <class E>
using columns_of_stream =
    without<without<typename stream_traits<E>::values_t, typename stream_traits<E>::visible>,
            names<typename stream_traits<E>::key>>;

// The loop of a root: streams over Key of scores with the axes Visible. Values says that one of them weighs values, with
// the axes Columns of their own. Where none does, a stream may need another one of the same loop: it is found in a later
// pass over the row; and so is a result that has the key itself.
template <class Visible, class Key, class Columns, bool Values> struct loop_space {
    using visible = Visible;
    using key = Key;
    using columns = Columns;
    static constexpr bool has_values = Values, is_loop = true;
};
struct no_space {
    static constexpr bool is_loop = false, has_values = false;
};

template <class Space, class E> constexpr bool in_space() {
    if constexpr (!Space::is_loop || !stream_traits<E>::is_stream)
        return false;
    else {
        using T = stream_traits<E>;
        return same_type<typename T::key, typename Space::key> &&
               same_names<typename T::visible, typename Space::visible> &&
               (!T::has_values ||
                (Space::has_values && same_names<columns_of_stream<E>, typename Space::columns>));
    }
}

// The first stream of a root that is reached through element-wise operations alone, and that Question likes.
template <class E> struct found_stream {
    using type = E;
};
// A sum of pairs of rows with what lies along the lanes of the result is a tile of it.
template <class Root> struct any_stream {
    using lane = typename lane_axis<Root>::type;
    template <class E> static constexpr bool likes = stream_traits<E>::is_stream && !reduces_pairs<lane, E>();
};
struct value_stream_only {
    template <class E> static constexpr bool likes = stream_traits<E>::has_values;
};
// One that is over an axis of Root itself.
template <class Root> struct stream_along {
    template <class E> static constexpr bool along() {
        if constexpr (stream_traits<E>::is_stream && !stream_traits<E>::has_values)
            return has<typename stream_traits<E>::key, shape_of<Root>> &&
                   same_names<typename stream_traits<E>::visible, names_in<shape_of<Root>>>;
        else
            return false;
    }
    template <class E> static constexpr bool likes = along<E>();
};
template <class Question, class E> constexpr auto find_stream();
template <class Question> constexpr auto find_in(names<>) { return found_stream<void>{}; }
template <class Question, class C, class... Rest> constexpr auto find_in(names<C, Rest...>) {
    using first = decltype(find_stream<Question, C>());
    if constexpr (!std::is_void_v<typename first::type>)
        return first{};
    else
        return find_in<Question>(names<Rest...>{});
}
template <class Question, class E> constexpr auto find_stream() {
    if constexpr (Question::template likes<E>)
        return found_stream<E>{};
    else if constexpr (what<E> == is::map)
        return find_in<Question>(typename children_of<E>::list{});
    else
        return found_stream<void>{};
}
template <class Question, class E> using stream_in = typename decltype(find_stream<Question, E>())::type;

// The space of the loop of a root (or of several roots, as a map of them): no_space where nothing is streamed.
template <class E, class Lead> constexpr auto space_with() {
    using traits = stream_traits<Lead>;
    using columns = columns_of_stream<Lead>;
    using rows = without<typename traits::visible, names<typename traits::key>>;
    if constexpr (spans<concat<rows, columns>, E>)
        return loop_space<typename traits::visible, typename traits::key, columns, traits::has_values>{};
    else
        return no_space{};
}
template <class E> constexpr auto find_space() {
    using along = stream_in<stream_along<E>, E>;
    using valued = stream_in<value_stream_only, E>;
    using any = stream_in<any_stream<E>, E>;
    if constexpr (!std::is_void_v<along>)
        return loop_space<names_in<shape_of<E>>, typename stream_traits<along>::key, names<>, false>{};
    else if constexpr (!std::is_void_v<valued>)
        return space_with<E, valued>();
    else if constexpr (!std::is_void_v<any>)
        return space_with<E, any>();
    else
        return no_space{};
}
template <class E> struct space_of_root {
    using type = decltype(find_space<E>());
};
template <class E> using space_of = typename space_of_root<E>::type;

// The loop of two results: where their streams are over the same axes, and not one of them weighs values while the other
// waits for complete rows. no_space where there is no such loop.
template <class A, class B> struct joined_space {
    using type = no_space;
};
template <class V, class W, class Key, class C, class D, bool P, bool Q>
    requires(same_names<V, W> && (!P || !Q || same_names<C, D>))
struct joined_space<loop_space<V, Key, C, P>, loop_space<W, Key, D, Q>> {
    using type = loop_space<V, Key, std::conditional_t<P, C, D>, P || Q>;
};
template <class First, class... Rest> struct joined_all {
    using type = First;
};
template <class First, class Second, class... Rest> struct joined_all<First, Second, Rest...> {
    using type = typename joined_all<typename joined_space<First, Second>::type, Rest...>::type;
};
template <class... E> struct space_of_root<several<E...>> {
    using type = typename joined_all<space_of<E>...>::type;
};

// Whether roots share a loop.
template <class... E> constexpr bool share_a_loop() {
    using space = space_of<several<E...>>;
    if constexpr (is_scan_root<several<E...>>)
        return true;
    else if constexpr ((is_scan_root<E> || ...) || !space::is_loop)
        return false;
    else
        return !space::has_values || !(has<typename space::key, shape_of<E>> || ...);
}

// Whether the elements of a result lie along the key of its loop, or there are no streams: then it is stored score by
// score. The others are the epilogue of their streams.
template <class Space, class E> constexpr bool lies_along_key() {
    if constexpr (Space::is_loop)
        return has<typename Space::key, shape_of<E>>;
    else
        return true;
}
template <class Space, class E> inline constexpr bool along_key = lies_along_key<Space, E>();

// What a nest is over.
template <class Space, class E> struct nest_axes {
    using visible = typename Space::visible;
    using key = typename Space::key;
};
template <class E> struct nest_axes<no_space, E> {
    using visible = names_in<shape_of<E>>;
    using key = typename lane_axis<E>::type;
};

} // namespace heed::dsl
