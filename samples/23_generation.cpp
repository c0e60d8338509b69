// SPDX-License-Identifier: BSL-1.0
// Generation, one token after another, with the keys and values of the tokens so far in a cache: contiguous for one
// sequence, in blocks of one pool for several. Formulas do not change. The queries are the last of the keys, which is what
// causal.bottom_right says. What comes out step by step is what the whole sequence at once would give.
#include <heed/cache.hpp>
#include <heed/paged_cache.hpp>

#include "sample.hpp"

#include <array>
#include <cstdio>
#include <vector>

using namespace heed;
using namespace sample;

namespace {

constexpr extent prompt = 20, tokens = 29; // the prompt and 9 tokens after it

using keys_t = tensor<float, head<2>, key<>, feature<16>>;
using values_t = tensor<float, head<2>, key<>, value<16>>;
struct sequence { // what a model would compute token by token
    tensor<float, head<2>, query<>, feature<16>> q;
    keys_t k;
    values_t v;
    sequence(extent n, std::uint32_t seed) : q(n), k(n), v(n) {
        fill(q, seed);
        fill(k, seed + 1);
        fill(v, seed + 2);
    }
};
const char* told(bool same) { return same ? "the same" : "different"; }

// Prefill, then steps of one token; true where each gives what the mask gives on the whole sequence.
template <class Mask> bool generate(const char* name, const Mask& mask) {
    const sequence x(tokens, 1);
    const auto attend = [&](const auto& q, const auto& k, const auto& v) {
        return softmax(q * transpose(k) / 4.f, mask) * v;
    };
    const tensor whole = evaluate(attend(x.q, x.k, x.v));

    auto past = cache<key>(keys_t(64), values_t(64)); // room for 64 tokens; nothing moves as it fills
    bool all = true;
    std::printf("%s\n", name);
    for (extent first = 0, end = prompt; first < tokens; first = end++) {
        past.append(slice<key>(x.k, first, end), slice<key>(x.v, first, end));
        const auto step = attend(slice<query>(x.q, first, end), past.keys(), past.values());
        static_assert(plan_of<decltype(step)>::loops == 1);
        const bool same = distance(evaluate(step), evaluate(slice<query>(whole, first, end))) <= 1e-6;
        if (first == 0 || first == prompt || end == tokens)
            std::printf("    %2td new, %td keys: %s\n", end - first, past.size(), told(same));
        all = all && same;
    }
    return all;
}

} // namespace

int main() {
    bool all = generate("causal.bottom_right", causal.bottom_right);
    all = generate("window(8).bottom_right", window(8).bottom_right) && all;

    // Two sequences of different lengths in blocks of 8 keys, which they take from one pool as they grow.
    const std::array<sequence, 2> x{sequence(11, 10), sequence(30, 20)};
    auto past = paged_cache<key>(16, keys_t(8), values_t(8));
    const std::vector<int> both{past.open(), past.open()};
    const auto append = [&](std::size_t i, extent first, extent end) {
        past.append(both[i], slice<key>(x[i].k, first, end), slice<key>(x[i].v, first, end));
    };
    std::printf("two sequences in one loop, in blocks of %td keys\n", past.slots());
    append(0, 0, 5); // the prompts
    append(1, 0, 24);
    for (extent step = 0; step < 6; ++step) {
        tensor<float, batch<2>, head<2>, query<1>, feature<16>> q; // a new token of each
        for (std::size_t i : {0u, 1u}) {
            const extent at = past.size(both[i]);
            append(i, at, at + 1);
            for (extent h = 0; h < 2; ++h)
                for (extent f = 0; f < 16; ++f) q(i, h, 0, f) = x[i].q(h, at, f);
        }
        // As long as the longer one; behind the end of the other there is nothing that a query may see.
        const auto now = past.batch<batch>(both);
        const auto attention = softmax(q * transpose(now.keys()) / 4.f, padding(now.lengths)) * now.values();
        static_assert(plan_of<decltype(attention)>::loops == 1);
        const tensor o = evaluate(attention); // (batch, head, query, value)

        bool same = true;
        for (std::size_t i : {0u, 1u}) {
            const auto whole = softmax(x[i].q * transpose(x[i].k) / 4.f, causal) * x[i].v;
            const extent end = past.size(both[i]);
            const tensor expected = evaluate(slice<query>(evaluate(whole), end - 1, end));
            same = same && distance(evaluate(select<batch>(o, static_cast<extent>(i))), expected) <= 1e-6;
        }
        std::printf("    %2d and %2d keys, %td of 16 blocks free: %s\n", now.lengths(0), now.lengths(1),
                    past.free_blocks(), told(same));
        all = all && same;
    }
    past.close(both[1]);
    std::printf("the longer one is done: %td of 16 blocks free\n", past.free_blocks());
    return all ? 0 : 1;
}
