// SPDX-License-Identifier: BSL-1.0
// What the golden cases share: axes, arrays from the case's folder, and the comparisons. A case says its arrays and its
// formula once; the oracle and the fused loops are both held against PyTorch's output and logsumexp.
#pragma once

#include <heed.hpp>
#include <heed/dsl/loop/reference.hpp>

#include <cmath>

#include "support/npy.hpp"

namespace golden {

using namespace heed;

template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

inline heed_tests::npy::array file(const std::string& folder, const std::string& name) {
    std::string path = HEED_TESTS "/golden/";
    path.append(folder).append("/").append(name).append(".npy");
    return heed_tests::npy::read(path);
}
// A file as a tensor; with other extents than the file's where they are given, in order.
template <class Tensor>
Tensor read(const std::string& folder, const std::string& name, std::vector<extent> extents = {}) {
    const auto array = file(folder, name);
    if (extents.empty()) extents = array.shape;
    typename Tensor::view_t::extents_t all{};
    BOOST_REQUIRE_EQUAL(extents.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = extents[i];
    Tensor t = Tensor::with_extents(all);
    BOOST_REQUIRE_EQUAL(static_cast<std::size_t>(t.size()), array.size());
    extent i = 0;
    for (auto x : array.template as<typename Tensor::element_t>()) t.data()[i++] = x;
    return t;
}

// The arrays that all cases have, (batch, head, position, feature) on file.
template <class T, class Head = head<>, class Feature = feature<>, class Value = value<>> struct arrays {
    tensor<T, batch<>, Head, query<>, Feature> q;
    tensor<T, batch<>, Head, key<>, Feature> k;
    tensor<T, batch<>, Head, key<>, Value> v;
    explicit arrays(const std::string& folder)
        : q(read<decltype(q)>(folder, "q")),
          k(read<decltype(k)>(folder, "k")),
          v(read<decltype(v)>(folder, "v")) {}
    double root() const { return std::sqrt(static_cast<double>(q.template extent_of<feature>())); }
};
// Grouped queries: the keys and values of a head are read by a group of query heads.
template <class T> struct grouped_arrays {
    tensor<T, batch<>, head<>, group<>, query<>, feature<>> q;
    tensor<T, batch<>, head<>, key<>, feature<>> k;
    tensor<T, batch<>, head<>, key<>, value<>> v;
    explicit grouped_arrays(const std::string& folder)
        : q(read_grouped(folder)), k(read<decltype(k)>(folder, "k")), v(read<decltype(v)>(folder, "v")) {}
    double root() const { return std::sqrt(static_cast<double>(q.template extent_of<feature>())); }

private:
    static decltype(q) read_grouped(const std::string& folder) {
        const auto heads = file(folder, "q").shape, shared = file(folder, "k").shape;
        return read<decltype(q)>(folder, "q",
                                 {heads[0], shared[1], heads[1] / shared[1], heads[2], heads[3]});
    }
};

// The largest difference; infinite where one is not finite and the other is something else.
template <class A, class B> double distance(const A& x, const B& expected) {
    double most = 0;
    auto e = expected.begin();
    for (auto y : x) {
        const double a = static_cast<double>(y), b = static_cast<double>(*e++);
        if (a == b || (a != a && b != b)) continue;
        const double d = std::fabs(a - b);
        most = d < most ? most : d == d ? d : INFINITY;
    }
    return most;
}
template <class A> double largest(const A& x) {
    double most = 0;
    for (auto y : x)
        if (std::isfinite(y)) most = std::fmax(most, std::fabs(static_cast<double>(y)));
    return most;
}

// Against a file, which holds the float64 result or that result rounded once to float32.
template <class A>
void expect_as_on_file(const A& x, const std::string& folder, const char* name, double relative) {
    BOOST_TEST_CONTEXT(folder << " " << name) {
        const auto array = file(folder, name);
        const auto expected = array.as<double>();
        BOOST_REQUIRE_EQUAL(static_cast<std::size_t>(x.size()), expected.size());
        const double rounded = array.element == "f4" ? 0x1p-24 : 0;
        BOOST_TEST(distance(x, expected) <= (relative + rounded) * largest(expected));
    }
}

// The oracle gives what PyTorch gave: 1e-13 of the largest element; the sums of 16 to 130 terms are ordered otherwise.
template <class Case> void check_oracle() {
    const typename Case::template input<double> in(Case::folder);
    const auto [o, l] = evaluate(Case::formula(in), reference);
    expect_as_on_file(o, Case::folder, "o", 1e-13);
    expect_as_on_file(l, Case::folder, "lse", 1e-13);
}

// The same where only the output is on file.
template <class Case> void check_oracle_output() {
    const typename Case::template input<double> in(Case::folder);
    expect_as_on_file(std::get<0>(evaluate(Case::formula(in), reference)), Case::folder, "o", 1e-13);
}

} // namespace golden
