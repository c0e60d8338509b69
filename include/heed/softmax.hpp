// SPDX-License-Identifier: BSL-1.0
// softmax and logsumexp, over the last axis or a named one, with masks, temperature(t) and sink(s) in any order.
#pragma once

#include <heed/dsl/expr/kinds.hpp>
#include <heed/mask.hpp>
#include <heed/product.hpp>

namespace heed::dsl {

template <class T> struct temperature_of {
    T value;
};
template <class S> struct sink_of {
    S score;
};

template <class T> inline constexpr bool is_temperature = false;
template <class T> inline constexpr bool is_temperature<temperature_of<T>> = true;
template <class T> inline constexpr bool is_sink = false;
template <class S> inline constexpr bool is_sink<sink_of<S>> = true;

// The last axis of the scores that is not normalised stands for the query, void where there is none.
template <class List, int N> struct name_before {
    using type = name_of<at<List, N - 1>>;
};
template <class List> struct name_before<List, 0> {
    using type = void;
};
template <class Scores, class Key> using others_of = without<typename form_of<Scores>::ordered_t, names<Key>>;
template <class Scores, class Key>
using query_of = typename name_before<others_of<Scores, Key>, others_of<Scores, Key>::rank>::type;

// An argument's expression X, whose axes are to be among those of `Within`; Sentence is said where one is not.
template <template <class, class> class Sentence, class X, class Within, class Scores>
constexpr auto within_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (!is_within<shape_of<X>, Within>)
        return verdict<Sentence<first_outside<shape_of<X>, Within>, Within>>{};
    else
        return extents_verdict<shape_of<X>, Scores>();
}
template <class Mask, class Scores, class Key> constexpr auto mask_verdict() {
    using query = query_of<Scores, Key>;
    using first = decltype(Mask::template check<shape_of<Scores>, Key, query>());
    if constexpr (!is_fine<typename first::type>)
        return first{};
    else {
        using condition = decltype(std::declval<const Mask&>().template condition<Key, query>());
        return first_mistake(
            condition_verdict<condition>(),
            within_verdict<error::mask_axis_missing, condition, shape_of<Scores>, shape_of<Scores>>());
    }
}
template <class Argument, class Scores, class Key> constexpr auto argument_verdict() {
    using S = shape_of<Scores>;
    if constexpr (std::is_base_of_v<mask_argument, Argument>)
        return mask_verdict<Argument, Scores, Key>();
    else if constexpr (is_temperature<Argument>)
        return within_verdict<error::row_axis_missing, decltype(Argument::value), S, S>();
    else if constexpr (is_sink<Argument>)
        return within_verdict<error::row_axis_missing, decltype(Argument::score), without<S, names<Key>>,
                              S>();
    else if constexpr (any_reported<Argument>)
        return verdict<error::earlier>{};
    else if constexpr (node<Argument>) {
        if constexpr (Argument::element == kind::boolean)
            return verdict<error::verb_missing<Argument>>{};
        else
            return verdict<error::not_a_mask<Argument>>{};
    } else
        return verdict<error::not_a_mask<Argument>>{};
}
// Key is the name of an axis, or void for the last one.
template <class Shape, class Key> struct normalised {
    using type = Key;
};
template <class Shape> struct normalised<Shape, void> {
    using type = name_of<last_axis<Shape>>;
};
template <class Scores, class Key, class... Arguments> constexpr auto normaliser_verdict() {
    using S = shape_of<Scores>;
    if constexpr (any_reported<Scores>)
        return verdict<error::earlier>{};
    else if constexpr (S::rank == 0)
        return verdict<error::softmax_of_scalar<S>>{};
    else {
        using key = typename normalised<S, Key>::type;
        if constexpr (!has<key, S>)
            return verdict<error::normalised_axis_missing<axis_named<key>, S>>{};
        else if constexpr ((0 + ... + is_sink<Arguments>) > 1)
            return verdict<error::second_sink<S>>{};
        else
            return first_mistake(argument_verdict<Arguments, Scores, key>()...);
    }
}
template <class X, class Key, class... Arguments>
using normaliser_check = typename decltype(normaliser_verdict<node_t<X>, Key, Arguments...>())::type;

// Takes the arguments of a normaliser one by one; then Make gets scores, condition and sink.
template <template <class, class, class, class> class Make, class Key> struct normalise {
    template <class X, class C, class S> static constexpr auto with(X x, C condition, S sink) {
        return Make<Key, X, C, S>::make(static_cast<X&&>(x), static_cast<C&&>(condition),
                                        static_cast<S&&>(sink));
    }
    template <class X, class C, class S, class First, class... Rest>
    static constexpr auto with(X x, C condition, S sink, const First& first, const Rest&... rest) {
        if constexpr (is_temperature<First>) {
            using scaled = map<op::divide, X, decltype(First::value)>;
            return with(scaled(static_cast<X&&>(x), first.value), static_cast<C&&>(condition),
                        static_cast<S&&>(sink), rest...);
        } else if constexpr (is_sink<First>) {
            return with(static_cast<X&&>(x), static_cast<C&&>(condition), first.score, rest...);
        } else {
            auto further = first.template condition<Key, query_of<X, Key>>();
            using further_t = decltype(further);
            if constexpr (std::is_same_v<C, everything>)
                return with(static_cast<X&&>(x), static_cast<further_t&&>(further), static_cast<S&&>(sink),
                            rest...);
            else {
                using both = map<op::both, C, further_t>;
                return with(static_cast<X&&>(x),
                            both(static_cast<C&&>(condition), static_cast<further_t&&>(further)),
                            static_cast<S&&>(sink), rest...);
            }
        }
    }
};

template <class Key, class X, class C, class S> struct make_softmax {
    static constexpr auto make(X x, C c, S s) {
        return normaliser<softmax_kind, Key, X, C, S>(static_cast<X&&>(x), static_cast<C&&>(c),
                                                      static_cast<S&&>(s));
    }
};
template <class Op> struct reduction_with {
    template <class Key, class X, class C, class S> struct of {
        static constexpr auto make(X x, C c, S s) {
            return reduction<Op, Key, X, C, S>(static_cast<X&&>(x), static_cast<C&&>(c), static_cast<S&&>(s));
        }
    };
};

template <template <class, class, class, class> class Make, class Key, class Check, class X,
          class... Arguments>
constexpr auto make_normaliser(Check, X&& x, const Arguments&... arguments) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        using key = typename normalised<shape_of<node_t<X>>, Key>::type;
        return normalise<Make, key>::with(as_node(static_cast<X&&>(x)), everything{}, nothing{},
                                          arguments...);
    }
}

} // namespace heed::dsl

namespace heed {

// Scores divided by t, a number or an expression of axes of the scores, before they are normalised.
template <dsl::operand T> constexpr auto temperature(T&& t) {
    return dsl::temperature_of<dsl::node_t<T>>{dsl::as_node(static_cast<T&&>(t))};
}
// One more score per row that takes weight and has no value: a number, or an expression such as s(head).
template <dsl::operand S> constexpr auto sink(S&& s) {
    return dsl::sink_of<dsl::node_t<S>>{dsl::as_node(static_cast<S&&>(s))};
}

// exp(x) / sum exp(x) along the last axis, or the named one. A row without an allowed key gives weights 0.
template <dsl::operand X, class... Arguments> constexpr auto softmax(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::make_softmax, void>(dsl::normaliser_check<X, void, Arguments...>(),
                                                         static_cast<X&&>(x), arguments...);
}
template <template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto softmax(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::make_softmax, key>(dsl::normaliser_check<X, key, Arguments...>(),
                                                        static_cast<X&&>(x), arguments...);
}

// log(sum exp(x)) along the last axis, or the named one, which is gone from the result; -inf for a row without a key.
template <dsl::operand X, class... Arguments> constexpr auto logsumexp(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::reduction_with<dsl::logsumexp_of>::template of, void>(
        dsl::normaliser_check<X, void, Arguments...>(), static_cast<X&&>(x), arguments...);
}
template <template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto logsumexp(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::logsumexp_of>::template of, key>(
        dsl::normaliser_check<X, key, Arguments...>(), static_cast<X&&>(x), arguments...);
}

// Several results of one formula; evaluate gives a std::tuple. Results that share scores, masks and rows share a loop.
template <dsl::operand... E> constexpr auto outputs(E&&... e) {
    if constexpr (dsl::any_reported<E...>)
        return dsl::reported{};
    else
        return dsl::several<dsl::node_t<E>...>(dsl::as_node(static_cast<E&&>(e))...);
}

} // namespace heed
