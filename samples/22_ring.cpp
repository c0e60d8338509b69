// SPDX-License-Identifier: BSL-1.0
// Ring attention (Liu, Zaharia, Abbeel 2023): a long sequence lies in parts on several devices, the queries of a part with
// its keys and values. The queries stay. The keys and values go around: in each step a device attends to those that it
// holds, merges the result with what it had, and passes them on. No device ever has all keys, and nothing is approximate.
// The devices here are slices of one sequence.
#include "sample.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <vector>

using namespace heed;
using namespace sample;

namespace {

constexpr extent tokens = 90, devices = 4, part = 24; // the last device has fewer

extent begin_of(extent device) { return device * part; }
extent end_of(extent device) { return std::min(tokens, begin_of(device) + part); }

// The queries of one device and the keys of another: output and logsumexp of one loop. A slice counts its positions from
// 0, so the mask adds where it begins. Of keys that all come later no query sees any: output 0, logsumexp -inf.
const auto attend = [](const auto& q, const auto& k, const auto& v, extent ours, extent theirs) {
    const auto its_keys = slice<key>(k, begin_of(theirs), end_of(theirs));
    const auto its_values = slice<key>(v, begin_of(theirs), end_of(theirs));
    const auto scores = slice<query>(q, begin_of(ours), end_of(ours)) * transpose(its_keys) / 4.f;
    const auto seen = keep(position<key> + begin_of(theirs) <= position<query> + begin_of(ours));
    const auto both = outputs(softmax(scores, seen) * its_values, logsumexp(scores, seen));
    static_assert(plan_of<decltype(both)>::loops == 1);
    return evaluate(both);
};

// What attention to some of the keys comes to: all that is kept of them.
struct result {
    tensor<float, head<2>, query<>, value<16>> o;
    tensor<float, head<2>, query<>> l;
    explicit result(extent queries) : o(queries), l(queries) { // no keys yet
        std::fill(l.begin(), l.end(), -std::numeric_limits<float>::infinity());
    }
    template <class Pair> explicit result(const Pair& both) : o(std::get<0>(both)), l(std::get<1>(both)) {}
};
result together(const result& a, const result& b) {
    return result(evaluate(merge(partial{a.o, a.l}, partial{b.o, b.l})));
}

} // namespace

int main() {
    tensor<float, head<2>, query<>, feature<16>> q(tokens);
    tensor<float, head<2>, key<>, feature<16>> k(tokens);
    tensor<float, head<2>, key<>, value<16>> v(tokens);
    fill(q, 1);
    fill(k, 2);
    fill(v, 3);

    // What they are to get together. Nobody computes this where the sequence is too long for one device.
    const auto scores = q * transpose(k) / 4.f;
    const result whole(evaluate(outputs(softmax(scores, causal) * v, logsumexp(scores, causal))));
    const auto far = [&](const auto& whole_sequence, const auto& mine, extent d) {
        return distance(mine, evaluate(slice<query>(whole_sequence, begin_of(d), end_of(d))));
    };
    const auto is_whole = [&](const result& r, extent d) {
        return far(whole.o, r.o, d) <= 2e-6 && far(whole.l, r.l, d) <= 2e-6;
    };

    std::printf("how far the output of each device is from attention to the whole sequence\n       ");
    std::vector<result> at;
    for (extent d = 0; d < devices; ++d) {
        at.emplace_back(end_of(d) - begin_of(d));
        std::printf("   device %td", d);
    }
    bool all = true;
    for (extent step = 0; step < devices; ++step) {
        std::printf("\nstep %td:", step);
        for (extent d = 0; d < devices; ++d) {
            const extent from = (d - step + devices) % devices; // whose keys have come to d
            result& mine = at[static_cast<std::size_t>(d)];
            mine = together(mine, result(attend(q, k, v, d, from)));
            if (is_whole(mine, d))
                std::printf("  the same");
            else
                std::printf("  %8.2f", far(whole.o, mine.o, d));
            all = all && (step < devices - 1 || is_whole(mine, d));
        }
    }

    // The last device sees keys of all. In whatever order these come, the result is the same but for rounding.
    const extent last = devices - 1;
    std::vector<result> parts;
    for (extent from = 0; from < devices; ++from) parts.emplace_back(attend(q, k, v, last, from));
    std::vector<std::size_t> order{0, 1, 2, 3};
    int orders = 0, same = 0;
    do {
        result r(end_of(last) - begin_of(last));
        for (std::size_t from : order) r = together(r, parts[from]);
        ++orders;
        same += is_whole(r, last);
    } while (std::next_permutation(order.begin(), order.end()));
    const bool pairs = is_whole(together(together(parts[0], parts[1]), together(parts[2], parts[3])), last);
    std::printf("\n\ndevice %td, merged in %d orders: the same in %d; two by two: %s\n", last, orders, same,
                pairs ? "the same" : "different");
    return all && same == orders && pairs ? 0 : 1;
}
