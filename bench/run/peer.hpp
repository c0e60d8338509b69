// SPDX-License-Identifier: BSL-1.0
// What the unfused peers share: the loop over heads and blocks of rows, each block with scores of its own, in as
// many threads as are asked for. Everything is internal to its file, since peers are compiled for this machine.
#pragma once

#include "contestant.hpp"

#include <omp.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bench {
namespace {

/// Rows [first, end) of one piece, and the keys [first_key, end_key) that any of them may see.
struct block {
    extent first, end;
    extent first_key, end_key;
    const float* q; ///< (end - first, features)
    const float* k; ///< (end_key - first_key, features)
    const float* v; ///< (end_key - first_key, features)
    float* o;       ///< (end - first, features)
    float slope;
    const float*
        added; ///< (end - first, end_key - first_key) with rows of all keys, or null: to be added to scores
    float* scores; ///< (end - first, end_key - first_key), for use as the peer likes
    float* sums;   ///< (end - first)

    extent rows() const { return end - first; }
    extent keys() const { return end_key - first_key; }
};

// exp by 2^n and a polynomial of degree 6 on [-ln 2 / 2, ln 2 / 2]; 0 for large negative x up to a rounding.
inline float exponential(float x) {
    x = x > -87.F ? x : -87.F;
    const float n = std::rint(x * 1.44269504F);
    const float r = (x - n * 0.693145752F) - n * 1.42860677e-6F;
    float p = 1.F / 720;
    p = p * r + 1.F / 120;
    p = p * r + 1.F / 24;
    p = p * r + 1.F / 6;
    p = p * r + 0.5F;
    p = p * r + 1.F;
    p = p * r + 1.F;
    return p * std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
}

inline float scale(const attention& what) { return 1.F / std::sqrt(static_cast<float>(what.features)); }

/// A call of `compute(what, block)` for every block of `block_rows` rows. With trim, a block has only the keys it needs.
template <class Compute>
call by_blocks(const attention& what, const operands& at, int threads, extent block_rows, bool trim,
               Compute compute) {
    const extent blocks = (what.rows() + block_rows - 1) / block_rows;
    const extent most_rows = std::min(block_rows, what.rows());
    auto scratch = std::make_shared<std::vector<std::vector<float>>>(
        static_cast<std::size_t>(threads),
        std::vector<float>(static_cast<std::size_t>(most_rows * (what.keys + 1))));

    const auto one = [what, &at, scratch, blocks, most_rows, block_rows, trim, compute](extent task,
                                                                                        int thread) {
        const extent piece = task / blocks;
        block b;
        b.first = task % blocks * block_rows;
        b.end = std::min(b.first + block_rows, what.rows());
        b.first_key = trim ? what.first_key(b.first) : 0;
        b.end_key = trim ? what.end_key(b.end - 1) : what.keys;
        b.q = at.q() + (piece * what.rows() + b.first) * what.features;
        b.k = at.k() + (piece * what.keys + b.first_key) * what.features;
        b.v = at.v() + (piece * what.keys + b.first_key) * what.features;
        b.o = at.o() + (piece * what.rows() + b.first) * what.features;
        b.added = nullptr;
        if (what.bias) b.added = at.bias() + piece % what.heads * what.rows() * what.keys;
        if (what.boolean) b.added = at.added();
        if (b.added) b.added += b.first * what.keys + b.first_key;
        b.slope = at.slope()[piece % what.heads];
        b.scores = (*scratch)[static_cast<std::size_t>(thread)].data();
        b.sums = b.scores + most_rows * what.keys;
        compute(what, b);
    };
    const extent tasks = what.pieces() * blocks;
    if (threads == 1)
        return [one, tasks] {
            for (extent task = 0; task < tasks; ++task) one(task, 0);
        };
    return [one, tasks, threads] {
#pragma omp parallel for num_threads(threads) schedule(dynamic)
        for (extent task = 0; task < tasks; ++task) one(task, omp_get_thread_num());
    };
}

} // namespace
} // namespace bench
