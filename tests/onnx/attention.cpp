// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// The operators Attention and FlexAttention of ONNX in float: every case of the ONNX project, and random ones.
#include <boost/test/unit_test.hpp>

#include "onnx/attention.hpp"
#include "onnx/by_hand.hpp"

namespace {

using namespace onnx_tests;

// Scores are up to 36, in float off by some 2^-20, and so are the logarithms of weights.
template <class T> void expect_close(const result<T>& x, const result<double>& expected) {
    BOOST_REQUIRE(x.shape == expected.shape);
    double largest = 0;
    for (double e : expected.elements)
        if (std::isfinite(e)) largest = std::fmax(largest, std::fabs(e));
    BOOST_TEST(sample::distance(x.elements, expected.elements) <= 0x1p-16 * largest);
}

} // namespace

BOOST_AUTO_TEST_CASE(attention_cases) { BOOST_TEST((run_attention<float>("Attention", "float32")) == 82); }
BOOST_AUTO_TEST_CASE(flex_attention_cases) {
    BOOST_TEST((run_attention<float>("FlexAttention", "float32")) == 4);
}
// There is no other operator or type whose cases nobody runs: 5 + 2 are in attention_half_double.cpp.
BOOST_AUTO_TEST_CASE(all_cases) { BOOST_TEST(test_cases(folder).size() == (82u + 4u) + (5u + 2u) + 14u); }

// What the cases leave out: all attributes together, at odd and empty extents, with NaN behind masks.
BOOST_AUTO_TEST_CASE(random_attributes) {
    std::mt19937 random(20);
    for (int i = 0; i < 400; ++i) {
        const random_case r(random);
        const auto expected = by_hand(r.a, r.in());
        const auto in = r.in();
        for (const auto set : heed::available_instruction_sets()) {
            const auto x = attention(r.a, in, on_set{set});
            BOOST_TEST_CONTEXT(i << ": " << r.text() << " on " << to_string(set)) {
                expect_close(x.y, expected.y);
                expect_close(x.qk_matmul_output, expected.qk_matmul_output);
                expect_close(x.present_key, expected.present_key);
                expect_close(x.present_value, expected.present_value);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    const std::vector<float> x(1000);
    const std::vector<std::int64_t> n(10);
    const auto of = [&](std::vector<extent> shape) { return array<const float>{x.data(), std::move(shape)}; };
    const inputs<float> good{of({2, 6, 4, 3}), of({2, 3, 5, 3}), of({2, 3, 5, 2}), {}, {}, {}, {}, {}};
    attributes a;
    const auto message = [&](auto change) {
        attributes b = a;
        inputs<float> in = good;
        change(b, in);
        try {
            attention(b, in, on_set{heed::available_instruction_sets().front()});
            return std::string("fits");
        } catch (const heed::shape_error& e) {
            return std::string(e.what());
        }
    };
    const auto says = [&](const char* what, auto change) {
        const std::string said = message(change);
        BOOST_CHECK_MESSAGE(said.find(what) != std::string::npos, "instead of '" << what << "': " << said);
    };
    says("fits", [](auto&, auto&) {});
    says("fits", [&](auto&, auto& in) { in.numeric_mask = of({6, 1, 2}); });
    says("multiple of those of keys", [&](auto&, auto& in) { in.q = of({2, 4, 4, 3}); });
    says("number of heads", [&](auto&, auto& in) { in.q = of({2, 4, 18}); });
    says("number of heads", [&](auto& b, auto& in) { b.q_num_heads = 4, in.q = of({2, 4, 18}); });
    says("number of heads", [&](auto&, auto& in) { in.q = of({2, 4}); });
    says("extent", [&](auto&, auto& in) { in.q = of({2, 6, 4, 2}); });
    says("extent", [&](auto&, auto& in) { in.q = of({1, 6, 4, 3}); });
    says("as many values as keys", [&](auto&, auto& in) { in.v = of({2, 3, 4, 2}); });
    says("extent", [&](auto&, auto& in) { in.v = of({2, 1, 5, 2}); });
    says("come together", [&](auto&, auto& in) { in.past_key = of({2, 3, 7, 3}); });
    says("differ in their number only",
         [&](auto&, auto& in) { in.past_key = of({2, 3, 7, 4}), in.past_value = of({2, 3, 7, 2}); });
    says("as many values as keys",
         [&](auto&, auto& in) { in.past_key = of({2, 3, 7, 3}), in.past_value = of({2, 3, 6, 2}); });
    says("not longer than the keys", [&](auto&, auto& in) { in.numeric_mask = of({4, 6}); });
    says("broadcasts to", [&](auto&, auto& in) { in.numeric_mask = of({3, 5}); });
    says("broadcasts to", [&](auto&, auto& in) { in.numeric_mask = of({3, 4, 5}); });
    says("at most 4", [&](auto&, auto& in) { in.numeric_mask = of({1, 1, 1, 4, 5}); });
    says("nonpad_kv_seqlen", [&](auto&, auto& in) { in.nonpad_kv_seqlen = {n.data(), {3}}; });
}
