// SPDX-License-Identifier: BSL-1.0
// Sixteen-bit floating-point numbers, to store: arithmetic on them is float arithmetic.
#pragma once

#include <bit>
#include <cstdint>

namespace heed {

// The upper half of a float (8 bits of exponent, 7 of mantissa). Made from a float by rounding to nearest, ties to even.
struct bf16 {
    std::uint16_t bits = 0;

    constexpr bf16() = default;
    constexpr explicit bf16(float x) {
        const auto u = std::bit_cast<std::uint32_t>(x);
        const bool is_nan = (u & 0x7fffffffu) > 0x7f800000u;
        bits = static_cast<std::uint16_t>(is_nan ? (u >> 16 | 0x40u) : (u + 0x7fffu + (u >> 16 & 1u)) >> 16);
    }
    constexpr operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};

// IEEE half precision (5 bits of exponent, 10 of mantissa). Made from a float by rounding to nearest, ties to even.
struct f16 {
    std::uint16_t bits = 0;

    constexpr f16() = default;
    constexpr explicit f16(float x) {
        const auto u = std::bit_cast<std::uint32_t>(x);
        const std::uint32_t sign = u >> 16 & 0x8000u, magnitude = u & 0x7fffffffu;
        std::uint32_t half = 0;
        if (magnitude > 0x7f800000u)
            half = 0x7e00u | (magnitude >> 13 & 0x3ffu);
        else if (magnitude >= 0x477ff000u)
            half = 0x7c00u;
        else if (magnitude < 0x38800000u)
            // Below the smallest normal: adding 1/2 leaves the rounded multiple of 2^-24 in the low bits.
            half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - 0x3f000000u;
        else
            half = (magnitude - 0x38000000u + 0xfffu + (magnitude >> 13 & 1u)) >> 13;
        bits = static_cast<std::uint16_t>(sign | half);
    }
    constexpr operator float() const {
        const std::uint32_t sign = (bits & 0x8000u) << 16, magnitude = bits & 0x7fffu;
        // The exponent is off by 112, which the product puts right, also for denormals; not for inf and NaN.
        const float scaled = std::bit_cast<float>(magnitude << 13) * 0x1p112f;
        const std::uint32_t u =
            magnitude >= 0x7c00u ? magnitude << 13 | 0x7f800000u : std::bit_cast<std::uint32_t>(scaled);
        return std::bit_cast<float>(u | sign);
    }
};

} // namespace heed
