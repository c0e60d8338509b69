// SPDX-License-Identifier: BSL-1.0
// What a file pays that only includes heed.
#include <heed.hpp>
