// SPDX-License-Identifier: BSL-1.0
// What a formula becomes, to assert on: `static_assert(plan_of<decltype(attention)>::loops == 1)`.
#pragma once

#include <heed/dsl/fuse/plan.hpp>
