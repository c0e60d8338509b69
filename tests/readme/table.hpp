// SPDX-License-Identifier: BSL-1.0
// What the formulas in the tables of samples/README.md take for granted beside prelude.hpp: tensors with the axes by which
// PyTorch's are indexed. table.py compiles them, mods.py computes them.
#pragma once

#include "prelude.hpp"

#include <heed/paged_cache.hpp>
#include <heed/ragged.hpp>

template <extent N = dynamic> struct rotated : axis<N> {};
template <extent N = dynamic> struct sequence : axis<N> {};
template <extent N = dynamic> struct image : axis<N> {};
template <extent N = dynamic> struct query_block : axis<N> {};
template <extent N = dynamic> struct key_block : axis<N> {};

inline constexpr float heads = 8;
inline constexpr extent tokens = 192;
inline tensor<float, head<8>, query<>, key<>> bias(tokens, tokens);
inline tensor<float, head<8>> t;
inline tensor<float, head<8>> sinks;
inline tensor<float, batch<>, head<8>, query<>, rotated<32>> q_rope(2, tokens);
inline tensor<float, batch<>, key<>, rotated<32>> k_rope(2, tokens);

inline tensor<int, batch<>> length(2);
inline tensor<int, batch<>, query<>> document(2, tokens);
inline tensor<int, batch<>, query<>> span(2, tokens);
inline tensor<int, query<>> seq(tokens);
inline tensor<int, sequence<>> offsets(3);
inline tensor<int, image<>> first(8);
inline tensor<int, image<>> last(8);
inline tensor<bool, query<>, key<>> mask(tokens, tokens);
inline tensor<bool, query_block<>, key_block<>> blocks(8, 8);

inline tensor<float, batch<>, kv_head<2>, group<4>, query<>, feature<64>> grouped_q(2, tokens);
inline tensor<float, batch<>, kv_head<2>, key<>, feature<64>> grouped_k(2, tokens);
inline tensor<float, batch<>, kv_head<2>, key<>, value<64>> grouped_v(2, tokens);

using key_page = tensor<float, head<8>, key<>, feature<64>>;
using value_page = tensor<float, head<8>, key<>, value<64>>;
inline auto pages = paged_cache<key>(256, key_page(16), value_page(16));
inline const std::vector<int> sequences{pages.open(), pages.open()};
inline auto both = pages.batch<batch>(sequences);
