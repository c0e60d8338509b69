// SPDX-License-Identifier: BSL-1.0
// suites: formulas, race
// Few rows with many keys: the keys are in parts, which are joined. What comes out is what the oracle has, whatever the
// threads, and does not depend on how many rows share the keys.
#include <boost/test/unit_test.hpp>

#include <cstring>

#include "loop/by_hand.hpp"
#include "support/threads.hpp"

using namespace by_hand;

namespace {

struct softmax1 {
    static constexpr auto weight(auto score, auto top) { return exp(score - top); }
    static constexpr auto fade(auto before, auto after) { return exp(before - after); }
    static constexpr auto finish(auto total, auto top) { return 1 / (total + exp(-top)); }
};

struct fixture {
    tensor<float, head<>, query<>, feature<>> q = some<float, head<>, query<>, feature<>>({2, 3, 16}, 0.1);
    tensor<float, head<>, key<>, feature<>> k = some<float, head<>, key<>, feature<>>({2, 4001, 16}, 0.2);
    tensor<float, head<>, key<>, value<>> v = some<float, head<>, key<>, value<>>({2, 4001, 19}, 0.3);
    tensor<float, head<>> sinks = some<float, head<>>({2}, 0.4);
    auto scores() const { return q * transpose(k); }
};

void expect_close(const list& x, const list& exact, instruction_set set) {
    double largest = 1;
    for (const double y : exact)
        if (std::isfinite(y)) largest = std::fmax(largest, std::fabs(y));
    BOOST_TEST_CONTEXT(to_string(set)) expect(x, exact, 1e-5 * largest);
}
template <class E> void expect_as_oracle(const E& e) {
    const list exact = values(e);
    for (const instruction_set set : available_instruction_sets()) {
        const auto result = evaluate(e, instructions(set));
        expect_close({result.begin(), result.end()}, exact, set);
        const auto shared = evaluate(e, instructions(set), on(heed_tests::threads{3}));
        BOOST_TEST(std::memcmp(result.data(), shared.data(),
                               sizeof(*result.data()) * static_cast<std::size_t>(result.size())) == 0);
    }
}

} // namespace

BOOST_FIXTURE_TEST_CASE(softmax_of_many_keys, fixture) {
    expect_as_oracle(softmax(scores()) * v);
    expect_as_oracle(softmax(20.f * scores(),
                             keep(position<key> >= 1500 && position<key> < 3000 + position<query>),
                             sink(sinks)) *
                     v);
    expect_as_oracle(
        logsumexp(scores(), keep(position<key> < 700 * position<query>))); // no key for the first row
    expect_as_oracle(entropy(scores()));
}
BOOST_FIXTURE_TEST_CASE(other_normalisers, fixture) {
    expect_as_oracle(sigmoid(scores() - 5.f) * v);
    expect_as_oracle(normalise<softmax1>(scores() + position<key> * 0.01f) *
                     v); // the largest is in the last part
    expect_as_oracle(normalise<softmax1>(scores() - position<key> * 0.01f, keep(position<key> > 2000)) * v);
    expect_as_oracle((softmax(scores()) - 0.5f * softmax(2.f * scores())) * v);
}
BOOST_FIXTURE_TEST_CASE(reductions, fixture) {
    q(0, 0, 0) = std::numeric_limits<float>::quiet_NaN();
    expect_as_oracle(max<key>(scores()));
    expect_as_oracle(min<key>(scores(), keep(position<key> > 3900)));
    expect_as_oracle(mean<key>(scores(), keep(position<key> % 2 == 0)));
    expect_as_oracle(argmax<key>(scores()));
    expect_as_oracle(argmax<key>(0.f * scores() + position<key> / 2000)); // of equal ones the first
}
BOOST_FIXTURE_TEST_CASE(what_is_not_finite, fixture) {
    k(0, 2500, 1) = std::numeric_limits<float>::quiet_NaN();
    v(1, 3000, 2) = std::numeric_limits<float>::infinity();
    expect_as_oracle(softmax(scores()) * v);
    expect_as_oracle(softmax(scores(), drop(position<key> == 2500 || position<key> == 3000)) * v);
}
// The rows of a batch that shares its keys.
BOOST_AUTO_TEST_CASE(alone_as_with_others) {
    const auto q = some<float, batch<>, query<1>, feature<>>({40, 1, 16}, 0.1);
    const auto k = some<float, key<>, feature<>>({5000, 16}, 0.2);
    const auto v = some<float, key<>, value<>>({5000, 16}, 0.3);
    const auto attend = [&](const auto& rows) { return softmax<key>(dot<feature>(rows, k)) * v; };
    const auto all = evaluate(attend(q));
    for (const extent b : {0, 7, 39}) {
        const auto one = evaluate(attend(slice<batch>(q, b, b + 1)));
        BOOST_TEST(std::memcmp(one.data(), all.data() + b * 16, 16 * sizeof(float)) == 0);
    }
}
