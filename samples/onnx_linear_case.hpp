// SPDX-License-Identifier: BSL-1.0
// The cases by which the ONNX project tests LinearAttention.
#pragma once

#include "onnx_case.hpp"
#include "onnx_linear_attention.hpp"

namespace sample::onnx {

template <class T> struct linear_case {
    linear_attributes a;
    linear_inputs<T> in;

    explicit linear_case(const test_case& c) {
        const auto rule = [&](const char* name) {
            return c.attributes.find("\"update_rule\": \"" + std::string(name) + '"') != std::string::npos;
        };
        a.rule = rule("linear")  ? update_rule::linear
                 : rule("gated") ? update_rule::gated
                 : rule("delta") ? update_rule::delta
                                 : update_rule::gated_delta;
        a.q_num_heads = c.integer("q_num_heads", 0);
        a.kv_num_heads = c.integer("kv_num_heads", 0);
        if (const auto scale = c.attribute("scale"); scale && *scale != 0) a.scale = scale;
        in.query = numbers_.read(c, "in_query");
        in.key = numbers_.read(c, "in_key");
        in.value = numbers_.read(c, "in_value");
        in.past_state = numbers_.read(c, "in_past_state");
        in.decay = numbers_.read(c, "in_decay");
        in.beta = numbers_.read(c, "in_beta");
    }

private:
    arrays_of<T> numbers_;
};

} // namespace sample::onnx
