// SPDX-License-Identifier: BSL-1.0
// What one benchmark computes: sizes, score terms and mask of one attention. The same description drives heed, the
// peers, the check of one against another, and the count of flops.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace bench {

using extent = std::ptrdiff_t;

/// The score a softcap tends to.
inline constexpr float softcap_limit = 30.F;

struct attention {
    std::string_view name;
    std::string_view
        plain; ///< the same shape without mask and score terms, timed beside this one; may be empty
    extent batch = 1;
    extent heads = 8; ///< heads of the keys
    extent group = 1; ///< queries' heads for each of them
    extent queries = 2048;
    extent keys = 2048;
    extent features = 64;
    bool causal = false;
    extent window = 0; ///< keys a query sees, its own position the last of them; 0: no window
    bool softcap = false;
    bool alibi = false;

    // Goals on one AVX-512 core; 0 where there is none.
    double least_share = 0;   ///< of the multiply-add peak
    double most_of_plain = 0; ///< of the time of `plain`

    /// Rows of one matrix product: the queries of a group share their keys.
    constexpr extent rows() const { return group * queries; }
    /// Independent pieces: one for each head of the keys.
    constexpr extent pieces() const { return batch * heads; }
    constexpr bool masked() const { return causal || window != 0; }
    constexpr bool scored() const { return softcap || alibi; }

    /// The keys [first_key(row), end_key(row)) that a row of scores may see.
    constexpr extent first_key(extent row) const {
        return window == 0 ? 0 : std::max<extent>(0, row - window + 1);
    }
    constexpr extent end_key(extent row) const { return masked() ? row + 1 : keys; }

    /// A multiply and an add for each feature in either product, for the scores that are needed and no others.
    constexpr double flops() const {
        double scores = static_cast<double>(rows()) * static_cast<double>(keys);
        if (masked()) {
            scores = 0;
            for (extent row = 0; row < rows(); ++row)
                scores += static_cast<double>(end_key(row) - first_key(row));
        }
        return 4 * static_cast<double>(pieces()) * scores * static_cast<double>(features);
    }
};

/// ALiBi's slope for a head: 2^-1, 2^-2, ... (Press et al. 2022, section 3).
constexpr float alibi_slope(extent head) {
    float slope = 1;
    for (extent i = 0; i <= head; ++i) slope /= 2;
    return slope;
}

inline constexpr std::array attentions = {
    attention{.name = "q512_d64", .plain = "", .queries = 512, .keys = 512},
    attention{.name = "q2048_d64", .plain = "", .least_share = 0.65},
    attention{.name = "q2048_d64_causal", .plain = "q2048_d64", .causal = true, .most_of_plain = 0.58},
    attention{.name = "q2048_d64_window256", .plain = "q2048_d64", .window = 256, .most_of_plain = 0.2},
    attention{.name = "q2048_d64_softcap_alibi",
              .plain = "q2048_d64",
              .softcap = true,
              .alibi = true,
              .most_of_plain = 1.15},
    attention{.name = "q2048_d128", .plain = "", .features = 128, .least_share = 0.65},
    attention{.name = "q2048_d128_causal", .plain = "q2048_d128", .features = 128, .causal = true},
    attention{.name = "decode_h32_8_k4096_d128",
              .plain = "",
              .group = 4,
              .queries = 1,
              .keys = 4096,
              .features = 128},
    attention{.name = "b8_h12_q128_d64", .plain = "", .batch = 8, .heads = 12, .queries = 128, .keys = 128},
};

constexpr const attention* find_attention(std::string_view name) {
    for (const attention& each : attentions)
        if (each.name == name) return &each;
    return nullptr;
}

static_assert(std::ranges::all_of(attentions, [](const attention& each) {
    return each.plain.empty() || find_attention(each.plain) != nullptr;
}));
// Masks count rows as queries.
static_assert(std::ranges::none_of(attentions,
                                   [](const attention& a) { return a.masked() && a.group != 1; }));

} // namespace bench
