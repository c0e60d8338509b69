// SPDX-License-Identifier: BSL-1.0
// The oracle's normalisers other than softmax, and what is made of softmax, against numbers worked out by hand.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

namespace user {

// Each as normalise<Kind> wants it.
struct softpick {
    static constexpr auto raw(auto score, auto shift) { return exp(score - shift) - exp(-shift); }
    static constexpr auto weight(auto score, auto top) { return relu(raw(score, max(top, 0))); }
    static constexpr auto mass(auto score, auto top) { return abs(raw(score, max(top, 0))); }
    static constexpr auto fade(auto before, auto after) { return exp(max(before, 0) - max(after, 0)); }
    static constexpr auto finish(auto total) { return 1 / total; }
};
// softmax with one more in the denominator.
struct softmax1 {
    static constexpr auto weight(auto score, auto top) { return exp(score - top); }
    static constexpr auto fade(auto before, auto after) { return exp(before - after); }
    static constexpr auto finish(auto total, auto top) { return 1 / (total + exp(-top)); }
};
struct cubes {
    static constexpr auto weight(auto score) { return score * score * score; }
};
struct by_root {
    static constexpr auto weight(auto score) { return score; }
    static constexpr auto mass(auto score) { return square(score); }
    static constexpr auto finish(auto total) { return rsqrt(total); }
};
// Says something else than 0 where there is no total.
struct stubborn : by_root {
    static constexpr auto finish(auto total) { return 7 + 0 * total; }
};
// softmax again, by the rules for everyone.
struct softmax_again {
    static constexpr auto weight(auto score, auto top) { return exp(score - top); }
    static constexpr auto fade(auto before, auto after) { return exp(before - after); }
    static constexpr auto finish(auto total) { return 1 / total; }
};

struct no_weight {
    static constexpr auto mass(auto score) { return score; }
};
struct no_fade {
    static constexpr auto weight(auto score, auto top) { return score - top; }
};
struct with_an_axis {
    static constexpr auto weight(auto score) { return score * position<key>; }
};

static_assert(is_normaliser<softpick> && is_normaliser<softmax1> && is_normaliser<cubes>);
static_assert(!is_normaliser<no_weight> && !is_normaliser<no_fade> && !is_normaliser<with_an_axis> &&
              !is_normaliser<int>);

} // namespace user

namespace {

const auto x = of<double, query<>, key<>>({2, 3}, {1, -2, 3, 0.5, 4, 4});
const auto v = of<double, key<>, value<>>({3, 2}, {1, 10, 2, 20, 3, 30});
constexpr auto upto = causal.top_left;

} // namespace

BOOST_AUTO_TEST_CASE(plain_weights) {
    expect(values(weights(x)), {1, -2, 3, 0.5, 4, 4});
    expect(values(weights(x, upto)), {1, 0, 0, 0.5, 4, 0});
    expect(values(weights<query>(x, drop(position<query> == 1))), {1, -2, 3, 0, 0, 0});
    expect(values(weights(x, temperature(2))), {0.5, -1, 1.5, 0.25, 2, 2});
    expect(values(weights(x, upto) * v), {1, 10, 8.5, 85});
    // What is masked is not looked at, nor the value it would have met; -inf is masked by a mask only.
    const auto odd = of<double, query<>, key<>>({1, 3}, {2, NaN, -inf});
    const auto far = of<double, key<>, value<>>({3, 1}, {3, inf, 1});
    expect(values(weights(odd, keep(position<key> < 1)) * far), {6});
    expect(values(weights(odd, drop(position<key> == 1)) * far), {-inf});
    expect(values(weights(x, keep(false)) * v), {0, 0, 0, 0});
}

BOOST_AUTO_TEST_CASE(weights_by_their_sum) {
    expect(values(normalise(x)), {0.5, -1, 1.5, 0.5 / 8.5, 4 / 8.5, 4 / 8.5});
    expect(values(normalise(x, upto)), {1, 0, 0, 0.5 / 4.5, 4 / 4.5, 0});
    expect(values(normalise<query>(x, keep(x > 0))), {1 / 1.5, 0, 3. / 7, 0.5 / 1.5, 1, 4. / 7});
    expect(values(normalise(x, sink(2))), {0.25, -0.5, 0.75, 0.5 / 10.5, 4 / 10.5, 4 / 10.5});
    // A total of 0, by chance or without keys.
    expect(values(normalise(of<double, key<>>({2}, {1, -1}))), {0, 0});
    expect(values(normalise(x, keep(position<query> == 1)) * v),
           {0, 0, (0.5 + 8 + 12) / 8.5, (5 + 80 + 120) / 8.5}, 1e-14);
}

BOOST_AUTO_TEST_CASE(kinds_of_the_user) {
    expect(values(normalise<user::cubes>(x)), {1, -8, 27, 0.125, 64, 64});
    expect(values(normalise<user::cubes>(x, upto)), {1, 0, 0, 0.125, 64, 0});
    expect(values(normalise<user::by_root>(of<double, key<>>({2}, {3, -4}))), {0.6, -0.8});
    expect(values(normalise<user::stubborn>(of<double, key<>>({2}, {0, 0}))), {0, 0});
    expect(values(normalise<user::stubborn>(of<double, key<>>({2}, {0, 2}))), {0, 14});
    const double e = std::exp(1.), e3 = std::exp(3.), f = 1 - std::exp(-2.);
    const double total = e - 1 + f + e3 - 1;
    expect(values(normalise<user::softpick, key>(select<query>(x, 0))),
           {(e - 1) / total, 0, (e3 - 1) / total});
    expect(values(normalise<user::softpick>(select<query>(x, 0), sink(1))),
           {(e - 1) / (total + e - 1), 0, (e3 - 1) / (total + e - 1)});
    const double sum = 1 + e + std::exp(-2.) + e3;
    expect(values(normalise<user::softmax1>(select<query>(x, 0))), {e / sum, std::exp(-2.) / sum, e3 / sum});
    expect(values(normalise<user::softmax1>(x)), values(softmax(x, sink(0))), 1e-15);
}

BOOST_AUTO_TEST_CASE(kinds_with_a_top_mask_minus_infinity) {
    const auto odd = of<double, query<>, key<>>({3, 3}, {-inf, 1000, 999, -inf, -inf, -inf, NaN, 1, 2});
    const auto far = of<double, key<>, value<>>({3, 1}, {inf, 1, 1});
    const auto again = values(normalise<user::softmax_again>(odd));
    const double part = 1 / (1 + std::exp(-1.));
    expect(again, {0, part, 1 - part, 0, 0, 0, NaN, NaN, NaN}, 1e-15);
    expect(values(softmax(odd)), again, 1e-15);
    expect(values(normalise<user::softmax_again>(odd, drop(position<query> == 2)) * far), {1, 0, 0});
    expect(values(normalise<user::softpick>(odd, drop(position<query> == 2)) * far), {1, 0, 0});
    expect(values(normalise<user::softmax_again>(x, upto, sink(0.25), temperature(0.5))),
           values(softmax(x, upto, sink(0.25), temperature(0.5))), 1e-15);
}

// What is summed before the top is known, faded, is what is summed with it.
template <class Kind> void check_fade() {
    for (const double s : {-3., 0., 0.7})
        for (const double before : {0.7, 1.5})
            for (const double after : {1.5, 40.}) {
                const auto number = [](const auto& tree, double a, double b) {
                    return static_cast<double>(dsl::kind_value<double>(tree, a, b));
                };
                const double faded = number(dsl::fade_of<Kind>(), before, after);
                BOOST_TEST(std::fabs(number(dsl::weight_of<Kind>(), s, before) * faded -
                                     number(dsl::weight_of<Kind>(), s, after)) <= 1e-15);
                BOOST_TEST(std::fabs(number(dsl::mass_of<Kind>(), s, before) * faded -
                                     number(dsl::mass_of<Kind>(), s, after)) <= 1e-15);
            }
}
BOOST_AUTO_TEST_CASE(fades) {
    check_fade<dsl::softmax_kind>();
    check_fade<user::softpick>();
    check_fade<user::softmax1>();
}

BOOST_AUTO_TEST_CASE(entropies) {
    const auto two = of<double, key<>>({3}, {5, 5, -inf});
    expect(values(entropy(two)), {std::log(2.)});
    expect(values(entropy(two, keep(position<key> == 1))), {0});
    expect(values(entropy(two, keep(false))), {0});
    expect(values(entropy(of<double, query<>, key<>>({1, 2}, {-inf, -inf}))), {0});
    expect(values(entropy(of<double, key<>>({2}, {NaN, 0}))), {NaN});
    expect(values(entropy(of<double, key<>>({2}, {NaN, 0}), keep(position<key> == 1))), {0});
    // A sink is one more key, also one of weight 0.
    expect(values(entropy(two, sink(5))), {std::log(3.)}, 1e-14);
    expect(values(entropy(two, sink(-inf))), {std::log(2.)});
    const auto by_definition = [](const list& w) {
        double h = 0;
        for (const double y : w) h -= y == 0 ? 0 : y * std::log(y);
        return h;
    };
    for (const int q : {0, 1}) {
        const auto row = select<query>(x, q);
        expect(values(entropy(row, temperature(3))), {by_definition(values(softmax(row, temperature(3))))},
               1e-14);
    }
    expect(values(entropy<query>(of<double, query<>, key<>>({2, 2}, {0, 3, 0, 3}))),
           {std::log(2.), std::log(2.)}, 1e-15);
}

// "How much weight a key received" needs no function of its own.
BOOST_AUTO_TEST_CASE(weight_that_a_key_received) {
    const auto same_scores = of<double, query<>, key<>>({2, 2}, {1, 1, 7, 7});
    expect(values(sum<query>(softmax<key>(same_scores, upto))), {1.5, 0.5});
}
