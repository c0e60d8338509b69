// SPDX-License-Identifier: BSL-1.0
// What the short pieces of code in a README may take for granted: axes, tensors, an attention, and where it may run.
#pragma once

#include <heed.hpp>
#include <heed/explain.hpp>
#include <heed/openmp.hpp>

#include <cmath>
#include <iostream>
#include <vector>

using namespace heed;

template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct kv_head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

inline tensor<float, head<8>, query<>, feature<64>> q(512);
inline tensor<float, head<8>, key<>, feature<64>> k(512);
inline tensor<float, head<8>, key<>, value<64>> v(512);
inline tensor<float, head<8>> slope;
inline tensor<float, key<>> decay(512);
inline tensor<float, head<8>, query<>, value<64>> g(512);
inline tensor<float, head<8>, offset<>> table(1023);
inline tensor<float, head<8>, query<>, value<64>> o(512);
