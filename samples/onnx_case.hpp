// SPDX-License-Identifier: BSL-1.0
// The cases by which the ONNX project tests its operators, from their .npy files: see tests/golden/onnx.
#pragma once

#include "onnx_attention.hpp"
#include "support/npy.hpp"

#include <cstdlib>
#include <deque>
#include <fstream>

namespace sample::onnx {

// A line of index.tsv: name, operator, attributes as JSON, arrays as NAME:TYPE[EXTENTS].
struct test_case {
    std::string folder, name, operation, attributes, arrays;

    bool has(const std::string& array) const {
        return (' ' + arrays).find(' ' + array + ':') != std::string::npos;
    }
    std::string path(const std::string& array) const { return folder + '/' + name + '/' + array + ".npy"; }
    std::optional<double> attribute(const std::string& key) const {
        const auto at = attributes.find('"' + key + "\": ");
        if (at == std::string::npos) return {};
        return std::strtod(attributes.c_str() + at + key.size() + 4, nullptr);
    }
    extent integer(const std::string& key, extent otherwise) const {
        return static_cast<extent>(attribute(key).value_or(static_cast<double>(otherwise)));
    }
};
inline std::vector<test_case> test_cases(const std::string& folder) {
    std::ifstream index(folder + "/index.tsv");
    if (!index) throw std::runtime_error(folder + "/index.tsv: cannot be opened");
    std::vector<test_case> all;
    std::string line;
    std::getline(index, line); // the heading
    while (std::getline(index, line)) {
        test_case c{folder, {}, {}, {}, {}};
        std::size_t begin = 0;
        for (std::string* field : {&c.name, &c.operation, &c.attributes, &c.arrays}) {
            const std::size_t end = line.find('\t', begin);
            *field = line.substr(begin, end - begin);
            begin = end == std::string::npos ? line.size() : end + 1;
        }
        all.push_back(c);
    }
    return all;
}

// Files as arrays of T, kept in memory.
template <class T> class arrays_of {
public:
    array<const T> read(const test_case& c, const std::string& name) {
        if (!c.has(name)) return {};
        const auto file = heed_tests::npy::read(c.path(name));
        const auto elements = file.template as<T>();
        auto& kept = kept_.emplace_back(static_cast<extent>(elements.size()));
        std::copy(elements.begin(), elements.end(), kept.begin());
        return {kept.data(), file.shape};
    }

private:
    template <extent N = dynamic> struct entry : axis<N> {};
    std::deque<tensor<T, entry<>>> kept_;
};

// What a case gives to the operators Attention and FlexAttention.
template <class T> struct attention_case {
    attributes a;
    inputs<T> in;

    explicit attention_case(const test_case& c) {
        a.scale = c.attribute("scale");
        a.softcap = c.attribute("softcap").value_or(0);
        a.is_causal = c.integer("is_causal", 0) != 0;
        a.q_num_heads = c.integer("q_num_heads", 0);
        a.kv_num_heads = c.integer("kv_num_heads", 0);
        a.left_window_size = c.integer("left_window_size", -1);
        a.right_window_size = c.integer("right_window_size", -1);
        if (c.has("out_qk_matmul_output"))
            a.qk_matmul_output_mode = static_cast<int>(c.integer("qk_matmul_output_mode", 0));
        in.q = numbers_.read(c, "in_Q");
        in.k = numbers_.read(c, "in_K");
        in.v = numbers_.read(c, "in_V");
        in.past_key = numbers_.read(c, "in_past_key");
        in.past_value = numbers_.read(c, "in_past_value");
        in.nonpad_kv_seqlen = lengths_.read(c, "in_nonpad_kv_seqlen");
        if (c.arrays.find("in_attn_mask:bool") != std::string::npos)
            in.boolean_mask = conditions_.read(c, "in_attn_mask");
        else
            in.numeric_mask = numbers_.read(c, "in_attn_mask");
    }

private:
    arrays_of<T> numbers_;
    arrays_of<bool> conditions_;
    arrays_of<std::int64_t> lengths_;
};

// The largest difference from a file, with -inf equal to -inf; infinite where the shapes differ.
template <class T> double distance_from(const test_case& c, const std::string& name, const result<T>& x) {
    const auto file = heed_tests::npy::read(c.path(name));
    return file.shape == x.shape ? distance(x.elements, file.template as<double>()) : infinity<double>;
}

} // namespace sample::onnx
