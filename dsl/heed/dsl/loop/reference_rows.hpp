// SPDX-License-Identifier: BSL-1.0
// The part of the oracle that goes along rows: normalisers and reductions.
#pragma once

#include <heed/dsl/expr/kinds.hpp>
#include <heed/dsl/loop/dense.hpp>
#include <heed/dsl/loop/scalar.hpp>

namespace heed::dsl {

template <class Real, class Scope, class E> dense<E, Real> reference_node(const E& e, const extent* scope);

template <int I, class Real, class Scope, class E>
dense<child_t<I, E>, Real> reference_child(const E& e, const extent* scope) {
    using inner = scope_within<I, E, Scope>;
    extent inside[inner::list::rank + 1] = {};
    inner::fill(e, scope, inside);
    return reference_node<Real, typename inner::list>(child<I>(e), inside);
}

// Functions of real numbers want their arguments as such.
template <class Op, class Real, class T> auto argument(T x) {
    if constexpr (std::is_base_of_v<transcendental, Op>)
        return static_cast<Real>(x);
    else
        return x;
}

// The axes of a node that sums: those of its result, then those it sums over.
template <class E>
using summing = concat<without<names_in<shape_of<E>>, typename E::over_t>, typename E::over_t>;

// Their extents: of the result as in `scope`, of the others as an operand has them.
template <class E, class Scope, class X, class Real>
void summing_extents(const extent* scope, const dense<X, Real>& x, extent* out) {
    for (int i = 0; i < shape_of<X>::rank; ++i)
        if (const int place = placing<shape_of<X>, summing<E>>::at[i]; place >= 0)
            out[place] = x.values.extent_at(i);
    for (int i = 0; i < rank_of<E>; ++i)
        out[placing<shape_of<E>, summing<E>>::at[i]] = scope[placing<shape_of<E>, Scope>::at[i]];
}

// The scores of a row that are allowed: those where the condition holds and that are not -inf. The sink is one more.
template <class Real> struct row {
    static constexpr Real infinity = static_cast<Real>(__builtin_inf());
    Real largest = -infinity, smallest = infinity, sum = 0, sum_of_exp = 0;
    extent count = 0;
};
template <class E, class Real, class Scope, bool Exclude> struct row_reader {
    using list = summing<E>;
    static constexpr int rank = length_of<list> - 1;
    static constexpr bool has_sink = !std::is_same_v<child_t<2, E>, nothing>;
    walked<child_t<0, E>, list, Real> x;
    walked<child_t<1, E>, list, Real> condition;
    walked<child_t<2, E>, list, Real> sink;
    extent extents[rank + 2] = {};
    row_reader(const E& e, const extent* scope)
        : x(reference_child<0, Real, Scope>(e, scope)),
          condition(reference_child<1, Real, Scope>(e, scope)),
          sink(reference_child<2, Real, Scope>(e, scope)) {
        summing_extents<E, Scope>(scope, x.x, extents);
    }
    Real score(const extent* index) const { return static_cast<Real>(x.value(index)); }
    // Of a plain reduction, -inf is a number like any other.
    bool allowed(const extent* index) const {
        return condition.value(index) && !(Exclude && score(index) == -row<Real>::infinity);
    }
    // Calls f(s) for the allowed scores of the row and for its sink.
    template <class F> void each(extent* index, const F& f) const {
        each_index<rank, rank + 1>(extents, index, [&] {
            if (allowed(index)) f(score(index));
        });
        if constexpr (has_sink) f(static_cast<Real>(sink.value(index)));
    }
    row<Real> read(extent* index) const {
        row<Real> r;
        each(index, [&](Real s) {
            r.largest = scalar::apply(op::max{}, r.largest, s);
            r.smallest = scalar::apply(op::min{}, r.smallest, s);
            r.sum += s;
            ++r.count;
        });
        if (r.largest != -r.infinity)
            each(index, [&](Real s) { r.sum_of_exp += scalar::apply(op::exp{}, s - r.largest); });
        return r;
    }
};

// A function of a kind, where its symbolic arguments are the numbers a and b.
template <class Real, class E> auto kind_value(const E& e, Real a, Real b) {
    if constexpr (requires { typename E::tag_t; })
        return E::index == 0 ? a : b;
    else if constexpr (what<E> == is::leaf)
        return static_cast<value_of<E::element, Real>>(e.value);
    else
        return hana::unpack(e.kids, [&](const auto&... c) {
            using operation = typename E::operation;
            return static_cast<value_of<E::element, Real>>(
                scalar::apply(operation{}, argument<operation, Real>(kind_value<Real>(c, a, b))...));
        });
}
// The factor of all weights of a row.
template <class Kind, class Reader, class Real>
Real factor_of_row(const Reader& in, const row<Real>& r, extent* index) {
    if constexpr (!has_total<Kind>)
        return 1;
    else {
        Real total = 0;
        in.each(index,
                [&](Real s) { total += static_cast<Real>(kind_value<Real>(mass_of<Kind>(), s, r.largest)); });
        return total == 0 ? 0 : static_cast<Real>(kind_value<Real>(finish_of<Kind>(), total, r.largest));
    }
}

template <class Real, class Scope, class E>
void reference_normaliser(const E& e, const extent* scope, dense<E, Real>& out) {
    using Kind = typename E::normaliser_t;
    const row_reader<E, Real, Scope, uses_top<Kind>> in(e, scope);
    constexpr int rank = in.rank;
    const auto way = walk<summing<E>>::template through<shape_of<E>>(out.values);
    extent index[rank + 2] = {};
    each_index<0, rank>(in.extents, index, [&] {
        const row<Real> r = in.read(index);
        const Real factor = factor_of_row<Kind>(in, r, index);
        each_index<rank, rank + 1>(in.extents, index, [&] {
            const extent at = way.at(index);
            const bool allowed = in.allowed(index);
            out.absent.data()[at] = !allowed;
            out.values.data()[at] =
                allowed ? static_cast<Real>(kind_value<Real>(weight_of<Kind>(), in.score(index), r.largest)) *
                              factor
                        : 0;
        });
    });
}

// Of a row function, its formula.
template <class Real, class Scope, class E>
void reference_row_function(const E& e, const extent* scope, dense<E, Real>& out) {
    using X = child_t<0, E>;
    const dense<X, Real> x = reference_child<0, Real, Scope>(e, scope);
    const auto operand = as_node(x.values);
    const row_function<typename E::normaliser_t, at<typename E::over_t, 0>,
                       std::remove_cv_t<decltype(operand)>, child_t<2, E>>
        row(operand, child<2>(e));
    const auto formula = formula_of(row);
    const auto all = reference_node<Real, shape_of<X>>(formula, x.values.extents().data());
    auto* to = out.values.data();
    for (auto value : all.values) *to++ = value;
}

// The index of the first NaN of a row, or else of the first of the largest; -1 where nothing is allowed.
template <class Real, class Reader> extent find_largest(const Reader& in, extent* index) {
    extent place = -1;
    Real largest = 0;
    each_index<Reader::rank, Reader::rank + 1>(in.extents, index, [&] {
        if (!in.allowed(index)) return;
        const Real s = in.score(index);
        if (place < 0 || s > largest || (s != s && largest == largest))
            place = index[Reader::rank], largest = s;
    });
    return place;
}
template <class Op, class Real> Real reduced(const row<Real>& r) {
    if constexpr (std::is_same_v<Op, sum_of>)
        return r.sum;
    else if constexpr (std::is_same_v<Op, mean_of>)
        return r.sum / static_cast<Real>(r.count);
    else if constexpr (std::is_same_v<Op, max_of>)
        return r.largest;
    else if constexpr (std::is_same_v<Op, min_of>)
        return r.smallest;
    else {
        static_assert(std::is_same_v<Op, logsumexp_of>);
        return r.largest == -r.infinity ? r.largest : r.largest + scalar::apply(op::log{}, r.sum_of_exp);
    }
}
template <class Real, class Scope, class E>
void reference_reduction(const E& e, const extent* scope, dense<E, Real>& out) {
    const row_reader<E, Real, Scope, std::is_same_v<typename E::operation, logsumexp_of>> in(e, scope);
    extent index[in.rank + 2] = {};
    auto* to = out.values.data();
    each_index<0, in.rank>(in.extents, index, [&] {
        if constexpr (std::is_same_v<typename E::operation, argmax_of>)
            *to++ = find_largest<Real>(in, index);
        else
            *to++ = reduced<typename E::operation>(in.read(index));
    });
}

} // namespace heed::dsl
