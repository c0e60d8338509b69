// SPDX-License-Identifier: BSL-1.0
// What the oracle stores of a node, all its elements over its own axes, and ways through them along other axes.
#pragma once

#include <heed/dsl/expr/check.hpp>

namespace heed::dsl {

template <kind K, class Real>
using value_of = std::conditional_t<K == kind::real, Real, typename number_type<K>::type>;

// A tensor over the axes of a list, whatever their extents.
template <class T, class List> struct dense_over;
template <class T, class... Axes> struct dense_over<T, axes<Axes...>> {
    using type = tensor<T, axis_named<name_of<Axes>>...>;
};

// Whether an element of the node can be absent: 0 because a normaliser does not allow the key, so that it must not
// meet what it is multiplied with. A sum is absent where all its terms are, a product where one factor is.
template <class E> inline constexpr bool has_absent = false;
template <class K, class Over, class X, class C, class S>
inline constexpr bool has_absent<normaliser<K, Over, X, C, S>> = true;
template <class V, class X> inline constexpr bool has_absent<viewed<V, X>> = has_absent<X>;
template <class X> inline constexpr bool has_absent<map<op::negate, X>> = has_absent<X>;
template <class A, class B> inline constexpr bool has_absent<map<op::divide, A, B>> = has_absent<A>;
template <class A, class B>
inline constexpr bool has_absent<map<op::multiply, A, B>> = has_absent<A> || has_absent<B>;
template <class A, class B>
inline constexpr bool has_absent<map<op::add, A, B>> = has_absent<A> && has_absent<B>;
template <class A, class B>
inline constexpr bool has_absent<map<op::subtract, A, B>> = has_absent<A> && has_absent<B>;

// A node's values, and where they are absent (of one element that is false if nowhere).
template <class E, class Real> struct dense {
    using value_t = value_of<E::element, Real>;
    using shape_t = shape_of<E>;
    typename dense_over<value_t, shape_of<E>>::type values;
    typename dense_over<bool, std::conditional_t<has_absent<E>, shape_of<E>, axes<>>>::type absent;

    explicit dense(const extent* extents)
        : values(decltype(values)::with_extents(all<decltype(values)>(extents))),
          absent(decltype(absent)::with_extents(all<decltype(absent)>(extents))) {}
    bool is_absent(extent offset) const { return has_absent<E> && absent.data()[has_absent<E> ? offset : 0]; }

private:
    template <class Tensor> static auto all(const extent* extents) {
        typename Tensor::view_t::extents_t copy{};
        for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = extents[i];
        return copy;
    }
};

// Calls f() for every index in the places First ... Last - 1 of `index`, the last one running quickest.
template <int First, int Last, class F> void each_index(const extent* extents, extent* index, const F& f) {
    if constexpr (First == Last)
        f();
    else
        for (index[First] = 0; index[First] < extents[First]; ++index[First])
            each_index<First + 1, Last>(extents, index, f);
}

// Strides along the axes of a list, 0 along those that a tensor does not have, or that are hidden (see placing).
template <class List> struct walk {
    extent stride[length_of<List> + 1] = {}, start = 0;

    template <class Axes, class Hidden = void> static walk through(const auto& tensor) {
        walk w;
        for (int i = 0; i < Axes::rank; ++i)
            if (const int place = placing<Axes, List, Hidden>::at[i]; place >= 0)
                w.stride[place] = tensor.stride_at(i);
        return w;
    }
    extent at(const extent* index) const {
        extent offset = start;
        for (int i = 0; i < length_of<List>; ++i) offset += index[i] * stride[i];
        return offset;
    }
};

// A child with its way through the axes of a list.
template <class E, class List, class Real> struct walked {
    dense<E, Real> x;
    walk<List> way;
    explicit walked(dense<E, Real> child)
        : x(static_cast<dense<E, Real>&&>(child)), way(walk<List>::template through<shape_of<E>>(x.values)) {}
    auto value(const extent* index) const { return x.values.data()[way.at(index)]; }
    bool absent(const extent* index) const { return x.is_absent(way.at(index)); }
};

} // namespace heed::dsl
