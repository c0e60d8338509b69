// SPDX-License-Identifier: BSL-1.0
// Arrays of ONNX as views with named axes: (batch, head, position, feature), or (batch, position, head * feature), which
// is the same with other strides; masks that broadcast from the right; a cache with new keys behind the old ones.
#pragma once

#include "sample.hpp"

#include <string>
#include <vector>

namespace sample::onnx {

using namespace heed;

template <extent N = dynamic> struct group : axis<N> {}; // the query heads that share a head of keys

// An array in C order that somebody else owns; without a shape it is not given.
template <class T> struct array {
    T* data = nullptr;
    std::vector<extent> shape;
    explicit operator bool() const { return !shape.empty(); }
};
// An array of its own.
template <class T> struct result {
    std::vector<T> elements;
    std::vector<extent> shape;

    result() = default;
    explicit result(std::vector<extent> s) : shape(std::move(s)) {
        extent n = 1;
        for (extent e : shape) n *= e;
        elements.resize(static_cast<std::size_t>(n));
    }
    array<T> all() { return {elements.data(), shape}; }
    array<const T> all() const { return {elements.data(), shape}; }
    // Rounded to T: a formula over f16 gives float.
    template <class To> result<To> as() && {
        if constexpr (std::is_same_v<T, To>)
            return std::move(*this);
        else {
            result<To> to;
            to.shape = shape;
            for (T x : elements) to.elements.push_back(To(x));
            return to;
        }
    }
};

inline void require(bool holds, const char* what) {
    if (!holds) throw shape_error(std::string("onnx: ") + what);
}

// 3 or 4 axes as (batch, head, position, feature).
template <class Position, class Feature, class T>
view<T, batch<>, head<>, Position, Feature> see(const array<T>& x, extent heads) {
    const auto& s = x.shape;
    if (s.size() == 4) return {x.data, {s[0], s[1], s[2], s[3]}};
    require(s.size() == 3 && heads > 0 && s[2] % heads == 0,
            "an array of 3 axes needs a number of heads that divides the last");
    const extent features = s[2] / heads;
    return {x.data, {s[0], heads, s[1], features}, {s[1] * s[2], features, s[2], 1}};
}

// Up to 4 axes, broadcast from the right to `all`; of the last axis the first all[3].
template <class T>
view<T, batch<>, head<>, query<>, key<>> broadcast(const array<T>& x, const std::array<extent, 4>& all) {
    require(x.shape.size() <= 4, "a mask has at most 4 axes");
    std::array<extent, 4> strides{};
    extent step = 1;
    for (std::size_t i = 4, j = x.shape.size(); j-- > 0; step *= x.shape[j]) {
        const extent n = x.shape[j];
        --i;
        require(i == 3 ? n >= all[i] : n == 1 || n == all[i],
                "a mask broadcasts to (batch, query head, query, key)");
        strides[i] = n == 1 ? 0 : step;
    }
    return {x.data, all, strides};
}

// Query heads as groups of neighbours that share a head of keys.
template <class T, class Row, class Column>
view<T, batch<>, head<>, group<>, Row, Column> in_groups(const view<T, batch<>, head<>, Row, Column>& x,
                                                         extent heads) {
    const auto [b, h, i, j] = x.extents;
    const auto [step_b, step_h, step_i, step_j] = x.strides;
    require(heads > 0 ? h % heads == 0 : h == 0, "the heads of queries are a multiple of those of keys");
    const extent size = heads > 0 ? h / heads : 1;
    return {x.pointer, {b, heads, size, i, j}, {step_b, step_h * size, step_h, step_i, step_j}};
}

// x up to a number of keys.
template <class T, class Feature>
view<T, batch<>, head<>, key<>, Feature> first_keys(view<T, batch<>, head<>, key<>, Feature> x, extent n) {
    x.extents[2] = n;
    return x;
}

// (batch, head, past + new, feature): past, then x.
template <class T, class Feature>
result<T> append(const array<const T>& past, const view<const T, batch<>, head<>, key<>, Feature>& x) {
    const auto before = see<key<>, Feature>(past, 0);
    auto [batches, heads, keys, features] = x.extents;
    const extent n = before.template extent_of<key>();
    require(before.extents == std::array{batches, heads, n, features},
            "past and new keys, and values, differ in their number only");
    result<T> all({batches, heads, n + keys, features});
    const auto to = see<key<>, Feature>(all.all(), 0);
    for (extent b = 0; b < batches; ++b)
        for (extent h = 0; h < heads; ++h)
            for (extent j = 0; j < n + keys; ++j)
                for (extent f = 0; f < features; ++f)
                    to(b, h, j, f) = j < n ? before(b, h, j, f) : x(b, h, j - n, f);
    return all;
}

} // namespace sample::onnx
