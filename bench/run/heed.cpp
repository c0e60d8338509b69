// SPDX-License-Identifier: BSL-1.0
// heed as a contestant: the formula that belongs to an attention.
#include "heed_call.hpp"

namespace bench {

std::vector<std::string_view> instruction_sets() {
    std::vector<std::string_view> names;
    for (const heed::instruction_set each : heed::available_instruction_sets())
        names.emplace_back(heed::to_string(each));
    return names;
}

call prepare_heed(const attention& what, const operands& at, const setting& how) {
    if (what.group > 1) return heed_decode(what, at, how);
    if (what.softcap && what.alibi) return heed_softcap_alibi(what, at, how);
    if (what.window > 0) return heed_window(what, at, how);
    if (what.causal) return heed_causal(what, at, how);
    return heed_plain(what, at, how);
}

} // namespace bench
