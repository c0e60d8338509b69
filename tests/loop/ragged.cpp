// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Sequences of different lengths packed behind one another: by segments, by offsets and as a batch of look-ups each
// gives what every sequence gives alone, and tiles between sequences are skipped.
#include <cmath>
#include <cstdint>
#include <string>

#include <heed.hpp>
#include <heed/explain.hpp>
#include <heed/ragged.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct sequence : axis<N> {};
template <extent N = dynamic> struct boundary : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

unsigned seed = 1;
template <class Tensor> void fill(Tensor& t) {
    for (auto& x : t)
        x = static_cast<float>(static_cast<int>(seed = seed * 1664525u + 1013904223u) >> 8) / 8388608.f;
}
template <class A, class B> double distance(const A& a, const B& b) {
    double worst = a.size() == b.size() ? 0 : NAN;
    for (extent i = 0; i < a.size() && worst == worst; ++i) {
        const double x = static_cast<double>(a.data()[i]), y = static_cast<double>(b.data()[i]);
        worst = x == y ? worst : x != x || y != y ? NAN : std::fmax(worst, std::abs(x - y));
    }
    return worst;
}

template <class I> struct packed {
    tensor<I, boundary<>> offsets;
    tensor<float, head<2>, query<>, feature<16>> q;
    tensor<float, head<2>, key<>, feature<16>> k, v;
    explicit packed(std::vector<extent> lengths)
        : offsets(with_sums(lengths)), q(total()), k(total()), v(total()) {
        fill(q), fill(k), fill(v);
    }
    static tensor<I, boundary<>> with_sums(const std::vector<extent>& lengths) {
        tensor<I, boundary<>> sums(static_cast<extent>(lengths.size()) + 1);
        for (extent i = 1; i < sums.size(); ++i)
            sums(i) = static_cast<I>(sums(i - 1) + static_cast<I>(lengths[static_cast<std::size_t>(i - 1)]));
        return sums;
    }
    extent total() const { return static_cast<extent>(offsets(offsets.size() - 1)); }
    extent count() const { return offsets.size() - 1; }
    extent start(extent s) const { return static_cast<extent>(offsets(s)); }
    auto alone(extent s) const {
        const extent a = start(s), b = start(s + 1);
        return evaluate(softmax(slice<query>(q, a, b) * transpose(slice<key>(k, a, b)), causal.top_left) *
                        slice<key>(v, a, b));
    }
    template <class O> double worst(const O& o) const {
        double most = 0;
        for (extent s = 0; s < count(); ++s)
            most =
                std::fmax(most, distance(alone(s), evaluate(slice<query>(o, start(s), start(s + 1)) * 1.f)));
        return most;
    }
};

// `of 24 tiles: 8 skipped, 12 with the mask, 4 without`, and the tiles' sizes.
struct counts {
    extent tiles = 0, skipped = 0, rows = 0, keys = 0;
    explicit counts(const std::string& text) {
        const auto number = [&](const char* before) {
            const auto at = text.find(before);
            BOOST_TEST_REQUIRE(at != std::string::npos, before << " is not in\n" << text);
            return static_cast<extent>(std::stol(text.substr(at + std::string(before).size())));
        };
        const auto size = [&](const char* axis) {
            const auto at = text.find(axis);
            const auto tile = text.find("in tiles of ", at);
            BOOST_TEST_REQUIRE(tile != std::string::npos);
            return static_cast<extent>(std::stol(text.substr(tile + 12)));
        };
        tiles = number("of "),
        tiles = static_cast<extent>(std::stol(text.substr(text.find("of ", text.find("skip a tile")) + 3)));
        skipped = number("tiles: ");
        rows = size("query ("), keys = size("for key (");
    }
};

template <class I> void check_packed(const std::vector<extent>& lengths) {
    const packed<I> all(lengths);
    const auto segment = segments<query>(all.offsets);
    BOOST_TEST_REQUIRE(segment.size() == all.total());
    const auto scores = all.q * transpose(all.k);
    const auto by_segment = softmax(scores, same(segment), causal) * all.v;
    const auto by_offset =
        softmax(scores, keep(position<key> >= gather<boundary>(all.offsets, segment)), causal) * all.v;
    static_assert(plan_of<decltype(by_offset)>::loops == 1);
    for (const instruction_set set : available_instruction_sets()) {
        BOOST_TEST(all.worst(evaluate(by_segment, instructions(set))) < 2e-6);
        BOOST_TEST(all.worst(evaluate(by_offset, instructions(set))) < 2e-6);
    }
    BOOST_TEST(distance(evaluate(by_segment, reference), evaluate(by_offset, reference)) == 0);

    // A sequence is an entry of a batch, whose keys are looked up from its offset on; the longest says how many.
    extent longest = 0;
    for (extent n : lengths) longest = n > longest ? n : longest;
    if (all.total() == 0) return;
    const auto start = gather<boundary>(all.offsets, range<sequence>(all.count()));
    const auto length = gather<boundary>(all.offsets, position<sequence> + 1) - start;
    const auto token = [&]<class Axis>(const Axis& index) { return min(start + index, all.total() - 1); };
    const auto q = gather<query>(all.q, token(range<query>(longest)));
    const auto k = gather<key>(all.k, token(range<key>(longest)));
    const auto v = gather<key>(all.v, token(range<key>(longest)));
    const auto as_batch = dot<key>(
        softmax<key>(dot<feature>(q, k), padding(length), keep(position<key> <= position<query>)), v);
    static_assert(plan_of<decltype(as_batch)>::loops == 1);
    const tensor o = evaluate(as_batch);
    for (extent s = 0; s < all.count(); ++s) {
        const auto one = select<sequence>(slice<query>(o, 0, lengths[static_cast<std::size_t>(s)]), s);
        BOOST_TEST(distance(all.alone(s), evaluate(one * 1.f)) < 2e-6);
    }
}
BOOST_AUTO_TEST_CASE(as_each_alone) {
    check_packed<int>({5, 1, 0, 40, 13});
    check_packed<std::int64_t>({300, 7, 150, 0});
    check_packed<int>({});
    check_packed<int>({0, 0});
    check_packed<std::int32_t>({2});
}

BOOST_AUTO_TEST_CASE(other_sequences_are_skipped) {
    const packed<std::int64_t> all({700, 3, 500, 129, 716});
    const auto segment = segments<query>(all.offsets);
    const auto scores = all.q * transpose(all.k);
    const auto start = gather<boundary>(all.offsets, segment);
    const counts by_segment(explain(softmax(scores, same(segment), causal) * all.v)),
        by_offset(explain(softmax(scores, keep(position<key> >= start), causal) * all.v));
    // Tiles in which no query sees a key.
    extent empty = 0;
    for (extent first = 0; first < all.total(); first += by_segment.rows)
        for (extent k = 0; k < all.total(); k += by_segment.keys) {
            bool none = true;
            for (extent i = first; i < std::min(first + by_segment.rows, all.total()); ++i)
                none = none && !(k <= i && k + by_segment.keys > all.start(segment(i)));
            empty += none;
        }
    BOOST_TEST(empty > 0);
    BOOST_TEST(by_segment.skipped == 2 * empty); // of two heads
    BOOST_TEST(by_offset.skipped == 2 * empty);
    BOOST_TEST(by_offset.tiles == by_segment.tiles);
}

// New tokens of several sequences, each with its own past: the last of its keys are its queries.
BOOST_AUTO_TEST_CASE(each_with_its_own_past) {
    const packed<int> keys({40, 9, 120}), queries({1, 9, 30});
    const tensor sq = segments<query>(queries.offsets);
    const tensor sk = segments<key>(keys.offsets);
    const auto from_end_q = position<query> - gather<boundary>(queries.offsets, sq + 1);
    const auto from_end_k = position<key> - gather<boundary>(keys.offsets, sk + 1);
    const tensor o =
        evaluate(softmax(queries.q * transpose(keys.k), keep(sq == sk && from_end_k <= from_end_q)) * keys.v);
    for (extent s = 0; s < 3; ++s) {
        const auto q = slice<query>(queries.q, queries.start(s), queries.start(s + 1));
        const auto k = slice<key>(keys.k, keys.start(s), keys.start(s + 1));
        const auto v = slice<key>(keys.v, keys.start(s), keys.start(s + 1));
        const tensor alone = evaluate(softmax(q * transpose(k), causal.bottom_right) * v);
        BOOST_TEST(distance(alone, evaluate(slice<query>(o, queries.start(s), queries.start(s + 1)) * 1.f)) <
                   2e-6);
    }
}

BOOST_AUTO_TEST_CASE(offsets_in_order) {
    const auto fails = [](std::vector<int> offsets, const std::string& part) {
        BOOST_CHECK_EXCEPTION(segments<query>(offsets), shape_error, [&](const shape_error& e) {
            BOOST_TEST_MESSAGE(e.what());
            return std::string(e.what()).find(part) != std::string::npos;
        });
    };
    fails({1, 2}, "number 0 is 1");
    fails({0, 5, 4}, "number 2 is 4 after 5");
    BOOST_TEST(segments<query>(std::vector<int>{0}).size() == 0);
    BOOST_TEST(segments<query>(std::vector<int>{}).size() == 0);
}

} // namespace
