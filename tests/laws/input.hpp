// SPDX-License-Identifier: BSL-1.0
// Tensors of random values behind random strides, which remember what the plain program read of them: whatever it did
// not read lies behind a mask, and may then become NaN or infinite without changing any result.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include <heed.hpp>

#include "laws/real.hpp"

namespace laws {

// Every axis a formula may have; the number is its place in `extents`.
namespace of {
enum axis {
    batch,
    head,
    kv_head,
    group,
    query,
    key,
    token,
    memory,
    feature,
    narrow,
    value,
    channel,
    model,
    offset,
    count
};
}
inline constexpr const char* axis_names[] = {"batch", "head",    "kv_head", "group",   "query",
                                             "key",   "token",   "memory",  "feature", "narrow",
                                             "value", "channel", "model",   "offset"};
using heed::axis;
using heed::dynamic;
template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct kv_head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct memory : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct narrow : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct channel : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};
template <extent N = dynamic> struct layer : axis<N> {};

// A number for each axis: all extents of a trial, or the place of one element.
using extents = std::array<extent, of::count>;

// The same numbers from the same seed with any compiler and library.
struct source {
    std::uint64_t state;
    extent amplitude = 1;  // of what is declared `scores()`
    double poisoned = 0;   // how often a number that is not read is spoilt
    double forbidden = 0;  // how often a number that is added to scores is -inf
    double infinite = 0;   // how often a value is infinite, so that every row that sees it is
    double repeated = 0.1; // how often an axis has stride 0
    double density = 0.5;  // of conditions

    std::uint64_t next() { // splitmix64
        std::uint64_t z = state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; } // [0, 1)
    bool chance(double p) { return uniform() < p; }
    extent below(extent n) {
        return n <= 0 ? 0 : static_cast<extent>(next() % static_cast<std::uint64_t>(n));
    }
    template <class List> auto one_of(const List& list) {
        return list[static_cast<std::size_t>(below(static_cast<extent>(std::size(list))))];
    }
};

// What a tensor holds.
struct content {
    enum { between, scaled, additive, carried, integers, blocks, conditions } kind;
    double low = 0, high = 0;
};
inline content between(double low, double high) { return {content::between, low, high}; }
inline content scores() { return {content::scaled, -1, 1}; }     // up to the amplitude of the trial
inline content additive() { return {content::additive, -1, 1}; } // in some trials here and there -inf
inline content carried() { return {content::carried, -1, 1}; }   // in some trials here and there inf
inline content integers(extent low, extent high) {
    return {content::integers, static_cast<double>(low), static_cast<double>(high)};
}
// Runs of one number along the last axis: 0 0 0 1 1 2 ...
inline content blocks(extent n) { return {content::blocks, 0, static_cast<double>(n)}; }
inline content conditions() { return {content::conditions}; }

// Where the elements of `n` lie in a storage of `size` elements: axes in any order in memory, gaps, backwards.
template <std::size_t R> struct layout {
    std::array<extent, R> strides{};
    extent first = 0, size = 0;

    layout(source& s, const std::array<extent, R>& n, double repeated) {
        std::array<std::size_t, R> order{};
        for (std::size_t j = 0; j < R; ++j) order[j] = j;
        if (s.chance(0.5))
            for (std::size_t j = R; j > 1; --j)
                std::swap(order[j - 1], order[static_cast<std::size_t>(s.below(static_cast<extent>(j)))]);
        first = s.below(17); // aligned to nothing
        extent step = s.chance(0.15) ? 2 : 1;
        for (std::size_t j = R; j-- > 0;) {
            const std::size_t a = order[j];
            if (s.chance(repeated)) continue; // stride 0
            strides[a] = step;
            step *= n[a] > 0 ? n[a] : 1;
            if (s.chance(0.3)) step += 1 + s.below(5);
            if (s.chance(0.15) && n[a] > 0) {
                first += (n[a] - 1) * strides[a];
                strides[a] = -strides[a];
            }
        }
        size = first + step + 17;
    }
};

// f at every place within `n`, in row-major order.
template <std::size_t R, class F> void everywhere(const std::array<extent, R>& n, F f) {
    for (extent e : n)
        if (e <= 0) return;
    std::array<extent, R> place{};
    for (;;) {
        f(place);
        std::size_t j = R;
        while (j > 0 && ++place[j - 1] == n[j - 1]) place[--j] = 0;
        if (j == 0) return;
    }
}
template <class V, std::size_t R> extent offset_in(const V& strides, const std::array<extent, R>& place) {
    extent o = 0;
    for (std::size_t j = 0; j < R; ++j) o += place[j] * strides[j];
    return o;
}

template <class T, class... Axes> struct input {
    static constexpr std::size_t rank = sizeof...(Axes);
    static constexpr int batch_place = heed::dsl::place_of<heed::dsl::name<batch>, heed::dsl::axes<Axes...>>;
    using shape = std::array<extent, rank>;

    heed::view<const T, Axes...> read; // what the formula sees

    input(source& s, const shape& n, content c) : input(s, n, c, layout<rank>(s, n, s.repeated)) {}

    // The element at the place, marked as read.
    auto operator()(std::convertible_to<extent> auto... at) const {
        const extent o = begin + offset_in(read.strides, shape{at...});
        seen[static_cast<std::size_t>(o)] = true;
        if constexpr (std::is_floating_point_v<T>)
            return exact(static_cast<double>(stored.get()[o]));
        else if constexpr (std::is_same_v<T, bool>)
            return stored.get()[o];
        else
            return static_cast<extent>(stored.get()[o]);
    }
    // Spoils what was not read, and what lies around and between.
    void poison(source& s) {
        if constexpr (std::is_floating_point_v<T>) {
            using limits = std::numeric_limits<T>;
            const T what[] = {limits::quiet_NaN(), limits::infinity(), -limits::infinity(), limits::max()};
            const bool only_nan = s.chance(0.5);
            for (std::size_t j = 0; j < seen.size(); ++j)
                if (!seen[j] && s.chance(s.poisoned)) stored[j] = only_nan ? what[0] : s.one_of(what);
        }
    }
    // Only the batch b, or all of them again.
    void narrow(extent b) {
        if constexpr (batch_place >= 0) {
            read.pointer += b * read.strides[batch_place];
            read.extents[batch_place] = 1;
        }
    }
    void widen() { read = whole; }

private:
    input(source& s, const shape& n, content c, layout<rank> l)
        : stored(new T[static_cast<std::size_t>(l.size)]()),
          seen(static_cast<std::size_t>(l.size)),
          begin(l.first) {
        const extent last = rank > 0 ? n[rank - 1] : 1;
        everywhere(n, [&](const shape& place) {
            stored.get()[begin + offset_in(l.strides, place)] =
                draw(s, c, rank > 0 ? place[rank - 1] : 0, last);
        });
        whole = read = {stored.get() + begin, n, l.strides};
    }
    static T draw(source& s, content c, extent along, extent last) {
        switch (c.kind) {
        case content::conditions:
            return static_cast<T>(s.chance(s.density));
        case content::blocks:
            return static_cast<T>(along * static_cast<extent>(c.high) / last);
        case content::integers:
            return static_cast<T>(static_cast<extent>(c.low) +
                                  s.below(static_cast<extent>(c.high) - static_cast<extent>(c.low) + 1));
        case content::additive:
            if (s.chance(s.forbidden)) return static_cast<T>(-std::numeric_limits<double>::infinity());
            break;
        case content::carried:
            if (s.chance(s.infinite)) return static_cast<T>(std::numeric_limits<double>::infinity());
            break;
        case content::scaled:
            return static_cast<T>((2 * s.uniform() - 1) * static_cast<double>(s.amplitude));
        case content::between:
            break;
        }
        return static_cast<T>(c.low + (c.high - c.low) * s.uniform());
    }

    std::unique_ptr<T[]> stored;
    mutable std::vector<bool> seen;
    extent begin;
    heed::view<const T, Axes...> whole;
};

} // namespace laws
