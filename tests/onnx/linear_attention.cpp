// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// The operator LinearAttention of ONNX: every case of the ONNX project, on every instruction set and by the oracle, and
// what cases leave out.
#include <boost/test/unit_test.hpp>

#include "onnx/cases.hpp"

#include "../../samples/onnx_linear_case.hpp"

namespace {

using namespace onnx_tests;

struct pair_on_set {
    heed::instruction_set set;
    template <class Y, class S, class E> void operator()(Y y, S s, const E& e) const {
        evaluate_into(std::tie(y, s), e, heed::instructions(set));
    }
};
struct pair_by_oracle {
    template <class Y, class S, class E> void operator()(const Y& y, const S& s, const E& e) const {
        oracle{}(y, heed::dsl::child<0>(e));
        oracle{}(s, heed::dsl::child<1>(e));
    }
};

// The cases whose arrays have that element. The files come from float; sums of 8 products, 4 steps.
template <class T> int run_linear(const char* element, double of_file, double of_oracle) {
    std::string query = "in_query:";
    query += element;
    return run_cases("LinearAttention", [&](const test_case& c) {
        if (c.arrays.find(query) == std::string::npos) return 0;
        linear_case<T> stored(c);
        linear_case<double> exact(c);
        const auto expected = linear_attention(exact.a, exact.in, pair_by_oracle{});
        for (const auto set : heed::available_instruction_sets()) {
            const auto x = linear_attention(stored.a, stored.in, pair_on_set{set});
            comparison compare{c, of_file, of_oracle};
            compare("out_output", x.output, expected.output);
            compare("out_present_state", x.present_state, expected.present_state);
            compare.expect_all();
        }
        return 1;
    });
}

} // namespace

BOOST_AUTO_TEST_CASE(linear_attention_cases) {
    BOOST_TEST((run_linear<float>("float32", 0x1p-20, 0x1p-21)) == 13);
}
// Rounded to 11 bits, on file and here.
BOOST_AUTO_TEST_CASE(linear_attention_half_cases) {
    BOOST_TEST((run_linear<heed::f16>("float16", 0x1p-9, 0x1p-11)) == 1);
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_linear_attention) {
    const std::vector<float> x(1000);
    const auto of = [&](std::vector<extent> shape) { return array<const float>{x.data(), std::move(shape)}; };
    const linear_inputs<float> good{of({2, 3, 8}),    of({2, 3, 4}), of({2, 3, 6}),
                                    of({2, 2, 2, 3}), of({2, 3, 4}), of({2, 3, 2})};
    const auto says = [&](const char* what, auto change) {
        linear_inputs<float> in = good;
        linear_attributes a{update_rule::gated_delta, 4, 2, {}};
        change(in);
        std::string said = "fits";
        try {
            linear_attention(a, in, pair_on_set{heed::available_instruction_sets().front()});
        } catch (const heed::shape_error& e) {
            said = e.what();
        }
        BOOST_CHECK_MESSAGE(said.find(what) != std::string::npos, "instead of '" << what << "': " << said);
    };
    says("fits", [](auto&) {});
    says("fits", [&](auto& in) { in.past_state = {}; });
    says("fits", [&](auto& in) { in.beta = of({2, 3, 1}); });
    says("number of heads", [&](auto& in) { in.query = of({2, 3, 7}); });
    says("past_state is", [&](auto& in) { in.past_state = of({2, 2, 3, 2}); });
    says("needs decay", [&](auto& in) { in.decay = {}; });
    says("for each feature", [&](auto& in) { in.decay = of({2, 3, 3}); });
    says("(batch, token", [&](auto& in) { in.beta = of({2, 2, 2}); });
    says("extent", [&](auto& in) { in.value = of({2, 4, 6}); });
}
