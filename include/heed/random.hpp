// SPDX-License-Identifier: BSL-1.0
// Random numbers that are part of a formula: dropout is
//   softmax(scores) * where(uniform(seed, position<head>, position<query>, position<key>) >= p, 1 / (1 - p), 0) * v
#pragma once

#include <cstdint>

#include <heed/dsl/expr/build.hpp>

namespace heed {

// A number in [0, 1), a multiple of 2^-24, for each value of the coordinates: one to four expressions of integers, of
// which the lower 32 bits count. The same seed and coordinates give the same number for any tiling, threads, instruction
// set and type: it is the first word of Philox4x32-10 with the coordinates as counter and the seed as key (Salmon and
// others, SC 2011).
template <dsl::operand... I> constexpr auto uniform(std::uint64_t seed, I&&... coordinates) {
    return dsl::make_map<dsl::op::uniform>(dsl::uniform_check<I...>(), static_cast<extent>(seed),
                                           static_cast<I&&>(coordinates)...);
}

} // namespace heed
