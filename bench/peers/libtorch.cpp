// SPDX-License-Identifier: BSL-1.0
// libtorch as a peer: batched matrix product, softmax, batched matrix product, into memory taken once. Its
// scaled_dot_product_attention of 1.13 does the same on a CPU with more passes over the scores.
#include "peers.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/version.h>

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace bench {
namespace {

at::Tensor over(float* memory, at::IntArrayRef extents) { return at::from_blob(memory, extents, at::kFloat); }

/// What is added to the scores, broadcast to them: ALiBi's slope times the key's position, minus infinity where masked.
at::Tensor added_to_scores(const attention& what, const operands& at) {
    at::Tensor added = at::zeros({1, 1, what.keys});
    const at::Tensor key = at::arange(what.keys, at::kFloat);
    if (what.alibi) {
        const at::Tensor slope = over(at.slope(), {what.heads, 1, 1}).repeat({what.batch, 1, 1});
        added = slope * (key - static_cast<float>(what.keys - 1));
    }
    if (what.masked()) {
        const at::Tensor distance = at::arange(what.rows(), at::kFloat).unsqueeze(1) - key;
        at::Tensor hidden = distance < 0;
        if (what.window != 0) hidden = hidden.logical_or(distance >= what.window);
        added = added.masked_fill(hidden, -std::numeric_limits<float>::infinity());
    }
    return added;
}

/// The pieces that one thread computes, and all that it needs for them.
struct part {
    at::Tensor q, k, v, added, o, scores;

    void run(const attention& what) {
        const at::InferenceMode no_gradients;
        const double scale = 1 / std::sqrt(static_cast<double>(what.features));
        if (what.softcap) {
            at::baddbmm_out(scores, scores, q, k, 0, scale / softcap_limit);
            scores.tanh_();
            at::add_out(scores, added, scores, softcap_limit);
        } else {
            at::baddbmm_out(scores, added, q, k, what.alibi || what.masked() ? 1 : 0, scale);
        }
        at::_softmax_out(scores, scores, -1, false);
        at::bmm_out(o, scores, v);
    }
};

} // namespace

call prepare_libtorch(const attention& what, const operands& at, const setting& how) {
    if (!among_peers(what)) return {};
    openblas_set_num_threads(1); // it multiplies matrices for libtorch; threads are given whole heads
    at::set_num_threads(1);
    const extent pieces = what.pieces(), rows = what.rows(), count = std::min<extent>(how.threads, pieces);
    const at::Tensor q = over(at.q(), {pieces, rows, what.features}),
                     k = over(at.k(), {pieces, what.keys, what.features}).transpose(1, 2),
                     v = over(at.v(), {pieces, what.keys, what.features}), added = added_to_scores(what, at),
                     o = over(at.o(), {pieces, rows, what.features});
    std::vector<part> parts;
    for (extent i = 0; i < count; ++i) {
        const extent first = pieces * i / count, end = pieces * (i + 1) / count;
        const auto mine = [=](const at::Tensor& of) {
            return of.size(0) == 1 ? of : of.slice(0, first, end);
        };
        parts.push_back(
            {mine(q), mine(k), mine(v), mine(added), mine(o), at::empty({end - first, rows, what.keys})});
    }
    if (count == 1) return [what, one = parts.front()]() mutable { one.run(what); };
    return [what, parts, count]() mutable {
#pragma omp parallel for num_threads(static_cast<int>(count)) schedule(static, 1)
        for (extent i = 0; i < count; ++i) parts[static_cast<std::size_t>(i)].run(what);
    };
}

std::string libtorch_version() { return std::string("libtorch ") + TORCH_VERSION; }

} // namespace bench
