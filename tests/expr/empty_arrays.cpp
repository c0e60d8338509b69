// SPDX-License-Identifier: BSL-1.0
// An array without elements may be a null pointer, to which nothing can be added: its strides are 0, given or not.
#include <heed.hpp>

namespace {

using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

using keys = view<const float, head<>, key<>, feature<>>;
constexpr std::array<extent, 3> nowhere{}, packed{12, 4, 1}, apart{100, -7, 2};

static_assert(keys(nullptr, {2, 0, 3}).strides == nowhere);
static_assert(keys(nullptr, {2, 3, 0}, {100, -7, 2}).strides == nowhere);
static_assert(keys(nullptr, {0, 3, 4}, {100, -7, 2}).strides == nowhere);
static_assert(keys(nullptr, {2, 3, 4}).strides == packed);
static_assert(keys(nullptr, {2, 3, 4}, {100, -7, 2}).strides == apart);

} // namespace
