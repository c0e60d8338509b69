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

/// What keys and values are stored as; everything is computed in float.
enum class storage { f32, bf16, f16 };

/// Lengths of the documents in a row, where there are any; together 2048.
inline constexpr std::array<extent, 6> document_lengths{100, 331, 700, 223, 512, 182};

struct attention {
    std::string_view name;
    /// The same shape in float without mask and score terms, timed beside this one; may be empty.
    std::string_view plain = "";
    extent batch = 1;
    extent heads = 8; ///< heads of the keys
    extent group = 1; ///< queries' heads for each of them
    extent queries = 2048;
    extent keys = 2048;
    extent features = 64;
    storage stored = storage::f32;
    bool causal = false;
    extent window = 0;      ///< keys a query sees, its own position the last of them; 0: no window
    bool documents = false; ///< a query sees the keys of its own document
    bool boolean = false;   ///< a tensor (query, key) says which keys a query sees
    bool softcap = false;
    bool alibi = false;
    bool bias = false;  ///< a tensor (head, query, key) is added to the scores
    bool peers = false; ///< peers are timed as well; else they only check heed's output

    // Goals on cores with AVX-512; 0 where there is none.
    double least_share = 0;      ///< of the multiply-add peak, one thread
    double least_share_avx2 = 0; ///< the same with AVX2 alone, of its peak
    double most_of_plain =
        0; ///< of the time of `plain`, and of reading the tensor of a term or mask, one thread
    double least_of_bound =
        0; ///< of the speed of reading keys and values once, or of the peak where that is lower
    double least_of_one_thread = 0; ///< speed of two threads

    /// Rows of one matrix product: the queries of a group share their keys.
    constexpr extent rows() const { return group * queries; }
    /// Independent pieces: one for each head of the keys.
    constexpr extent pieces() const { return batch * heads; }
    /// Where whole ranges of keys are not seen. A boolean tensor is not known to have such.
    constexpr bool masked() const { return causal || window != 0 || documents; }
    constexpr bool scored() const { return softcap || alibi || bias; }

    /// Goal for the speed over the fastest peer's, one thread: 2 where keys are not seen or each query is one row of its
    /// own, else 1.3.
    constexpr double least_over_peers() const {
        if (!peers) return 0;
        return masked() || queries == 1 ? 2 : 1.3;
    }

    /// The keys [first_key(row), end_key(row)) that a row of scores may see.
    constexpr extent first_key(extent row) const {
        const extent first = window == 0 ? 0 : std::max<extent>(0, row - window + 1);
        return documents ? std::max(first, document_of(row)[0]) : first;
    }
    constexpr extent end_key(extent row) const {
        const extent end = causal || window != 0 ? row + 1 : keys;
        return documents ? std::min(end, document_of(row)[1]) : end;
    }
    /// The positions [first, end) of the document that a position belongs to.
    static constexpr std::array<extent, 2> document_of(extent position) {
        extent first = 0;
        for (const extent length : document_lengths) {
            if (position < first + length) return {first, first + length};
            first += length;
        }
        return {first, first};
    }

    /// The part of all scores that ranges of keys leave.
    constexpr double allowed() const {
        extent scores = 0;
        for (extent row = 0; row < rows(); ++row) scores += end_key(row) - first_key(row);
        return static_cast<double>(scores) / (static_cast<double>(rows()) * static_cast<double>(keys));
    }
    /// A multiply and an add for each feature in either product, for the scores that are needed and no others.
    constexpr double flops() const {
        const double scores = static_cast<double>(rows()) * static_cast<double>(keys);
        return 4 * static_cast<double>(pieces()) * scores * allowed() * static_cast<double>(features);
    }
};

/// ALiBi's slope for a head: 2^-1, 2^-2, ... (Press et al. 2022, section 3).
constexpr float alibi_slope(extent head) {
    float slope = 1;
    for (extent i = 0; i <= head; ++i) slope /= 2;
    return slope;
}

/// A few new tokens against 4096 keys.
constexpr attention decode(std::string_view name, extent heads, extent group, extent queries,
                           bool peers = false) {
    return {.name = name,
            .heads = heads,
            .group = group,
            .queries = queries,
            .keys = 4096,
            .features = 128,
            .peers = peers,
            .least_of_bound = 0.85,
            .least_of_one_thread = 1};
}
/// The same with so many keys that no cache holds them.
constexpr attention long_decode(std::string_view name, extent heads, extent group) {
    attention what = decode(name, heads, group, 1);
    what.keys = 16384;
    return what;
}
/// The same as another one of 8 heads and 4096 keys but for the storage of keys and values.
constexpr attention stored_decode(std::string_view name, std::string_view plain, extent group,
                                  storage stored) {
    attention what = decode(name, 8, group, 1);
    what.plain = plain;
    what.stored = stored;
    what.least_of_bound = 0;
    what.most_of_plain = 1 / 1.8;
    return what;
}

inline constexpr std::array attentions = {
    attention{.name = "q512_d64",
              .queries = 512,
              .keys = 512,
              .peers = true,
              .least_share = 0.7,
              .least_of_one_thread = 1.9},
    attention{.name = "q512_d64_causal",
              .plain = "q512_d64",
              .queries = 512,
              .keys = 512,
              .causal = true,
              .most_of_plain = 0.58,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d64",
              .peers = true,
              .least_share = 0.8,
              .least_share_avx2 = 0.85,
              .least_of_one_thread = 1.9},
    attention{.name = "q2048_d64_h1", .heads = 1, .least_of_one_thread = 1.9},
    attention{.name = "q2048_d128",
              .features = 128,
              .peers = true,
              .least_share = 0.85,
              .least_share_avx2 = 0.85,
              .least_of_one_thread = 1.9},
    attention{.name = "b8_h12_q128_d64",
              .batch = 8,
              .heads = 12,
              .queries = 128,
              .keys = 128,
              .peers = true,
              .least_share = 0.7,
              .least_of_one_thread = 1.9},

    attention{.name = "q2048_d64_causal",
              .plain = "q2048_d64",
              .causal = true,
              .peers = true,
              .most_of_plain = 0.53,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d128_causal",
              .plain = "q2048_d128",
              .features = 128,
              .causal = true,
              .peers = true,
              .most_of_plain = 0.53,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d64_window256",
              .plain = "q2048_d64",
              .window = 256,
              .peers = true,
              .most_of_plain = 0.16,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d64_causal_window256",
              .plain = "q2048_d64",
              .causal = true,
              .window = 256,
              .most_of_plain = 0.16,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d64_documents",
              .plain = "q2048_d64",
              .documents = true,
              .most_of_plain = 0.29,
              .least_of_one_thread = 1.8},
    attention{.name = "q2048_d64_causal_documents",
              .plain = "q2048_d64",
              .causal = true,
              .documents = true,
              .most_of_plain = 0.16,
              .least_of_one_thread = 1.8},

    attention{.name = "q2048_d64_alibi", .plain = "q2048_d64", .alibi = true, .most_of_plain = 1.05},
    attention{.name = "q2048_d64_softcap", .plain = "q2048_d64", .softcap = true, .most_of_plain = 1.12},
    attention{.name = "q2048_d64_softcap_alibi",
              .plain = "q2048_d64",
              .softcap = true,
              .alibi = true,
              .peers = true,
              .most_of_plain = 1.17},
    attention{.name = "q2048_d64_causal_alibi",
              .plain = "q2048_d64",
              .causal = true,
              .alibi = true,
              .most_of_plain = 0.56},
    attention{.name = "q2048_d64_bias", .plain = "q2048_d64", .bias = true, .most_of_plain = 1.1},
    attention{.name = "q2048_d64_boolean", .plain = "q2048_d64", .boolean = true, .most_of_plain = 1.1},
    attention{.name = "q2048_d64_bf16", .plain = "q2048_d64", .stored = storage::bf16, .most_of_plain = 1.01},
    attention{.name = "q2048_d64_f16", .plain = "q2048_d64", .stored = storage::f16, .most_of_plain = 1.01},

    decode("decode_h32_8_k4096_d128", 8, 4, 1, true),
    decode("decode_h32_8_k4096_d128_q4", 8, 4, 4),
    decode("decode_h8_8_k4096_d128", 8, 1, 1),
    decode("decode_h8_8_k4096_d128_q4", 8, 1, 4),
    decode("decode_h32_1_k4096_d128", 1, 32, 1),
    decode("decode_h32_1_k4096_d128_q4", 1, 32, 4),
    long_decode("decode_h32_8_k16384_d128", 8, 4),
    long_decode("decode_h8_8_k16384_d128", 8, 1),
    stored_decode("decode_h32_8_k4096_d128_bf16", "decode_h32_8_k4096_d128", 4, storage::bf16),
    stored_decode("decode_h32_8_k4096_d128_f16", "decode_h32_8_k4096_d128", 4, storage::f16),
    stored_decode("decode_h8_8_k4096_d128_bf16", "decode_h8_8_k4096_d128", 1, storage::bf16),
    stored_decode("decode_h8_8_k4096_d128_f16", "decode_h8_8_k4096_d128", 1, storage::f16),
};

constexpr const attention* find_attention(std::string_view name) {
    for (const attention& each : attentions)
        if (each.name == name) return &each;
    return nullptr;
}

static_assert(std::ranges::all_of(attentions, [](const attention& each) {
    return each.plain.empty() || find_attention(each.plain) != nullptr;
}));
// Masks and tensors count rows as queries.
static_assert(std::ranges::none_of(attentions, [](const attention& a) {
    return (a.masked() || a.boolean || a.scored()) && a.group != 1;
}));
static_assert(std::ranges::all_of(attentions, [](const attention& a) {
    return !a.documents || (a.keys == 2048 && attention::document_of(2047)[1] == 2048);
}));

} // namespace bench
