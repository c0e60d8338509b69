// SPDX-License-Identifier: BSL-1.0
// The operator Attention of ONNX (onnx_attention.hpp) on cases of the ONNX project, whose inputs and outputs are files:
// each output is held against its file. Of the last case the loop is explained.
//   20_onnx_attention [case...]
#include <heed/explain.hpp>

#include "onnx_case.hpp"

#include <cstdio>
#include <filesystem>

namespace {

using namespace sample::onnx;

// Explains a formula, where that is asked for, and evaluates it.
struct explained {
    bool say;
    template <class Out, class E> void operator()(const Out& out, const E& e) const {
        if (say) std::printf("\n%s\n", heed::explain(e).c_str());
        evaluate_into(out, e);
    }
};

// Whether what there is of an output is what the file says, but for the rounding of float on both sides.
bool agrees(const test_case& c, const std::string& name, const result<float>& x) {
    if (!c.has(name)) return true;
    double largest = 0;
    for (float e : x.elements)
        if (std::isfinite(e)) largest = std::fmax(largest, std::fabs(static_cast<double>(e)));
    return distance_from(c, name, x) <= 0x1p-20 * largest;
}
bool run(const test_case& c, bool say) {
    const attention_case<float> input(c);
    const auto x = attention(input.a, input.in, explained{say});
    return agrees(c, "out_Y", x.y) && agrees(c, "out_present_key", x.present_key) &&
           agrees(c, "out_present_value", x.present_value) &&
           agrees(c, "out_qk_matmul_output", x.qk_matmul_output);
}

// The cases that come with the tests, wherever in the repository the sample is started.
std::vector<test_case> find_cases(const std::vector<std::string>& names) {
    std::string folder = "tests/golden/onnx";
    if (!std::filesystem::exists(folder)) folder = "../tests/golden/onnx";
    std::vector<test_case> found;
    for (const std::string& name : names) {
        for (const test_case& c : test_cases(folder))
            if (c.name == name && c.operation != "LinearAttention" && c.arrays.rfind("in_Q:float32", 0) == 0)
                found.push_back(c);
        if (found.empty() || found.back().name != name)
            throw std::runtime_error(name + " is no case of Attention or FlexAttention in float32");
    }
    return found;
}

} // namespace

int main(int count, char** arguments) try {
    std::vector<std::string> names(arguments + 1, arguments + count);
    if (names.empty())
        names = {"test_attention_4d",
                 "test_attention_3d_gqa_scaled",
                 "test_attention_4d_attn_mask_bool",
                 "test_attention_3d_with_past_and_present_qk_matmul_softcap",
                 "test_attention_4d_gqa_causal_nonpad_decode",
                 "test_attention_23_boolmask_fullymasked_row_nan_robustness",
                 "test_flexattention_gqa",
                 "test_attention_local_window_gqa_rank4_mask",
                 "test_attention_local_window_with_past"};
    bool all = true;
    for (const auto& c : find_cases(names)) {
        const bool same = run(c, c.name == names.back());
        std::printf("%s %s\n    %s\n", c.name.c_str(), c.attributes.c_str(),
                    same ? "as on file" : "DIFFERS from the file");
        all = all && same;
    }
    return all ? 0 : 1;
} catch (const std::exception& e) {
    std::fprintf(stderr, "20_onnx_attention: %s\n", e.what());
    return 1;
}
