// SPDX-License-Identifier: BSL-1.0
// Runs one random formula: what differs between formulas is here, behind a virtual interface, so that the trials
// themselves (driver.cpp) are compiled once. The laws, for random extents, strides, alignments and contents:
//
//   the oracle `evaluate(e, reference)` equals the plain program, which was written along with the formula;
//   the fused loop equals the oracle for every instruction set, within twice the bound that the plain program
//     carries along with its values (see real.hpp);
//   and bitwise itself: for 1, 2 and 3 threads, evaluated or evaluated into, whatever the strides of the output, and
//     for one batch alone (but not where batch is the last axis of the rows, which is where the language has the query);
//   NaN and infinity that the plain program does not read change nothing, nothing around an output is written, and a
//     formula for which the generator promises it is one loop.
#pragma once

#include <optional>
#include <string>
#include <tuple>

#include "laws/input.hpp"
#include "laws/report.hpp"
#include "support/threads.hpp"

namespace laws {

template <class... Shapes> struct list {};

// What makes weights of scores: softmax, nothing, their sum, or a kind of the user's.
enum class normalised_by { softmax, nothing, sum, softpick };
struct softpick {
    static constexpr auto raw(auto score, auto shift) { return exp(score - shift) - exp(-shift); }
    static constexpr auto weight(auto score, auto top) { return relu(raw(score, max(top, 0))); }
    static constexpr auto mass(auto score, auto top) { return abs(raw(score, max(top, 0))); }
    static constexpr auto fade(auto before, auto after) { return exp(max(before, 0) - max(after, 0)); }
    static constexpr auto finish(auto total) { return 1 / total; }
};

struct result {
    enum {
        attention,
        logsumexp,
        weights,
        entropy,
        sum,
        mean,
        max,
        min,
        argmax,
        variance,
        layer_norm,
        rms_norm,
        running,
        last_state
    } what;
    std::size_t rank = 0;
    of::axis order[of::count] = {};
};

// The elements of one result in row-major order, and whether all around them was left alone.
struct written {
    std::vector<double> elements;
    bool intact = true;
};

struct formula {
    int number = 0, loops = 0;
    const char* text = "";
    double roundoff = 0;
    bool one_loop = false, sinks = false, batched = false;
    of::axis normalised{};
    normalised_by normaliser{};
    std::vector<of::axis> rows, values;
    std::vector<result> results;

    virtual ~formula() = default;
    virtual void settle(extents&) = 0;
    virtual void make(source&, const extents&) = 0;
    virtual void poison(source&) = 0;
    virtual void narrow(extent) = 0;
    virtual void widen() = 0;
    virtual bool keeps(const extents&) = 0;
    virtual real score(const extents&) = 0;
    virtual real sink(const extents&) = 0;
    virtual real weighed(const extents&) = 0;
    virtual real finish(const extents&, real) = 0;
    virtual std::vector<written> oracle() = 0;
    virtual std::vector<written> returned(heed::instruction_set, std::size_t threads) = 0;
    virtual std::vector<written> into(source&, heed::instruction_set, std::size_t threads) = 0;
};
void check(formula&, report&, std::uint64_t seed);

// An output with random strides, amid numbers that must stay as they are.
template <class T, class Shape> struct target;
template <class T, class... Axes> struct target<T, heed::dsl::axes<Axes...>> {
    static constexpr std::size_t rank = sizeof...(Axes);
    static constexpr T around = static_cast<T>(-12345.5);
    std::array<extent, rank> shape;
    layout<rank> place;
    std::vector<T> stored;
    heed::view<T, Axes...> view;

    target(source& s, std::array<extent, rank> n)
        : shape(n),
          place(s, n, 0),
          stored(static_cast<std::size_t>(place.size), around),
          view(stored.data() + place.first, n, place.strides) {}
    written read() {
        written w;
        everywhere(shape, [&](const auto& at) {
            T& x = stored[static_cast<std::size_t>(place.first + offset_in(place.strides, at))];
            w.elements.push_back(static_cast<double>(x));
            x = around;
        });
        for (T x : stored) w.intact = w.intact && x == around;
        return w;
    }
};

template <class Tensor> written read(const Tensor& t) {
    written w;
    for (auto x : t) w.elements.push_back(static_cast<double>(x));
    return w;
}
template <class... Tensor> std::vector<written> read_all(const std::tuple<Tensor...>& all) {
    return std::apply([](const auto&... t) { return std::vector<written>{read(t)...}; }, all);
}
template <class Tensor> std::vector<written> read_all(const Tensor& t) { return {read(t)}; }

template <class E> struct shapes_of {
    using type = list<typename E::shape_t>;
};
template <class... E> struct shapes_of<heed::dsl::several<E...>> {
    using type = list<typename E::shape_t...>;
};

template <class Kind> struct formula_of final : formula {
    using expression = decltype(Kind::formula(std::declval<const typename Kind::inputs&>(), extents{}));
    static_assert(std::is_same_v<typename shapes_of<expression>::type, typename Kind::shapes>);
    using element = typename Kind::element;
    std::optional<typename Kind::inputs> in;
    extents n{};
    extent batches = 0;

    formula_of() {
        number = Kind::number;
        text = Kind::text;
        roundoff = static_cast<double>(std::numeric_limits<element>::epsilon()) / 2;
        loops = heed::plan_of<expression>::loops;
        one_loop = Kind::one_loop;
        sinks = Kind::sinks;
        normalised = Kind::normalised;
        normaliser = Kind::normaliser;
        rows.assign(Kind::rows.begin(), Kind::rows.end());
        values.assign(Kind::values.begin(), Kind::values.end());
        results.assign(Kind::results.begin(), Kind::results.end());
    }
    void settle(extents& m) override { Kind::settle(m); }
    void make(source& s, const extents& m) override {
        n = m;
        batches = n[of::batch];
        in.emplace(s, n);
        for_each([&](auto& x) { batched = batched || (x.batch_place >= 0 && !Kind::batch_is_query); });
    }
    void poison(source& s) override {
        for_each([&](auto& x) { x.poison(s); });
    }
    void narrow(extent b) override {
        n[of::batch] = 1;
        for_each([&](auto& x) { x.narrow(b); });
    }
    void widen() override {
        n[of::batch] = batches;
        for_each([&](auto& x) { x.widen(); });
    }
    bool keeps(const extents& i) override { return Kind::keeps_at(*in, n, i); }
    real score(const extents& i) override { return Kind::score_at(*in, n, i); }
    real sink(const extents& i) override { return Kind::sink_at(*in, n, i); }
    real weighed(const extents& i) override { return Kind::weighed_at(*in, n, i); }
    real finish(const extents& i, real o) override { return Kind::finish_at(*in, n, i, o); }

    std::vector<written> oracle() override { return read_all(heed::evaluate(now(), heed::reference)); }
    std::vector<written> returned(heed::instruction_set set, std::size_t threads) override {
        return read_all(
            heed::evaluate(now(), heed::on(heed_tests::threads{threads}), heed::instructions(set)));
    }
    std::vector<written> into(source& s, heed::instruction_set set, std::size_t threads) override {
        return into_targets(s, set, threads, typename Kind::shapes{},
                            std::make_index_sequence<Kind::results.size()>{});
    }

private:
    expression now() { return Kind::formula(*in, n); }
    template <class F> void for_each(F f) {
        std::apply([&](auto&... x) { (f(x), ...); }, in->all());
    }
    template <class Shape> auto extents_of(std::size_t which) {
        std::array<extent, static_cast<std::size_t>(Shape::rank)> shape{};
        for (std::size_t j = 0; j < shape.size(); ++j) shape[j] = n[results[which].order[j]];
        return shape;
    }
    template <class... Shape, std::size_t... Which>
    std::vector<written> into_targets(source& s, heed::instruction_set set, std::size_t threads,
                                      list<Shape...>, std::index_sequence<Which...>) {
        // Braces, as their elements are made from left to right.
        std::tuple<target<element, Shape>...> out{target<element, Shape>(s, extents_of<Shape>(Which))...};
        return std::apply(
            [&](auto&... t) {
                const heed_tests::threads executor{threads};
                if constexpr (sizeof...(t) == 1)
                    heed::evaluate_into((t.view, ...), now(), heed::on(executor), heed::instructions(set));
                else
                    heed::evaluate_into(std::tie(t.view...), now(), heed::on(executor),
                                        heed::instructions(set));
                return std::vector<written>{t.read()...};
            },
            out);
    }
};

template <class Kind> void check(report& r, std::uint64_t seed) {
    formula_of<Kind> f;
    check(f, r, seed);
}

} // namespace laws
