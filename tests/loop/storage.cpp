// SPDX-License-Identifier: BSL-1.0
// Storage in bf16 and f16: the conversions, and that a formula over them is the formula over their values as floats.
#include <cmath>
#include <cstring>
#include <limits>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

template <class S> S of_bits(unsigned u) {
    S s;
    s.bits = static_cast<std::uint16_t>(u);
    return s;
}

// Every number of the format comes back from float as it was; numbers between two are rounded to the nearer one.
template <class S> void check_conversions() {
    int wrong = 0, wrong_middles = 0;
    for (unsigned u = 0; u < 0x10000; ++u) {
        const float x = of_bits<S>(u);
        if (std::isnan(x))
            wrong += !std::isnan(static_cast<float>(S(x)));
        else
            wrong += S(x).bits != u;
        if ((u & 0x7fff) + 1 < (std::is_same_v<S, bf16> ? 0x7f80u : 0x7c00u)) {
            const float next = of_bits<S>(u + 1), middle = x / 2 + next / 2;
            const unsigned even = u % 2 == 0 ? u : u + 1;
            wrong_middles += S(middle).bits != even;
            wrong_middles += S(std::nextafter(middle, next)).bits != u + 1;
            wrong_middles += S(std::nextafter(middle, x)).bits != u;
        }
    }
    BOOST_TEST(wrong == 0);
    BOOST_TEST(wrong_middles == 0);
}
BOOST_AUTO_TEST_CASE(conversions_of_bf16) { check_conversions<bf16>(); }
BOOST_AUTO_TEST_CASE(conversions_of_f16) {
    check_conversions<f16>();
    BOOST_TEST(static_cast<float>(f16(65504.f)) == 65504.f);
    BOOST_TEST(std::isinf(static_cast<float>(f16(65520.f))));
    BOOST_TEST(static_cast<float>(f16(0x1p-24f)) == 0x1p-24f);
}

template <class S, class Tensor> void fill_both(Tensor& stored, auto& plain, unsigned seed) {
    for (extent i = 0; i < stored.size(); ++i) {
        seed = seed * 1664525u + 1013904223u;
        stored.data()[i] = S(static_cast<float>(seed >> 8) / static_cast<float>(1 << 23) - 1);
        plain.data()[i] = stored.data()[i];
    }
}

template <class S> void check_attention(extent queries, extent keys, extent features, extent columns) {
    tensor<S, head<2>, query<>, feature<>> q(queries, features);
    tensor<S, head<2>, key<>, feature<>> k(keys, features);
    tensor<S, head<2>, key<>, value<>> v(keys, columns);
    tensor<float, head<2>, query<>, feature<>> fq(queries, features);
    tensor<float, head<2>, key<>, feature<>> fk(keys, features);
    tensor<float, head<2>, key<>, value<>> fv(keys, columns);
    fill_both<S>(q, fq, 1);
    fill_both<S>(k, fk, 2);
    fill_both<S>(v, fv, 3);
    // The first denormals, and a key that a mask hides.
    for (extent i = 0; i < features; ++i) fk(1, 3, i) = k(1, 3, i) = of_bits<S>(1);
    for (extent i = 0; i < features; ++i)
        fk(0, 5, i) = k(0, 5, i) = S(std::numeric_limits<float>::quiet_NaN());
    for (extent i = 0; i < columns; ++i) fv(1, 5, i) = v(1, 5, i) = S(std::numeric_limits<float>::infinity());
    for (instruction_set set : available_instruction_sets()) {
        const auto hidden = drop(position<key> == 5);
        const tensor a = evaluate(softmax(q * transpose(k) / 3.f, hidden) * v, instructions(set));
        const tensor b = evaluate(softmax(fq * transpose(fk) / 3.f, hidden) * fv, instructions(set));
        BOOST_TEST(std::memcmp(a.data(), b.data(), sizeof(float) * static_cast<std::size_t>(a.size())) == 0);
        const tensor exact = evaluate(softmax(q * transpose(k) / 3.f, hidden) * v, reference);
        for (extent i = 0; i < a.size(); ++i) BOOST_TEST(std::abs(a.data()[i] - exact.data()[i]) < 1e-5);
    }
}
BOOST_AUTO_TEST_CASE(attention_over_stored_halves) {
    check_attention<bf16>(9, 70, 16, 32);
    check_attention<bf16>(9, 70, 7, 5);
    check_attention<f16>(9, 70, 16, 32);
    check_attention<f16>(9, 70, 7, 5);
}
// Few rows read keys and values where they are; many keys are seen in parts.
BOOST_AUTO_TEST_CASE(few_rows_over_stored_halves) {
    for (const extent queries : {1, 3, 4, 6, 8})
        for (const extent keys : {6, 37, 2100}) {
            check_attention<bf16>(queries, keys, 32, 80);
            check_attention<f16>(queries, keys, 16, 17);
            check_attention<f16>(queries, keys, 48, 144);
        }
}

} // namespace
