// SPDX-License-Identifier: BSL-1.0
// Arrays that grow along an axis: what may be appended to them, and copying it there.
#pragma once

#include <heed/dsl/expr/verdicts.hpp>
#include <heed/dsl/loop/dense.hpp>

namespace heed::dsl {

template <class T, class List> struct array_over;
template <class T, class... Axes> struct array_over<T, axes<Axes...>> {
    using tensor_t = tensor<T, Axes...>;
    using view_t = view<T, Axes...>;
    using reader_t = view<const T, Axes...>;
};

template <class X> inline constexpr bool is_tensor = false;
template <class T, class... Axes> inline constexpr bool is_tensor<tensor<T, Axes...>> = true;
// The tensors that a cache is made of, each with the axis Name.
template <class Name, class X> constexpr auto growing_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (!is_tensor<X>)
        return verdict<error::cache_of_no_tensor<X>>{};
    else
        return axis_verdict<error::cache_axis_missing, X, Name>();
}
template <class Name, class... X>
using growing_check = typename decltype(first_mistake(growing_verdict<Name, X>()...))::type;

template <class X, class Array> constexpr auto appended_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (!is_within<shape_of<X>, shape_of<Array>> || !is_within<shape_of<Array>, shape_of<X>>)
        return verdict<error::appended_axes_differ<shape_of<X>, shape_of<Array>>>{};
    else
        return verdict<error::none>{};
}
template <class Given, class Arrays> struct appending {
    using type = error::appended_miscounted<Given, Arrays>;
};
template <class... X, class... Array>
    requires(sizeof...(X) == sizeof...(Array))
struct appending<names<X...>, names<Array...>> {
    using type = typename decltype(first_mistake(appended_verdict<X, Array>()...))::type;
};

// The extent of x along Name; throws where another axis of x has another extent than `like`.
template <class Name, class X, class Array> extent appended_extent(const X& x, const Array& like) {
    constexpr auto& places = placing<shape_of<X>, shape_of<Array>, Name>::at;
    for (int i = 0; i < X::rank; ++i)
        if (places[i] >= 0 && x.extent_at(i) != like.extent_at(places[i]))
            error::extents_clash("append", describe<shape_of<X>>(x.extents.data()), i,
                                 describe<shape_of<Array>>(like.extents.data()), places[i]);
    return x.extent_at(place_of<Name, shape_of<X>>);
}
// Throws where the arrays have different extents along Name. `call` is what the user wrote.
template <class Name, class First, class... Rest>
extent common_extent(const char* call, const First& first, const Rest&... rest) {
    constexpr int place = place_of<Name, shape_of<First>>;
    [[maybe_unused]] const auto check = [&]<class X>(const X& x) {
        constexpr int other = place_of<Name, shape_of<X>>;
        if (x.extent_at(other) != first.extent_at(place))
            error::extents_clash(call, describe<shape_of<First>>(first.extents.data()), place,
                                 describe<shape_of<X>>(x.extents.data()), other);
    };
    (check(rest), ...);
    return first.extent_at(place);
}

// Copies between arrays of the same axes and extents, in any order of axes and any element types.
template <class T, class... Axes, class From>
void copy_elements(const view<T, Axes...>& to, const From& from) {
    constexpr int outer = static_cast<int>(sizeof...(Axes)) - 1;
    const auto way = walk<names<name_of<Axes>...>>::template through<shape_of<From>>(from);
    extent index[sizeof...(Axes) + 1] = {};
    each_index<0, outer>(to.extents.data(), index, [&] {
        index[outer] = 0;
        extent offset = 0;
        for (int i = 0; i < outer; ++i) offset += index[i] * to.stride_at(i);
        T* p = to.pointer + offset;
        const auto* x = from.pointer + way.at(index);
        for (extent i = 0; i < to.extent_at(outer); ++i)
            p[i * to.stride_at(outer)] = static_cast<T>(x[i * way.stride[outer]]);
    });
}
// The indices first ... first + many - 1 of an array's axis Name.
template <class Name, class T, class... Axes>
auto part_of(const view<T, Axes...>& v, extent first, extent many) {
    using S = axes<Axes...>;
    constexpr auto place = static_cast<std::size_t>(place_of<Name, S>);
    typename array_over<T, typename sliced<Name>::template shape<S>>::view_t part;
    part.extents = v.extents;
    part.extents[place] = many;
    part.strides = v.strides;
    part.pointer = v.pointer + first * v.strides[place];
    return part;
}

} // namespace heed::dsl
