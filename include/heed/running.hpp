// SPDX-License-Identifier: BSL-1.0
// Running states: linear attention with causal order, gated and delta-rule updates, and every other recurrence.
#pragma once

#include <heed/dsl/expr/running.hpp>

namespace heed {

// The state after each step along an axis: state[t] = step(state[t - 1]) at t, and `initial` before the first one. The
// step is a function: it is given the state as an expression, and returns an expression with the axes of the state and
// the running one. The state has the axes that are named after the running one, or where none is those of `initial`, a
// number or an expression without the running axis. The result has the running axis, then those of the state.
//   running<token>(s, [&](auto state) { return hadamard(decay, state) + hadamard(k, v); })
//       s(feature, value), decay(token), k(token, feature), v(token, value) -> (token, feature, value)
//   running<token, feature, value>(0, [&](auto state) { return state + hadamard(k, v - dot<feature>(k, state)); })
// Under a product that sums over axes of the state, dot<feature>(q, states), the states are not stored. (The linear,
// gated and delta rules: Katharopoulos et al. 2020, section 3.3; Yang et al. 2024, "Gated Linear Attention" and "Gated
// Delta Networks".) Throws shape_error, when evaluated, where no tensor gives an axis of the state an extent.
template <template <extent> class Axis, template <extent> class... State, dsl::operand I, class Step>
constexpr auto running(I&& initial, const Step& step) {
    using name = dsl::name<Axis>;
    using state = dsl::names<dsl::name<State>...>;
    return dsl::make_running<name, state>(dsl::running_check<name, state, I, Step>(),
                                          static_cast<I&&>(initial), step);
}

// The running state x before each step in place of after it: `initial` first.
template <dsl::operand X> constexpr auto before_step(const X& x) {
    return dsl::make_seen_at<dsl::moment::before>(dsl::moment_check<const X&>(), x);
}
// The running state x after the last step, without the running axis; `initial` where there is no step. As one of several
// outputs it shares the loop of a product with x.
template <dsl::operand X> constexpr auto last_state(const X& x) {
    return dsl::make_seen_at<dsl::moment::last>(dsl::moment_check<const X&>(), x);
}

} // namespace heed
