// SPDX-License-Identifier: BSL-1.0
// Every sentence that the compiler says about a formula. A sentence is a type, whose arguments are the axes as the user
// wrote them; making an object of it is the error. So what is wrong with a call can be asked for without saying it, and
// the function that the user called says it, two steps from the user's line. The condition is a variable, so that no
// library trace follows.
#pragma once

namespace heed::error {

// What is wrong with a call without a mistake, and with one whose operand is a mistake that has been said.
struct none {};
struct earlier {};

template <class...> inline constexpr bool agree = false;
template <class...> inline constexpr bool found = false;
template <class...> inline constexpr bool allowed = false;

template <class First, class Second> struct axis_twice {
    constexpr axis_twice() {
        static_assert(agree<First, Second>, "tensor<T, axes...>: requires axes of different names");
    }
};
template <class Axis> struct negative_extent {
    constexpr negative_extent() {
        static_assert(allowed<Axis>, "axis<N>: requires an extent of 0 or more, or dynamic");
    }
};
template <class Shape, class... Given> struct extents_miscounted {
    constexpr extents_miscounted() {
        static_assert(agree<Shape, Given...>,
                      "tensor(extents...): requires an extent for each axis that leaves it open, in order");
    }
};
template <class Shape, class... Given> struct indices_miscounted {
    constexpr indices_miscounted() {
        static_assert(agree<Shape, Given...>,
                      "tensor(indices...): requires an index for each axis, in order");
    }
};
template <class Axis, class Shape> struct asked_axis_missing {
    constexpr asked_axis_missing() {
        static_assert(found<Axis, Shape>, "x.extent_of<axis>(): requires an axis of x");
    }
};
template <class LastOfA, class FirstOfB> struct transpose_missing {
    constexpr transpose_missing() {
        static_assert(agree<LastOfA, FirstOfB>,
                      "A * B: requires the last axis of A to be the first matrix axis of B; "
                      "did you mean A * transpose(B)?");
    }
};
template <class LastOfA, class FirstOfB> struct inner_axes_differ {
    constexpr inner_axes_differ() {
        static_assert(agree<LastOfA, FirstOfB>,
                      "A * B: requires the last axis of A to be the first matrix axis of B; "
                      "did you mean relabel<from, to>(B), dot<axis>(A, B), or hadamard(A, B)?");
    }
};
template <class AxisOfA, class AxisOfB> struct extents_differ {
    constexpr extents_differ() {
        static_assert(agree<AxisOfA, AxisOfB>,
                      "A + B, A * B, ...: requires one extent of an axis that both operands "
                      "have; did you mean two axes, relabel<from, to>(x)?");
    }
};
template <class AxisOfA, class AxisOfB = AxisOfA> struct repeated_axis {
    constexpr repeated_axis() {
        static_assert(allowed<AxisOfA, AxisOfB>,
                      "A * B: requires a result with axes of different names; did you mean "
                      "relabel<from, to>(x) on one side?");
    }
};
template <class Axis, class ShapeOfA, class ShapeOfB> struct dot_axis_missing {
    constexpr dot_axis_missing() {
        static_assert(found<Axis, ShapeOfA, ShapeOfB>,
                      "dot<axis>(A, B): requires the axis in both A and B; did you "
                      "mean relabel<from, to>(x) on one side?");
    }
};
template <class Axis, class Shape> struct normalised_axis_missing {
    constexpr normalised_axis_missing() {
        static_assert(found<Axis, Shape>,
                      "softmax<axis>(x), logsumexp, weights, normalise, entropy: requires an axis of x");
    }
};
template <class Axis, class Shape> struct reduced_axis_missing {
    constexpr reduced_axis_missing() {
        static_assert(
            found<Axis, Shape>,
            "sum<axis>(x), mean, max, min, argmax, variance, layer_norm, rms_norm: requires an axis of x");
    }
};
template <class Shape> struct softmax_of_scalar {
    constexpr softmax_of_scalar() {
        static_assert(allowed<Shape>,
                      "softmax(x), logsumexp, weights, normalise, entropy: requires an x with an axis");
    }
};
template <class Axis, class Scores> struct mask_axis_missing {
    constexpr mask_axis_missing() {
        static_assert(found<Axis, Scores>,
                      "softmax(scores, mask): requires every axis of the mask in the scores; did "
                      "you mean relabel<from, to>(mask)?");
    }
};
template <class Axis, class Scores> struct row_axis_missing {
    constexpr row_axis_missing() {
        static_assert(found<Axis, Scores>,
                      "softmax(scores, temperature(t), sink(s)): requires every axis of t and s "
                      "in the scores, and s without the normalised one");
    }
};
template <class Argument> struct not_a_mask {
    constexpr not_a_mask() {
        static_assert(allowed<Argument>,
                      "softmax(scores, ...): requires further arguments to be keep(condition), "
                      "drop(condition), a named mask, temperature(t) or sink(s)");
    }
};
template <class Condition> struct verb_missing {
    constexpr verb_missing() {
        static_assert(allowed<Condition>,
                      "softmax(scores, condition): requires to be told what the condition is for; "
                      "did you mean keep(condition) or drop(condition)?");
    }
};
template <class Sink> struct second_sink {
    constexpr second_sink() {
        static_assert(allowed<Sink>, "softmax(scores, sink(s)): requires one sink at most");
    }
};
template <class Operand> struct not_a_condition {
    constexpr not_a_condition() {
        static_assert(allowed<Operand>,
                      "keep, drop, where, &&, ||, !: requires a condition, such as a comparison or a "
                      "tensor of bool; did you mean x != 0?");
    }
};
template <class Scores> struct no_query_axis {
    constexpr no_query_axis() {
        static_assert(found<Scores>,
                      "causal, window, prefix, same: requires a query axis, the last axis of the scores "
                      "that is not normalised");
    }
};
template <class Query, class Key> struct corner_missing {
    constexpr corner_missing() {
        static_assert(agree<Query, Key>,
                      "causal, window, prefix: requires query and key of one extent; did you mean "
                      "causal.top_left or causal.bottom_right?");
    }
};
template <class Segment> struct segment_of_scalar {
    constexpr segment_of_scalar() {
        static_assert(allowed<Segment>,
                      "same(segment): requires a segment with an axis, the query or the key");
    }
};
template <class AxesOfOutput, class AxesOfExpression> struct output_axes_differ {
    constexpr output_axes_differ() {
        static_assert(agree<AxesOfOutput, AxesOfExpression>,
                      "evaluate_into(output, expression): requires the axes of the expression in the output");
    }
};
template <class Output, class Expression> struct output_element_differs {
    constexpr output_element_differs() {
        static_assert(
            agree<Output, Expression>,
            "evaluate_into(output, expression): requires the element type of the expression in the output");
    }
};
template <class Output> struct not_an_output {
    constexpr not_an_output() {
        static_assert(allowed<Output>,
                      "evaluate_into(output, expression): requires an output that is a tensor or a view "
                      "and not const");
    }
};
template <class Outputs, class... AxesOfExpression> struct outputs_miscounted {
    constexpr outputs_miscounted() {
        static_assert(agree<Outputs, AxesOfExpression...>,
                      "evaluate_into(std::tie(...), outputs(...)): requires an "
                      "output for each of the outputs");
    }
};
template <class Shape> struct too_few_axes {
    constexpr too_few_axes() { static_assert(allowed<Shape>, "transpose(x): requires at least two axes"); }
};
template <class From, class Shape> struct relabel_from_missing {
    constexpr relabel_from_missing() {
        static_assert(found<From, Shape>, "relabel<from, to>(x): requires x to have the axis from");
    }
};
template <class To, class Shape> struct relabel_to_taken {
    constexpr relabel_to_taken() {
        static_assert(allowed<To, Shape>, "relabel<from, to>(x): requires x not to have the axis to already");
    }
};
template <class Axis, class Shape> struct viewed_axis_missing {
    constexpr viewed_axis_missing() {
        static_assert(found<Axis, Shape>,
                      "select<axis>(x, i), slice<axis>(x, begin, end): requires an axis of x");
    }
};
template <class Axis, class Shape> struct gathered_axis_missing {
    constexpr gathered_axis_missing() {
        static_assert(found<Axis, Shape>, "gather<axis>(table, index): requires an axis of the table");
    }
};
template <class Index> struct index_not_integer {
    constexpr index_not_integer() {
        static_assert(allowed<Index>,
                      "gather<axis>(table, index): requires an index of integers, such as position<axis>");
    }
};
template <class Axis, class Shape> struct cache_axis_missing {
    constexpr cache_axis_missing() {
        static_assert(found<Axis, Shape>,
                      "cache<axis>(x, ...), paged_cache<axis>(blocks, x, ...): requires the axis in every x");
    }
};
template <class X> struct cache_of_no_tensor {
    constexpr cache_of_no_tensor() {
        static_assert(
            allowed<X>,
            "cache<axis>(x, ...), paged_cache<axis>(blocks, x, ...): requires every x to be a tensor");
    }
};
template <class AxesOfX, class AxesOfCache> struct appended_axes_differ {
    constexpr appended_axes_differ() {
        static_assert(
            agree<AxesOfX, AxesOfCache>,
            "append(x, ...): requires in each x the axes of the cache's tensor in its place; did you mean "
            "relabel<from, to>(x)?");
    }
};
template <class Appended, class Tensors> struct appended_miscounted {
    constexpr appended_miscounted() {
        static_assert(agree<Appended, Tensors>, "append(x, ...): requires an x for each tensor of the cache");
    }
};
template <class... Coordinates> struct coordinates_miscounted {
    constexpr coordinates_miscounted() {
        static_assert(allowed<Coordinates...>, "uniform(seed, i, ...): requires one to four coordinates");
    }
};
template <class Coordinate> struct coordinate_not_integer {
    constexpr coordinate_not_integer() {
        static_assert(allowed<Coordinate>,
                      "uniform(seed, i, ...): requires coordinates of integers, such as position<axis>");
    }
};
template <class Axis> struct position_without_array {
    constexpr position_without_array() {
        static_assert(found<Axis>, "position<axis>: requires a tensor of the formula to have the axis");
    }
};
template <class Symbol> struct symbol_not_given {
    constexpr symbol_not_given() {
        static_assert(
            found<Symbol>,
            "kernel{e}(output, symbol = tensor, ...): requires a tensor for every symbol of the formula, and "
            "evaluate(e) a formula without symbols");
    }
};
template <class AxesOfTensor, class AxesOfSymbol> struct symbol_axes_differ {
    constexpr symbol_axes_differ() {
        static_assert(agree<AxesOfTensor, AxesOfSymbol>,
                      "symbol = tensor: requires the axes of the symbol in the tensor, in its order");
    }
};
template <class ElementOfTensor, class ElementOfSymbol> struct symbol_element_differs {
    constexpr symbol_element_differs() {
        static_assert(agree<ElementOfTensor, ElementOfSymbol>,
                      "symbol = tensor: requires the element type of the symbol in the tensor");
    }
};
template <class Formula> struct not_an_array {
    constexpr not_an_array() {
        static_assert(allowed<Formula>, "symbol = tensor: requires a tensor or a view, not a formula");
    }
};
template <class Argument> struct not_an_option {
    constexpr not_an_option() {
        static_assert(allowed<Argument>, "evaluate(e, ...): requires further arguments to be on(executor), "
                                         "workspace(bytes), instructions(set) or reference");
    }
};

template <class Axis, class Shape> struct rotated_axis_missing {
    constexpr rotated_axis_missing() {
        static_assert(found<Axis, Shape>, "rotary<axis>(x, position): requires an axis of x");
    }
};
template <class Axis> struct rotated_axis_odd {
    constexpr rotated_axis_odd() {
        static_assert(allowed<Axis>, "rotary<axis>(x, position): requires an axis with an even extent");
    }
};

} // namespace heed::error
