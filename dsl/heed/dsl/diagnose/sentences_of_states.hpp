// SPDX-License-Identifier: BSL-1.0
// The sentences about running states; see sentences.hpp.
#pragma once

#include <heed/dsl/diagnose/sentences.hpp>

namespace heed::error {

template <class Axis, class AxesOfState> struct state_axis_twice {
    constexpr state_axis_twice() {
        static_assert(allowed<Axis, AxesOfState>,
                      "running<axis, axes of the state...>(initial, step): requires axes of different names, "
                      "and a state without the running one");
    }
};
template <class AxesOfInitial, class AxesOfState> struct initial_axes_outside {
    constexpr initial_axes_outside() {
        static_assert(found<AxesOfInitial, AxesOfState>,
                      "running<axis, axes of the state...>(initial, step): requires every axis of initial "
                      "among the axes of the state");
    }
};
template <class AxesOfStep, class AxesOfState> struct step_axes_differ {
    constexpr step_axes_differ() {
        static_assert(agree<AxesOfStep, AxesOfState>,
                      "running<axis>(initial, step): requires step to return the axes of the state and the "
                      "running one; did you mean running<axis, axes of the state...>(0, step)?");
    }
};
template <class Expression> struct not_running {
    constexpr not_running() {
        static_assert(allowed<Expression>, "before_step(x), last_state(x): requires an x that "
                                           "running<axis>(initial, step) gave");
    }
};
template <class AxesOfState> struct state_outside {
    constexpr state_outside() {
        static_assert(allowed<AxesOfState>,
                      "running<axis>(initial, step): requires the state that step is given "
                      "to stay inside what step returns");
    }
};

} // namespace heed::error
