// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Arrays of 64-bit integers beside floats and doubles: ids and numbers that 32 bits do not hold are told apart, in
// masks, indices, where and results.
#include <cmath>
#include <cstdint>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

constexpr std::int64_t far = std::int64_t{1} << 33;

template <class E> void check_everywhere(const E& e) {
    const tensor exact = evaluate(e, reference);
    for (const instruction_set set : available_instruction_sets()) {
        const tensor result = evaluate(e, instructions(set));
        double worst = 0;
        for (extent i = 0; i < exact.size(); ++i)
            worst = std::fmax(worst, std::abs(static_cast<double>(result.data()[i]) -
                                              static_cast<double>(exact.data()[i])));
        BOOST_TEST(worst <= 1e-5, to_string(set) << ": " << worst);
    }
}

template <class T, class I> void check_formulas() {
    tensor<T, head<2>, query<>, feature<>> q(5, 4);
    tensor<T, head<2>, key<>, feature<>> k(39, 4), v(39, 4);
    tensor<T, key<>> table(39);
    tensor<I, head<2>> lengths;
    tensor<I, key<>> segments(39), back(39);
    lengths(0) = 21;
    lengths(1) = 39;
    for (extent i = 0; i < 39; ++i) {
        // The same low 32 bits in every segment, where the type has more.
        segments(i) = static_cast<I>(sizeof(I) > 4 ? far * (i / 7) : std::int64_t{1} << (24 + i / 7));
        back(i) = static_cast<I>(38 - i);
        table(i) = static_cast<T>(std::sin(static_cast<double>(i)));
    }
    unsigned seed = 1;
    const auto fill = [&](auto& t) {
        for (auto& x : t)
            x = static_cast<T>(static_cast<int>(seed = seed * 1664525u + 1013904223u) >> 8) / T(1 << 23);
    };
    fill(q), fill(k), fill(v);
    const auto scores = q * transpose(k);
    const I chosen = segments(8);
    check_everywhere(softmax(scores, padding(lengths)) * v);
    check_everywhere(softmax(scores, keep(segments == chosen)) * v);
    check_everywhere(softmax(scores, drop(segments == chosen), keep(segments < segments(30))) * v);
    check_everywhere(softmax(scores, keep(segments - chosen >= 0 && segments / 2 != position<key> % 3)) * v);
    check_everywhere(softmax(scores + gather<key>(table, back), keep(back > 3)) * v);
    check_everywhere(softmax(where(max(segments, chosen) == chosen, scores, T(0))) * v);
    check_everywhere(segments + where(position<key> < 9, segments, -abs(back)));
    check_everywhere(scores + segments / 1000000000);
}

BOOST_AUTO_TEST_CASE(beside_floats) { check_formulas<float, std::int64_t>(); }
BOOST_AUTO_TEST_CASE(beside_doubles) { check_formulas<double, std::int64_t>(); }
BOOST_AUTO_TEST_CASE(unsigned_beside_floats) { check_formulas<float, std::uint32_t>(); }
BOOST_AUTO_TEST_CASE(short_beside_floats) { check_formulas<float, std::int32_t>(); }

} // namespace
