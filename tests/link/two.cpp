// SPDX-License-Identifier: BSL-1.0
#include "both.hpp"

heed_tests::result heed_tests::attend_in_the_other_unit(heed::extent n) { return attend(n); }
