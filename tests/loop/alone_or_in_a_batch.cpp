// SPDX-License-Identifier: BSL-1.0
// A result does not depend on the rest of the batch, although the batch decides how rows are cut into tiles: every
// number of rows near the sizes of tiles, alone and among others, bit for bit.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

template <class Tensor> void fill(Tensor& t, unsigned seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<float>(seed >> 8) / static_cast<float>(1 << 23) - 1;
        x /= 3; // so that sums in double are rounded as well
    }
}

BOOST_AUTO_TEST_CASE(rows_near_the_sizes_of_tiles) {
    constexpr extent many = 40;
    for (const extent rows : {1, 5, 8, 9, 95, 96, 97, 98, 103, 191, 192, 193, 200, 201, 290, 293, 387}) {
        tensor<float, batch<>, query<>, feature<32>> q(many, rows);
        tensor<float, batch<>, key<>, feature<32>> k(many, 70);
        tensor<float, batch<>, key<>, value<16>> v(many, 70);
        fill(q, 1);
        fill(k, 2);
        fill(v, 3);
        const auto attention = [](const auto& a, const auto& b, const auto& c) {
            return softmax(a * transpose(b) / 5.f) * c;
        };
        const tensor together = evaluate(attention(q, k, v));
        int differ = 0;
        for (const extent i : {extent{0}, many / 2, many - 1}) {
            const tensor alone = evaluate(
                attention(slice<batch>(q, i, i + 1), slice<batch>(k, i, i + 1), slice<batch>(v, i, i + 1)));
            differ += std::memcmp(alone.data(), &together(i, 0, 0),
                                  sizeof(float) * static_cast<std::size_t>(alone.size())) != 0;
        }
        BOOST_TEST(differ == 0, rows << " rows");
    }
}

// A batch that shares its keys is a row axis of the loop. Few rows have the scores of 1024 keys at a time, which several
// blocks of them read in pieces of 256.
template <class T> void check_shared_keys(extent rows, extent keys, instruction_set set) {
    tensor<T, batch<>, query<>, feature<32>> q(40, rows);
    tensor<T, key<>, feature<32>> k(keys);
    tensor<T, key<>, value<144>> v(keys);
    fill(q, 1);
    fill(k, 2);
    fill(v, 3);
    const auto check = [&](const auto& attention) {
        const tensor together = evaluate(attention(q), instructions(set));
        const auto one = attention(slice<batch>(q, 7, 8));
        const tensor alone = evaluate(one, instructions(set));
        const tensor exact = evaluate(one, reference);
        BOOST_TEST(std::memcmp(alone.data(), &together(7, 0, 0),
                               sizeof(T) * static_cast<std::size_t>(alone.size())) == 0);
        double worst = 0;
        for (extent i = 0; i < alone.size(); ++i)
            worst = std::fmax(worst, std::abs(static_cast<double>(alone.data()[i]) - exact.data()[i]));
        BOOST_TEST(worst < 1e-6);
    };
    BOOST_TEST_CONTEXT(rows << " rows, " << keys << " keys, " << to_string(set)) {
        check([&](const auto& x) { return softmax(x * transpose(k)) * v; });
        check([&](const auto& x) {
            return softmax(x * transpose(k), keep(position<key> >= 20 && position<key> < 290)) * v;
        });
    }
}
BOOST_AUTO_TEST_CASE(shared_keys) {
    for (const instruction_set set : available_instruction_sets()) {
        for (const extent rows : {1, 2, 3, 7, 8, 9, 50}) {
            check_shared_keys<float>(rows, 70, set);
            check_shared_keys<double>(rows, 70, set);
        }
        for (const extent keys : {128, 255, 256, 300, 600, 1024, 1281})
            check_shared_keys<float>(1, keys, set);
        for (const extent rows : {4, 7}) check_shared_keys<float>(rows, 1300, set);
        for (const extent keys : {1, 2, 3, 4, 5, 8})
            for (const extent rows : {1, 9, 50}) check_shared_keys<float>(rows, keys, set);
        for (const extent keys : {1, 4}) check_shared_keys<double>(9, keys, set);
        for (const extent rows : {1, 7, 9}) check_shared_keys<double>(rows, 300, set);
    }
}

// Results that no cache would hold are written past them, if their rows are whole lines of memory.
BOOST_AUTO_TEST_CASE(results_past_the_caches) {
    constexpr extent rows = 8200, columns = 1024;
    tensor<float, query<>, feature<16>> q(rows);
    tensor<float, key<>, feature<16>> k(3);
    tensor<float, key<>, value<columns>> v(3);
    fill(q, 1);
    fill(k, 2);
    fill(v, 3);
    std::vector<float> memory(rows * columns + 32);
    float* const line = memory.data() + (64 - reinterpret_cast<std::uintptr_t>(memory.data()) % 64) / 4;
    for (const instruction_set set : available_instruction_sets())
        for (float* const first : {line, line + 1}) {
            const view<float, query<>, value<columns>> o(first, rows);
            std::fill(memory.begin(), memory.end(), 7.f);
            evaluate_into(o, softmax(q * transpose(k)) * v, instructions(set));
            for (const extent i : {extent{0}, extent{1}, rows / 2, rows - 9}) {
                const tensor some =
                    evaluate(softmax(slice<query>(q, i, i + 9) * transpose(k)) * v, instructions(set));
                BOOST_TEST(std::memcmp(some.data(), &o(i, 0), sizeof(float) * 9 * columns) == 0,
                           "row " << i << ", " << to_string(set));
            }
            BOOST_TEST(first[-1] == 7);
            BOOST_TEST(first[rows * columns] == 7);
        }
}

} // namespace
