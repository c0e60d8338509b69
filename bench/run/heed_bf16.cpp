// SPDX-License-Identifier: BSL-1.0
// Keys and values stored as bf16.
#include "heed_stored.hpp"

namespace bench {

call heed_bf16(const attention& what, const operands& at, const setting& how) {
    return stored_as<heed::bf16>(what, at, how);
}

} // namespace bench
