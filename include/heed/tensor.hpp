// SPDX-License-Identifier: BSL-1.0
// Tensors that own their memory, views of anybody's memory, and ways to see one differently without moving data.
#pragma once

#include <heed/dsl/expr/build.hpp>

namespace heed {

// x with its last two axes exchanged: (..., key, feature) -> (..., feature, key).
template <dsl::operand X> constexpr auto transpose(X&& x) {
    return dsl::make_viewed(dsl::transpose_check<X>(), dsl::swapped{}, static_cast<X&&>(x));
}

// x with the axis From named To: the tokens of self-attention are `query` on one side and `key` on the other.
template <template <extent> class From, template <extent> class To, dsl::operand X>
constexpr auto relabel(X&& x) {
    using from = dsl::name<From>;
    using to = dsl::name<To>;
    return dsl::make_viewed(dsl::relabel_check<X, from, to>(), dsl::renamed<from, to>{}, static_cast<X&&>(x));
}

// x at one index of the axis, which is gone from the result. index_error where it is outside, when evaluated.
template <template <extent> class A, dsl::operand X> constexpr auto select(X&& x, extent index) {
    using name = dsl::name<A>;
    return dsl::make_viewed(dsl::view_check<X, name>(), dsl::selected<name>{index}, static_cast<X&&>(x));
}

// x at the indices begin, begin + 1, ... end - 1 of the axis. index_error where they are outside, when evaluated.
template <template <extent> class A, dsl::operand X> constexpr auto slice(X&& x, extent begin, extent end) {
    using name = dsl::name<A>;
    return dsl::make_viewed(dsl::view_check<X, name>(), dsl::sliced<name>{begin, end}, static_cast<X&&>(x));
}

// table at the index along the axis; the index is an expression of integers, whose axes take the axis's place.
// index_error where an index is outside the axis, before anything is written.
template <template <extent> class A, dsl::operand T, dsl::operand I>
constexpr auto gather(T&& table, I&& index) {
    using name = dsl::name<A>;
    return dsl::make_lookup<name>(dsl::gather_check<T, name, I>(), static_cast<T&&>(table),
                                  static_cast<I&&>(index));
}

} // namespace heed
