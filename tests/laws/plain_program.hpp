// SPDX-License-Identifier: BSL-1.0
// The plain program: each row of scores in full, then what is made of it, every number with its bound.
#pragma once

#include "laws/driver.hpp"

namespace laws {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class List, class F>
void each_place(const List& axes, const extents& n, extents& i, F f, std::size_t from = 0) {
    if (from == axes.size()) return f();
    for (i[axes[from]] = 0; i[axes[from]] < n[axes[from]]; ++i[axes[from]])
        each_place(axes, n, i, f, from + 1);
}

// A row of scores: those that are kept, by their places, and what they weigh.
struct row {
    std::vector<extent> places;
    std::vector<real> scores, weights;
    double largest = -infinity, total = 0,
           doubt = 0; // doubt: what errors may do to the total, relative to it
    double count = 0; // how many terms the total has

    double relative() const { return doubt + 4; }
};

// exp(x - shift), the errors of the score alone: those of the shift cancel in what is normalised.
inline real shifted_exp(real x, double shift) {
    const double e = x.value == -infinity ? 0 : std::exp(x.value - shift);
    const double d = e == 0 ? 0 : e * (x.error + 2 * std::abs(x.value - shift) + std::abs(x.value) + 8);
    return {e, d};
}
// The weight of a score and its part of the total.
struct weighed {
    real weight, mass;
};
inline weighed weigh(normalised_by kind, real x, double top) {
    if (kind == normalised_by::softpick) {
        const double shift = std::max(top, 0.);
        const real e = shifted_exp(x, shift), m = shifted_exp(exact(0), shift);
        const real raw = rounded(e.value - m.value, e.error + m.error);
        return {plain::relu(raw), plain::abs(raw)};
    }
    const real w = kind == normalised_by::softmax ? shifted_exp(x, top) : x;
    return {w, w};
}

inline row read_row(formula& f, const extents& n, extents& i) {
    row r;
    // Where weights are made of the scores by their largest, -inf is masked; elsewhere it is a number.
    const bool topped = f.results[0].what < result::sum &&
                        (f.normaliser == normalised_by::softmax || f.normaliser == normalised_by::softpick);
    extent& at = i[f.normalised];
    for (at = 0; at < n[f.normalised]; ++at) {
        if (!f.keeps(i)) continue;
        const real s = f.score(i);
        if (topped && s.value == -infinity) continue;
        r.places.push_back(at), r.scores.push_back(s);
        r.largest = std::max(r.largest, s.value);
    }
    real sink = exact(-infinity);
    if (f.sinks) sink = f.sink(i), r.largest = std::max(r.largest, sink.value);
    double magnitude = 0;
    const auto add = [&](real x) {
        const weighed w = weigh(f.normaliser, x, r.largest);
        r.total += w.mass.value, r.doubt += w.mass.error, r.count += w.mass.value != 0;
        magnitude += std::abs(w.mass.value);
        return w.weight;
    };
    for (const real& s : r.scores) r.weights.push_back(add(s));
    if (r.largest != -infinity && f.sinks) add(sink);
    r.doubt = (r.doubt + plain::of_summing(r.count) * magnitude) / std::abs(r.total);
    if (f.normaliser == normalised_by::nothing) r.total = 1, r.doubt = 0;
    return r;
}

// The sum over the row of weight times f(), which is 0 where there is no weight at all.
template <class F> real weighed_sum(const row& r, extent& at, F f) {
    double sum = 0, magnitude = 0, error = 0;
    for (std::size_t j = 0; j < r.places.size(); ++j) {
        at = r.places[j];
        const real v = f(j);
        const real& w = r.weights[j];
        sum += w.value * v.value;
        magnitude += std::abs(w.value * v.value);
        error += w.error * std::abs(v.value) + std::abs(w.value) * v.error;
    }
    if (r.total == 0 || r.places.empty()) return {};
    return {sum / r.total, (error + magnitude * (plain::of_summing(r.count) + 4)) / std::abs(r.total) +
                               std::abs(sum / r.total) * r.doubt};
}
inline real logsumexp_of(const row& r) {
    if (r.total == 0) return exact(-infinity);
    const double l = r.largest + std::log(r.total);
    return {l, r.doubt + std::abs(r.largest) + std::abs(l) + 4};
}
inline real entropy_of(const row& r, extent& at) {
    if (r.total == 0) return {};
    const real l = logsumexp_of(r), s = weighed_sum(r, at, [&](std::size_t j) { return r.scores[j]; });
    return plain::subtract(l, s);
}

template <class F> real sum_over(const row& r, F f) {
    return plain::sum(static_cast<extent>(r.scores.size()),
                      [&](extent j) { return f(r.scores[static_cast<std::size_t>(j)]); });
}
template <class F> real mean_over(const row& r, F f) {
    return plain::divide(sum_over(r, f), real(static_cast<extent>(r.scores.size())));
}
inline real mean_of(const row& r) {
    return mean_over(r, [](real s) { return s; });
}
// Of what is almost equal the square of an error is more than twice its product with a distance of 0.
inline real variance_of(const row& r, real centre) {
    return mean_over(r, [&](real s) {
        const real distance = plain::subtract(s, centre), square = plain::square(distance);
        return real(square.value, square.error + distance.error * distance.error * 0x1p-24);
    });
}
inline real extreme_of(const row& r, double sign) {
    real most = exact(-infinity);
    double error = 0;
    for (const real& s : r.scores) {
        most.value = std::max(most.value, sign * s.value);
        error = std::max(error, s.error);
    }
    return {sign * most.value, error};
}
// Any place of one that may be the largest with a rounding of `unit` is right: its bound is infinite then.
inline real place_of_largest(const row& r, double unit) {
    if (r.places.empty()) return exact(-1);
    std::size_t best = 0;
    for (std::size_t j = 1; j < r.scores.size(); ++j)
        if (r.scores[j].value > r.scores[best].value) best = j;
    bool sure = true;
    for (std::size_t j = 0; j < r.scores.size(); ++j) {
        const double doubt = unit * (r.scores[j].error + r.scores[best].error);
        if (j != best && doubt > 0 && r.scores[best].value - r.scores[j].value <= doubt) sure = false;
    }
    return {static_cast<double>(r.places[best]), sure ? 0 : infinity};
}

// One step of the running state that the generator writes.
inline real state_after(real state, real score) {
    return plain::add(plain::multiply(state, exact(0.5)), score);
}

// What one result has at the rows' place; results of more axes call `element` for each.
template <class Element>
void write_result(formula& f, std::size_t which, const row& r, const extents& n, extents& i,
                  Element element) {
    extent& at = i[f.normalised];
    const auto each_key = [&](auto value) {
        for (at = 0; at < n[f.normalised]; ++at) element(which) = {};
        for (std::size_t j = 0; j < r.places.size(); ++j) at = r.places[j], element(which) = value(j);
    };
    switch (f.results[which].what) {
    case result::attention:
        return each_place(f.values, n, i, [&] {
            element(which) = f.finish(i, weighed_sum(r, at, [&](std::size_t) { return f.weighed(i); }));
        });
    case result::weights:
        return each_key([&](std::size_t j) {
            const real& w = r.weights[j];
            return r.total == 0 ? real{}
                                : real(w.value / r.total,
                                       (w.error + std::abs(w.value) * r.relative()) / std::abs(r.total));
        });
    case result::layer_norm: {
        const real centre = mean_of(r), factor = plain::rsqrt(plain::add(variance_of(r, centre), 1e-5));
        return each_key(
            [&](std::size_t j) { return plain::multiply(plain::subtract(r.scores[j], centre), factor); });
    }
    case result::rms_norm: {
        const real factor = plain::rsqrt(plain::add(mean_over(r, plain::square), 1e-6));
        return each_key([&](std::size_t j) { return plain::multiply(r.scores[j], factor); });
    }
    case result::logsumexp:
        return void(element(which) = logsumexp_of(r));
    case result::entropy:
        return void(element(which) = entropy_of(r, at));
    case result::sum:
        return void(element(which) = sum_over(r, [](real s) { return s; }));
    case result::mean:
        return void(element(which) = mean_of(r));
    case result::max:
        return void(element(which) = extreme_of(r, 1));
    case result::min:
        return void(element(which) = extreme_of(r, -1));
    case result::argmax:
        return void(element(which) = place_of_largest(r, 2 * f.roundoff));
    case result::variance:
        return void(element(which) = variance_of(r, mean_of(r)));
    case result::running: {
        real state{};
        return each_key([&](std::size_t j) { return state = state_after(state, r.scores[j]); });
    }
    case result::last_state: {
        real state{};
        for (const real& s : r.scores) state = state_after(state, s);
        return void(element(which) = state);
    }
    }
}

inline std::vector<std::vector<real>> plain_program(formula& f, const extents& n) {
    std::vector<std::vector<real>> out;
    for (const result& r : f.results) {
        std::size_t size = 1;
        for (std::size_t j = 0; j < r.rank; ++j) size *= static_cast<std::size_t>(n[r.order[j]]);
        out.emplace_back(size, real{});
    }
    extents i{};
    const auto element = [&](std::size_t which) -> real& {
        const result& r = f.results[which];
        extent at = 0;
        for (std::size_t j = 0; j < r.rank; ++j) at = at * n[r.order[j]] + i[r.order[j]];
        return out[which][static_cast<std::size_t>(at)];
    };
    each_place(f.rows, n, i, [&] {
        const row r = read_row(f, n, i);
        for (std::size_t which = 0; which < f.results.size(); ++which)
            write_result(f, which, r, n, i, element);
    });
    return out;
}

} // namespace laws
