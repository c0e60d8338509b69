// SPDX-License-Identifier: BSL-1.0
// Random numbers from a counter: Philox4x32-10 of Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2,
// 3" (SC 2011), section 4; Random123 is its authors' code. The numbers of a counter depend on nothing but the key.
#pragma once

#include <array>
#include <cstdint>

namespace heed::dsl {

struct philox {
    static constexpr int rounds = 10;
    static constexpr std::uint32_t multiplier[] = {0xd2511f53u, 0xcd9e8d57u};
    static constexpr std::uint32_t key_step[] = {0x9e3779b9u, 0xbb67ae85u};
};

using philox_words = std::array<std::uint32_t, 4>;

constexpr philox_words philox4x32(philox_words counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < philox::rounds; ++round) {
        const std::uint64_t a = std::uint64_t{philox::multiplier[0]} * counter[0],
                            b = std::uint64_t{philox::multiplier[1]} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key = {key[0] + philox::key_step[0], key[1] + philox::key_step[1]};
    }
    return counter;
}

// The upper 24 bits of a word, as a number in [0, 1): what a float holds exactly, also where reals are doubles.
constexpr float unit_interval(std::uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24f; }

} // namespace heed::dsl
