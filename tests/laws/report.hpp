// SPDX-License-Identifier: BSL-1.0
// What running one kind of formula says.
#pragma once

#include <string>
#include <vector>

namespace laws {

struct report {
    long compared = 0; // elements
    double worst = 0;  // the largest share of the bound that a fused result used
    std::vector<std::string> failures;
};

} // namespace laws
