// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Scores that are no products: which axes have which role, and arrays that lie anyhow.
#include "loop/tiles.hpp"

namespace {

using namespace tiles;

BOOST_FIXTURE_TEST_CASE(several_axes, fixture) {
    const auto a = numbers<float, head<>, query<>, part<>, feature<>>({2, 11, 3, 7}, 1);
    const auto b = numbers<float, head<>, key<>, feature<>, part<>>({2, 70, 7, 3}, 2);
    const auto x = numbers<float, head<>, key<>, value<>>({2, 70, 5}, 3);
    const auto c = numbers<float, part<>, feature<>>({3, 7}, 4);
    check_one_loop(attended(-sum<part>(sum<feature>(square(a - b))) / 2, x));
    check_one_loop(attended(max<feature>(max<part>(a - b)), x));
    check_one_loop(attended(dot<part, feature>(c, tanh(a + b)), x));
    // A sum of maxima needs the maxima first.
    check_values(attended(sum<part>(max<feature>(a - b)), x));
}
BOOST_FIXTURE_TEST_CASE(other_roles_of_axes, fixture) {
    // Keys that heads share, queries in groups, queries that are one, a score for each head, and each for itself.
    check_one_loop(attended(-sum<feature>(square(q - select<head>(k, 1))), v));
    const auto grouped = numbers<float, group<>, head<>, query<>, feature<>>({2, 3, 9, 21}, 8);
    check_one_loop(attended(-sum<feature>(square(grouped - k)), v));
    const auto one = select<query>(q, 5);
    check_one_loop(attended(-sum<feature>(square(one - k)), v));
    check_one_loop(
        attended(-sum<feature>(square(select<head>(one, 2) - select<head>(k, 1))), select<head>(v, 0)));
    check_one_loop(
        attended(dot<feature>(w, tanh(select<head>(one, 2) + select<head>(k, 1))), select<head>(v, 0)));
    const auto each = numbers<float, query<>, key<>, feature<>>({37, 301, 21}, 9);
    check_one_loop(attended(sum<feature>(tanh(each + q)), v));
    check_one_loop(attended(-sum<feature>(square(hadamard(each, q - k))), v));
}
BOOST_FIXTURE_TEST_CASE(any_strides, fixture) {
    // Backwards, every second, all alike, and features that are not next to each other.
    const view<const float, head<>, query<>, feature<>> back(&q(2, 36, 20), {3, 37, 21}, {-777, -21, -1});
    const view<const float, head<>, key<>, feature<>> second(k.data(), {3, 150, 10}, {6321, 42, 2});
    const view<const float, head<>, key<>, value<>> values(v.data(), {3, 150, 19}, {5719, 19, 1});
    const view<const float, feature<>> same(w.data(), {10}, {0});
    const auto few = slice<feature>(back, 3, 13);
    check_one_loop(attended(-sum<feature>(square(few - second)), values));
    check_one_loop(attended(dot<feature>(same, tanh(few + second)), values));
    const view<const float, head<>, key<>, feature<>> across(k.data(), {3, 150, 10}, {1, 3, 450});
    check_one_loop(attended(-sum<feature>(square(few - across)), values));
    const auto tokens = numbers<float, query<>, feature<>>({70, 13}, 3);
    const auto others = relabel<query, key>(tokens);
    check_one_loop(attended(-sum<feature>(square(tokens - others)), others));
}
BOOST_AUTO_TEST_CASE(storage) {
    const arrays x(2, 9, 70, 16, 8);
    auto q = tensor<bf16, head<>, query<>, feature<>>(2, 9, 16);
    auto k = tensor<f16, head<>, key<>, feature<>>(2, 70, 16);
    for (extent i = 0; i < q.size(); ++i) q.data()[i] = static_cast<bf16>(x.q.data()[i]);
    for (extent i = 0; i < k.size(); ++i) k.data()[i] = static_cast<f16>(x.k.data()[i]);
    check_one_loop(attended(-sum<feature>(square(q - k)), x.v));
}
// One head alone and in a batch: the same bits.
BOOST_FIXTURE_TEST_CASE(alone_as_among_others, fixture) {
    const auto formula = [&](const auto& a, const auto& b, const auto& c) {
        return evaluate(attended(dot<feature>(w, tanh(a + b)) - sum<feature>(square(a - b)) / 2, c));
    };
    const tensor all = formula(q, k, v),
                 one = formula(slice<head>(q, 1, 2), slice<head>(k, 1, 2), slice<head>(v, 1, 2));
    for (extent r = 0; r < 37; ++r)
        for (extent c = 0; c < 19; ++c) BOOST_TEST(all(1, r, c) == one(0, r, c));
}

} // namespace
