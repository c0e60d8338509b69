// SPDX-License-Identifier: BSL-1.0
// Weights other than softmax, with masks, temperature(t) and sink(s) as softmax has them: weights(x), which are x
// themselves, normalise(x), which are x divided by their sum, and normalise<Kind>(x) for a Kind of the user's own.
//   weights(square(relu(scores)), causal) * v                  squared relu
//   weights(sigmoid(scores - std::log(n)), causal) * v         sigmoid (Ramapuram et al. 2024)
//   normalise(phi(q) * transpose(phi(k))) * v                  a kernel phi (Katharopoulos et al. 2020)
//
// A Kind is a struct of static functions. They are called with symbolic numbers and give expressions of them:
//   weight(score), or weight(score, top) where top is the largest score of the row, so that a weight can stay finite
//   mass(score), mass(score, top)      what is summed into the total; the weight where it is not said
//   fade(before, after)                with top: weight(s, after) / weight(s, before), for what is summed already when
//                                      the top grows; before is a score, never -inf
//   finish(total), finish(total, top)  the factor of all weights; 1 where it is not said
// A row without keys has weights 0, and so has one whose total is 0, whatever finish says. With top, a score of -inf is
// masked, as it is for softmax; without, only masks are. Softpick (Zuhri et al. 2025):
//   struct softpick {
//       static constexpr auto raw(auto score, auto shift) { return exp(score - shift) - exp(-shift); }
//       static constexpr auto weight(auto score, auto top) { return relu(raw(score, max(top, 0))); }
//       static constexpr auto mass(auto score, auto top) { return abs(raw(score, max(top, 0))); }
//       static constexpr auto fade(auto before, auto after) { return exp(max(before, 0) - max(after, 0)); }
//       static constexpr auto finish(auto total) { return 1 / total; }
//   };
//   normalise<softpick>(scores, causal) * v
#pragma once

#include <heed/reduction.hpp>

namespace heed::dsl {

template <class Kind, class X, class Key, class... Arguments> constexpr auto kind_of_weights_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else {
        using kind_of = decltype(kind_verdict<Kind>());
        if constexpr (!is_fine<typename kind_of::type>)
            return kind_of{};
        else if constexpr ((0 + ... + is_sink<Arguments>) > 0 && !has_total<Kind>)
            return verdict<error::sink_without_total<Kind>>{};
        else
            return normaliser_verdict<X, Key, Arguments...>();
    }
}
template <class Kind, class X, class Key, class... Arguments>
using weights_check = typename decltype(kind_of_weights_verdict<Kind, node_t<X>, Key, Arguments...>())::type;

template <class Kind> struct weights_of {
    template <class Key, class X, class C, class S> struct make_weights {
        static constexpr auto make(X x, C c, S s) {
            return normaliser<Kind, Key, X, C, S>(static_cast<X&&>(x), static_cast<C&&>(c),
                                                  static_cast<S&&>(s));
        }
    };
};

// l - sum w x, where w = softmax(x) and l = logsumexp(x). A sink is one more key. -inf has weight 0 and adds nothing.
template <class X> constexpr auto zero_for_infinite(const X& x) {
    return where(copied(x) == -__builtin_inf(), 0.0, copied(x));
}
template <class Key, class X, class C, class S> struct make_entropy {
    static constexpr auto make(const X& x, const C& c, const S& sink) {
        const reduction<logsumexp_of, Key, X, C, S> l(x, c, sink);
        const normaliser<softmax_kind, Key, X, C, S> weight(x, c, sink);
        const auto centre = reduce<sum_of, Key>(hadamard(weight, zero_for_infinite(x)), everything{});
        if constexpr (std::is_same_v<S, nothing>)
            return where(l == -__builtin_inf(), 0.0, l - centre);
        else
            return where(l == -__builtin_inf(), 0.0,
                         l - centre - hadamard(exp(copied(sink) - l), zero_for_infinite(sink)));
    }
};

} // namespace heed::dsl

namespace heed {

// x as weights along the last axis, or the named one: 0 where a mask drops, and the value there is not looked at.
template <dsl::operand X, class... Arguments> constexpr auto weights(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::weights_of<dsl::plain_kind>::template make_weights, void>(
        dsl::weights_check<dsl::plain_kind, X, void, Arguments...>(), static_cast<X&&>(x), arguments...);
}
template <template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto weights(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::weights_of<dsl::plain_kind>::template make_weights, key>(
        dsl::weights_check<dsl::plain_kind, X, key, Arguments...>(), static_cast<X&&>(x), arguments...);
}

// x / sum x along the last axis, or the named one, over the keys that are kept. A sink is added to the sum.
template <dsl::operand X, class... Arguments> constexpr auto normalise(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::weights_of<dsl::by_sum_kind>::template make_weights, void>(
        dsl::weights_check<dsl::by_sum_kind, X, void, Arguments...>(), static_cast<X&&>(x), arguments...);
}
template <template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto normalise(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::weights_of<dsl::by_sum_kind>::template make_weights, key>(
        dsl::weights_check<dsl::by_sum_kind, X, key, Arguments...>(), static_cast<X&&>(x), arguments...);
}

// The weights that Kind makes of the scores x along the last axis, or the named one. A sink has weight and no value: its
// mass is added to the total.
template <class Kind, dsl::operand X, class... Arguments>
constexpr auto normalise(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::weights_of<Kind>::template make_weights, void>(
        dsl::weights_check<Kind, X, void, Arguments...>(), static_cast<X&&>(x), arguments...);
}
template <class Kind, template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto normalise(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::weights_of<Kind>::template make_weights, key>(
        dsl::weights_check<Kind, X, key, Arguments...>(), static_cast<X&&>(x), arguments...);
}

// The entropy of softmax(x, arguments...) along the last axis, or the named one, which is gone from the result, in nats:
// -sum w log(w), from 0 to the logarithm of the number of keys, rounding aside; 0 for a row without a key. A sink is one
// more key.
template <dsl::operand X, class... Arguments> constexpr auto entropy(X&& x, const Arguments&... arguments) {
    return dsl::make_normaliser<dsl::make_entropy, void>(dsl::normaliser_check<X, void, Arguments...>(),
                                                         static_cast<X&&>(x), arguments...);
}
template <template <extent> class A, dsl::operand X, class... Arguments>
constexpr auto entropy(X&& x, const Arguments&... arguments) {
    using key = dsl::name<A>;
    return dsl::make_normaliser<dsl::make_entropy, key>(dsl::normaliser_check<X, key, Arguments...>(),
                                                        static_cast<X&&>(x), arguments...);
}

} // namespace heed
