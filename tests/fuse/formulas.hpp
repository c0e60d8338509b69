// SPDX-License-Identifier: BSL-1.0
// Operands for the tables of plans; only their types matter.
#pragma once

#include "expr/axes_of_formulas.hpp"

namespace heed_tests::fuse {

template <class... Axes> using array = heed::view<const float, Axes...>;
inline constexpr array<head<8>, query<>, feature<64>> q;
inline constexpr array<head<8>, key<>, feature<64>> k;
inline constexpr array<head<8>, key<>, value<32>> v;
inline constexpr array<head<8>, group<4>, query<>, feature<64>> grouped_q;
inline constexpr array<key<>, feature<64>> one_k;
inline constexpr array<key<>, value<32>> one_v;
inline constexpr array<head<8>> slope;
inline constexpr array<query<>, key<>> bias;
inline constexpr array<query<>, model<>> x;
inline constexpr array<model<>, head<8>, feature<64>> wq;
inline constexpr array<head<8>, value<32>, model<>> wo;
inline constexpr heed::view<const int, batch<>> lengths;
inline constexpr heed::view<const bool, query<>, key<>> allowed;
inline constexpr array<offset<>> table;
using heed::position;

template <class E> using rewritten_t = decltype(heed::dsl::rewritten(std::declval<const E&>()));
template <class E> using split_t = decltype(heed::dsl::split(std::declval<const rewritten_t<E>&>()));

} // namespace heed_tests::fuse
