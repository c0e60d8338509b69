// SPDX-License-Identifier: BSL-1.0
// What the samples of the papers share: numbers written down or read from tests/golden, and tensors printed as tables.
#pragma once

#include "sample.hpp"
#include "support/npy.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace sample {

template <heed::extent N = heed::dynamic> struct model : heed::axis<N> {};

// A tensor of static extents with these elements, row by row.
template <class Tensor> Tensor given(std::initializer_list<double> elements) {
    Tensor t;
    if (static_cast<heed::extent>(elements.size()) != t.size())
        throw heed::shape_error("given: " + std::to_string(elements.size()) + " elements for " +
                                std::to_string(t.size()));
    std::transform(elements.begin(), elements.end(), t.begin(),
                   [](double x) { return static_cast<typename Tensor::element_t>(x); });
    return t;
}

// A golden array, wherever in the repository the sample is started.
template <class Tensor> Tensor golden(const std::string& folder, const std::string& name) {
    for (const char* root : {"../tests/golden/", "tests/golden/", "../../tests/golden/"}) {
        const std::string path = root + folder + "/" + name + ".npy";
        if (!std::filesystem::exists(path)) continue;
        const auto file = heed_tests::npy::read(path);
        typename Tensor::view_t::extents_t extents{};
        if (file.shape.size() != extents.size()) throw heed::shape_error(path + ": has other axes");
        std::copy(file.shape.begin(), file.shape.end(), extents.begin());
        Tensor t = Tensor::with_extents(extents);
        const auto elements = file.template as<typename Tensor::element_t>();
        std::copy(elements.begin(), elements.end(), t.begin());
        return t;
    }
    throw std::runtime_error("tests/golden/" + folder + "/" + name + ".npy: cannot be found from here");
}

inline void print_number(double x, int decimals) {
    const bool zero = std::fabs(x) < 0.5 * std::pow(10., -decimals); // not -0
    std::printf(" %*.*f", decimals + 4, decimals, zero ? 0. : x);
}

// The last axis along the line, the one before down the page, the others as blocks.
template <class Tensor> void print(const char* what, const Tensor& t, int decimals = 4) {
    const heed::extent columns = Tensor::rank > 0 ? t.extent_at(Tensor::rank - 1) : 1;
    const heed::extent rows = Tensor::rank > 1 ? t.extent_at(Tensor::rank - 2) : 1;
    std::printf("%s\n", what);
    heed::extent i = 0;
    for (auto x : t) {
        if (i > 0 && i % (rows * columns) == 0) std::printf("\n");
        print_number(static_cast<double>(x), decimals);
        if (++i % columns == 0) std::printf("\n");
    }
    std::printf("\n");
}

// 0 where the two are as close as `most`, in percent of nothing: absolutely. For the end of main.
template <class A, class B> int close(const A& a, const B& b, double most) {
    const double d = distance(a, b);
    if (d <= most) return 0;
    std::printf("differs by %g\n", d);
    return 1;
}

} // namespace sample
