// SPDX-License-Identifier: BSL-1.0
// Runs the cases of an operator one by one; each of their results is held against its file and against the oracle.
#pragma once

#include "../../samples/onnx_case.hpp"

#include <string>

namespace onnx_tests {

using namespace sample::onnx;

inline const std::string folder = HEED_TESTS "/golden/onnx";

// Calls driver(case) for every case of the operator; of how many it said that they are its own.
template <class Driver> int run_cases(const std::string& operation, const Driver& driver) {
    int count = 0;
    for (const test_case& c : test_cases(folder))
        if (c.operation == operation) {
            try {
                count += driver(c);
            } catch (const std::exception& e) {
                BOOST_ERROR(c.name << ": " << e.what());
            }
        }
    return count;
}

// What differs, in parts of the largest element: from the file at most `of_file`, from the oracle at most `of_oracle`.
// How many outputs of the case have been looked at is counted in `seen`.
struct comparison {
    const test_case& c;
    double of_file, of_oracle;
    int seen = 0;

    template <class T>
    void operator()(const std::string& name, const result<T>& x, const result<double>& exact) {
        if (!c.has(name)) return;
        ++seen;
        double largest = 0;
        for (double e : exact.elements)
            if (std::isfinite(e)) largest = std::fmax(largest, std::fabs(e));
        expect(name, "the file", distance_from(c, name, x), of_file * largest);
        expect(name, "the oracle",
               x.shape == exact.shape ? sample::distance(x.elements, exact.elements) : INFINITY,
               of_oracle * largest);
    }
    // Every array of the case that is an output has been compared.
    void expect_all() const {
        int outputs = 0;
        for (auto at = c.arrays.find("out_"); at != std::string::npos; at = c.arrays.find(" out_", at + 1))
            ++outputs;
        BOOST_CHECK_MESSAGE(seen == outputs,
                            c.name << ": " << seen << " of " << outputs << " outputs compared");
    }

private:
    void expect(const std::string& name, const char* from, double is, double allowed) const {
        BOOST_CHECK_MESSAGE(is <= allowed, c.name << " " << name << ": differs from " << from << " by " << is
                                                  << ", " << allowed << " is allowed");
    }
};

// Evaluates by the oracle, into a view whose axes are in the formula's order.
struct oracle {
    template <class T, class... Axes, class E>
    void operator()(const heed::view<T, Axes...>& out, const E& e) const {
        const auto x = evaluate(e, heed::reference);
        BOOST_REQUIRE(x.extents() == out.extents);
        heed::extent offset[sizeof...(Axes)] = {}, to = 0;
        for (const double y : x) {
            out.pointer[to] = static_cast<T>(y);
            for (std::size_t i = sizeof...(Axes); i-- > 0;) {
                to += out.strides[i];
                if (++offset[i] < out.extents[i]) break;
                to -= offset[i] * out.strides[i];
                offset[i] = 0;
            }
        }
    }
};
// In one loop, on an instruction set.
struct on_set {
    heed::instruction_set set;
    template <class Out, class E> void operator()(const Out& out, const E& e) const {
        evaluate_into(out, e, heed::instructions(set));
    }
};

} // namespace onnx_tests
