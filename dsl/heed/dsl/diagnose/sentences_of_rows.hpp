// SPDX-License-Identifier: BSL-1.0
// The sentences about kinds of normalisers, reductions with masks, and parts that are merged; see sentences.hpp.
#pragma once

#include <heed/dsl/diagnose/sentences.hpp>

namespace heed::error {

template <class Kind> struct sink_without_total {
    constexpr sink_without_total() {
        static_assert(allowed<Kind>,
                      "weights(x, sink(s)), normalise<Kind>(x, sink(s)): requires a Kind whose finish "
                      "takes the total, to which a sink is added");
    }
};
template <class Kind> struct not_a_normaliser {
    constexpr not_a_normaliser() {
        static_assert(allowed<Kind>, "normalise<Kind>(x): requires static functions Kind::weight(score) or "
                                     "Kind::weight(score, top) that give a number");
    }
};
template <class Kind> struct fade_missing {
    constexpr fade_missing() {
        static_assert(allowed<Kind>,
                      "normalise<Kind>(x): requires Kind::fade(before, after) of a Kind that uses top, "
                      "by what earlier weights are multiplied when top grows");
    }
};
template <class Argument> struct only_masks {
    constexpr only_masks() {
        static_assert(allowed<Argument>,
                      "sum<axis>(x, ...), mean, max, min, argmax, variance: requires further "
                      "arguments to be masks");
    }
};
template <class Axis, class Output> struct merged_axis_missing {
    constexpr merged_axis_missing() {
        static_assert(found<Axis, Output>,
                      "merge(partial{o, l}, ...): requires every axis of the logsumexp l in the output o");
    }
};
template <class First, class Other> struct merged_axes_differ {
    constexpr merged_axes_differ() {
        static_assert(agree<First, Other>,
                      "merge(partial{o, l}, ...): requires the same axes of o, and of l, in every part");
    }
};
template <class Part, class Shape> struct merged_part_missing {
    constexpr merged_part_missing() {
        static_assert(found<Part, Shape>, "merge<part>(partial{o, l}): requires the axis in both o and l");
    }
};

} // namespace heed::error
