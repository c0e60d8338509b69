// SPDX-License-Identifier: BSL-1.0
#include "both.hpp"

#include <algorithm>
#include <cstdio>

int main() {
    const auto here = heed_tests::attend(37);
    const auto there = heed_tests::attend_in_the_other_unit(37);
    const bool same =
        here.size() == 37 * 8 && std::equal(here.begin(), here.end(), there.begin(), there.end());
    std::puts(same ? "both units agree" : "the units differ");
    return same ? 0 : 1;
}
