// SPDX-License-Identifier: BSL-1.0
// Grouped queries: eight heads of queries share two heads of keys and values. The axis that both have is matched by
// name, the axis that only the queries have broadcasts: keys are neither repeated nor reshaped. One formula serves the
// prompt (many queries) and the generation that follows (one query and all keys so far).
#include "sample.hpp"

#include <cstdio>

using namespace heed;
using namespace sample;

namespace {

template <extent N = dynamic> struct kv_head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};

const auto attend = [](const auto& q, const auto& k, const auto& v) {
    return softmax(q * transpose(k) / 8.f, causal.bottom_right) * v;
};

} // namespace

int main() {
    const extent room = 128, prompt = 40;
    tensor<float, head<8>, query<>, feature<64>> q(prompt); // as a model gives it: eight heads
    tensor<float, kv_head<2>, key<>, feature<64>> k(room);  // a cache with room for more keys
    tensor<float, kv_head<2>, key<>, value<64>> v(room);
    fill(q, 1);
    fill(k, 2);
    fill(v, 3);

    // The same memory, seen as two heads of keys with four heads of queries each.
    const view<const float, kv_head<2>, group<4>, query<>, feature<64>> grouped(q.data(), prompt);

    // The prompt: every query sees the keys up to its own.
    const auto prefill = attend(grouped, slice<key>(k, 0, prompt), slice<key>(v, 0, prompt));
    static_assert(plan_of<decltype(prefill)>::loops == 1 && plan_of<decltype(prefill)>::temporaries == 0);
    const auto all = evaluate(prefill); // (kv_head, group, query, value)

    // One query alone, the last of the prompt: it sees all keys there are.
    const auto decode =
        attend(slice<query>(grouped, prompt - 1, prompt), slice<key>(k, 0, prompt), slice<key>(v, 0, prompt));
    static_assert(plan_of<decltype(decode)>::loops == 1 && plan_of<decltype(decode)>::temporaries == 0);
    const auto one = evaluate(decode);

    std::printf("keys and values held: %td bytes; repeated for each head of queries they would be %td\n",
                2 * k.size() * 4, 2 * k.size() * 4 * 4);
    std::printf("prefill: %td queries in %d loop, %d temporaries\n", prompt,
                plan_of<decltype(prefill)>::loops, plan_of<decltype(prefill)>::temporaries);
    std::printf("decode:  1 query in %d loop, %d temporaries\n", plan_of<decltype(decode)>::loops,
                plan_of<decltype(decode)>::temporaries);

    bool same = true;
    for (extent h = 0; h < 2; ++h)
        for (extent g = 0; g < 4; ++g)
            for (extent f = 0; f < 64; ++f)
                same = same && std::fabs(one(h, g, 0, f) - all(h, g, prompt - 1, f)) <= 1e-6f;
    const bool exact = distance(all, evaluate(prefill, reference)) <= 1e-5;
    std::printf("the last query, alone and within the prompt: %s\n", same ? "the same" : "different");
    std::printf("against the reference in double: %s\n", exact ? "the same" : "different");
    return same && exact ? 0 : 1;
}
