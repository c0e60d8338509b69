// SPDX-License-Identifier: BSL-1.0
// A mask that broadcasts by strides of 0 is asked as the few elements that it has: its tiles are skipped, or need no
// mask, as those of a mask without the axis.
#include <heed.hpp>
#include <heed/dsl/loop/interval.hpp>

namespace {

using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

using mask = view<const bool, head<>, query<>, key<>>;
using all_names = dsl::names<dsl::name<head>, dsl::name<query>, dsl::name<key>>;
constexpr bool element[] = {true, true, false};

// One head, 64 queries and 1024 keys, of which the first `keys` are asked for.
constexpr dsl::certainty in_a_tile(std::array<extent, 3> strides, extent keys = 1024) {
    const mask m(element, {8, 64, 1024}, strides);
    return dsl::certainty_of(m, dsl::box<all_names>{{1, 0, 0}, {1, 63, keys - 1}});
}

static_assert(in_a_tile({0, 0, 0}) == dsl::certainty::always);
static_assert(in_a_tile({2, 0, 0}) == dsl::certainty::never);
static_assert(in_a_tile({0, 0, 1}, 2) == dsl::certainty::always);
static_assert(in_a_tile({0, 0, 1}, 3) == dsl::certainty::sometimes);
static_assert(in_a_tile({1, 0, 1}, 2) == dsl::certainty::sometimes);
// Two axes that vary are not looked at.
static_assert(in_a_tile({0, 1, 1}, 2) == dsl::certainty::sometimes);

} // namespace
