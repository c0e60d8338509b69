// SPDX-License-Identifier: BSL-1.0
// Whether a call fits, asked instead of tried: a wrong call is an error that `requires` cannot see, these are not.
// A, B, X, ... are the types of operands, `decltype(q)`; arguments of a normaliser likewise, `decltype(causal)`.
#pragma once

#include <heed/normaliser.hpp>
#include <heed/tensor.hpp>

namespace heed {

// A * B.
template <class A, class B>
concept can_multiply = dsl::operand<A> && dsl::operand<B> && dsl::is_fine<dsl::product_check<A, B>>;

// dot<axes...>(A, B).
template <class A, class B, template <extent> class... Axes>
concept can_dot =
    dsl::operand<A> && dsl::operand<B> && dsl::is_fine<dsl::dot_check<A, B, dsl::names<dsl::name<Axes>...>>>;

// A + B, A - B, A / B, comparisons, min, max, pow, hadamard, and all else that is element-wise.
template <class... X>
concept can_combine = (dsl::operand<X> && ...) && dsl::is_fine<dsl::map_check<X...>>;

// keep(C), drop(C), !C, and C as the condition of where.
template <class C>
concept can_decide = dsl::operand<C> && dsl::is_fine<dsl::condition_check<C>>;

// transpose(X).
template <class X>
concept can_transpose = dsl::operand<X> && dsl::is_fine<dsl::transpose_check<X>>;

// relabel<From, To>(X).
template <class X, template <extent> class From, template <extent> class To>
concept can_relabel = dsl::operand<X> && dsl::is_fine<dsl::relabel_check<X, dsl::name<From>, dsl::name<To>>>;

// select<Axis>(X, i), slice<Axis>(X, begin, end).
template <class X, template <extent> class Axis>
concept can_slice = dsl::operand<X> && dsl::is_fine<dsl::view_check<X, dsl::name<Axis>>>;

// gather<Axis>(Table, Index).
template <class Table, template <extent> class Axis, class Index>
concept can_gather = dsl::operand<Table> && dsl::operand<Index> &&
                     dsl::is_fine<dsl::gather_check<Table, dsl::name<Axis>, Index>>;

// sum<Axis>(X, masks...), mean, max, min, argmax and variance; layer_norm<Axis>(X), rms_norm<Axis>(X).
template <class X, template <extent> class Axis, class... Masks>
concept can_reduce =
    dsl::operand<X> && dsl::is_fine<dsl::reduction_check<X, dsl::name<Axis>, std::remove_cvref_t<Masks>...>>;

// Kind as the Kind of normalise<Kind>(X).
template <class Kind>
concept is_normaliser = dsl::is_fine<typename decltype(dsl::kind_verdict<Kind>())::type>;

// softmax(X, arguments...), logsumexp, normalise and entropy: over the last axis.
template <class X, class... Arguments>
concept can_normalise =
    dsl::operand<X> && dsl::is_fine<dsl::normaliser_check<X, void, std::remove_cvref_t<Arguments>...>>;

// softmax<Axis>(X, arguments...), logsumexp, normalise and entropy.
template <class X, template <extent> class Axis, class... Arguments>
concept can_normalise_along =
    dsl::operand<X> &&
    dsl::is_fine<dsl::normaliser_check<X, dsl::name<Axis>, std::remove_cvref_t<Arguments>...>>;

} // namespace heed
