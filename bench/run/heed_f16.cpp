// SPDX-License-Identifier: BSL-1.0
// Keys and values stored as f16.
#include "heed_stored.hpp"

namespace bench {

call heed_f16(const attention& what, const operands& at, const setting& how) {
    return stored_as<heed::f16>(what, at, how);
}

} // namespace bench
