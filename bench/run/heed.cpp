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
    if (what.stored == storage::bf16) return heed_bf16(what, at, how);
    if (what.stored == storage::f16) return heed_f16(what, at, how);
    if (what.group > 1) return heed_decode(what, at, how);
    if (what.documents) return heed_documents(what, at, how);
    if (what.boolean) return heed_boolean(what, at, how);
    if (what.bias) return heed_bias(what, at, how);
    if (what.softcap && what.alibi) return heed_softcap_alibi(what, at, how);
    if (what.softcap) return heed_softcap(what, at, how);
    if (what.alibi) return heed_alibi(what, at, how);
    if (what.window > 0) return heed_window(what, at, how);
    if (what.causal) return heed_causal(what, at, how);
    return heed_plain(what, at, how);
}

} // namespace bench
