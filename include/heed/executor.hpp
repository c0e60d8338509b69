// SPDX-License-Identifier: BSL-1.0
// Where a formula runs: on(executor). `serial` is the default; heed/openmp.hpp and heed/tbb.hpp have others.
#pragma once

#include <heed/dsl/loop/options.hpp>
