// SPDX-License-Identifier: BSL-1.0
// The operators Attention and FlexAttention of ONNX on a case: every output against its file and against the oracle.
#pragma once

#include "onnx/cases.hpp"

namespace onnx_tests {

// The files are results of float32 and float16 arithmetic, of up to 18 keys and 16 features. Float: some roundings of
// 2^-24 on each side. Half: the file's scores are rounded to 2^-11 each, here only the result is, which is off by half of
// the last digit.
template <class T>
inline constexpr double of_file = std::is_same_v<T, double>  ? 0x1p-48
                                  : std::is_same_v<T, float> ? 0x1p-20
                                                             : 0x1p-10;
template <class T>
inline constexpr double of_oracle = std::is_same_v<T, double>  ? 0x1p-48
                                    : std::is_same_v<T, float> ? 0x1p-21
                                                               : 0x1.01p-11;

template <class T> void run_attention(const test_case& c) {
    const attention_case<double> exact_input(c);
    const auto exact = attention(exact_input.a, exact_input.in, oracle{});
    const attention_case<T> input(c);
    for (const auto set : heed::available_instruction_sets()) {
        const auto x = attention(input.a, input.in, on_set{set});
        comparison compare{c, of_file<T>, of_oracle<T>};
        compare("out_Y", x.y, exact.y);
        compare("out_present_key", x.present_key, exact.present_key);
        compare("out_present_value", x.present_value, exact.present_value);
        compare("out_qk_matmul_output", x.qk_matmul_output, exact.qk_matmul_output);
        compare.expect_all();
    }
}
// Every case of an operator whose queries are of this type, as T; how many there were.
template <class T> int run_attention(const std::string& operation, const std::string& type) {
    return run_cases(operation, [&](const test_case& c) {
        if (c.arrays.rfind("in_Q:" + type + "[", 0) != 0) return false;
        run_attention<T>(c);
        return true;
    });
}

} // namespace onnx_tests
