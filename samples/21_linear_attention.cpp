// SPDX-License-Identifier: BSL-1.0
// Linear attention in causal order: a state of keys and values that runs along the tokens, by four rules. Each is one
// formula and one loop that never stores a state per token; the last state is what the next tokens start from. Then the
// operator LinearAttention of ONNX (onnx_linear_attention.hpp) on cases of the ONNX project.
#include <heed/explain.hpp>

#include "onnx_linear_case.hpp"

#include <cstdio>
#include <filesystem>

using namespace heed;
using namespace sample;

namespace {

using onnx::token;

// (head, token, value), and the state that is left.
template <class S> auto read(const tensor<float, head<2>, token<>, feature<16>>& q, const S& states) {
    auto both = outputs(dot<feature>(q, states) / 4, last_state(states));
    static_assert(plan_of<decltype(both)>::loops == 1 && plan_of<decltype(both)>::temporaries == 0);
    return both;
}

bool cases() {
    std::string folder = "tests/golden/onnx";
    if (!std::filesystem::exists(folder)) folder = "../tests/golden/onnx";
    bool all = true;
    for (const auto& c : onnx::test_cases(folder)) {
        if (c.operation != "LinearAttention" || c.arrays.rfind("in_query:float32", 0) != 0) continue;
        const onnx::linear_case<float> input(c);
        const auto x = onnx::linear_attention(input.a, input.in);
        const bool same = onnx::distance_from(c, "out_output", x.output) <= 1e-6 &&
                          onnx::distance_from(c, "out_present_state", x.present_state) <= 1e-6;
        std::printf("%s: %s\n", c.name.c_str(), same ? "as on file" : "DIFFERS from the file");
        all = all && same;
    }
    return all;
}

} // namespace

int main() {
    const extent tokens = 100;
    tensor<float, head<2>, token<>, feature<16>> q(tokens), k(tokens);
    tensor<float, head<2>, token<>, value<24>> v(tokens);
    tensor<float, head<2>, token<>> decay(tokens), beta(tokens);
    fill(q, 1), fill(k, 2), fill(v, 3), fill(decay, 4), fill(beta, 5);
    for (float& x : k) x /= 4;

    const auto linear =
        running<token, head, feature, value>(0, [&](auto state) { return state + hadamard(k, v); });
    const auto gated = running<token, head, feature, value>(
        0, [&](auto state) { return hadamard(sigmoid(decay), state) + hadamard(k, v); });
    const auto write = [&](auto state) {
        return state + hadamard(hadamard(sigmoid(beta), k), v - dot<feature>(k, state));
    };
    const auto delta = running<token, head, feature, value>(0, write);
    const auto gated_delta = running<token, head, feature, value>(
        0, [&](auto state) { return write(hadamard(sigmoid(decay), state)); });

    bool all = true;
    const auto show = [&](const char* rule, const auto& states) {
        const auto [o, last] = evaluate(read(q, states));
        const auto [exact, exact_last] = evaluate(read(q, states), reference);
        const bool same = distance(o, exact) <= 1e-4 && distance(last, exact_last) <= 1e-4;
        std::printf("%-12s 1 loop, against the reference in double: %s\n", rule,
                    same ? "the same" : "different");
        all = all && same;
    };
    show("linear:", linear);
    show("gated:", gated);
    show("delta:", delta);
    show("gated delta:", gated_delta);
    std::printf("\n%s\n", explain(read(q, gated)).c_str());
    return cases() && all ? 0 : 1;
}
