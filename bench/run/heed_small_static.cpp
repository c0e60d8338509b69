// SPDX-License-Identifier: BSL-1.0
// Small attentions whose extents are numbers.
#include "heed_small.hpp"

#include <stdexcept>

namespace bench {

call heed_small_static(const small& what, small_operands& at, const setting& how) {
    switch (what.size) {
    case 8:
        return repeated<8>(what, at, how);
    case 16:
        return repeated<16>(what, at, how);
    case 32:
        return repeated<32>(what, at, how);
    case 64:
        return repeated<64>(what, at, how);
    default:
        throw std::logic_error("no small attention of that size");
    }
}

} // namespace bench
