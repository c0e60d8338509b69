// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Views at the leaves: what a leaf is seen as, and where a view has to stay.
#include <boost/test/unit_test.hpp>

#include "expr/axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;
using dsl::child;
using dsl::child_t;
using dsl::kind;
using dsl::name;
using dsl::push_views;

namespace {

template <class T, class Expected> constexpr bool is_a(const Expected&) {
    return std::is_same_v<T, Expected>;
}
template <class E> constexpr bool stays = dsl::what<E> == dsl::is::view;

tensor<float, head<2>, query<>, feature<4>> q(3);
tensor<float, head<2>, key<>, feature<4>> k(5);
tensor<float, head<2>> s;
tensor<float, offset<>> table(9);

using view_q = view<const float, head<2>, query<>, feature<4>>;
using view_k = view<const float, head<2>, key<>, feature<4>>;

} // namespace

BOOST_AUTO_TEST_CASE(leaves_are_read_in_place) {
    const auto moved = push_views(tensor<float, head<2>>() + 1.f);
    static_assert(
        std::is_same_v<child_t<0, std::remove_cvref_t<decltype(moved)>>, view<const float, head<2>>>);
    const auto seen = push_views(dsl::as_node(q));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(seen)>, view_q>);
    BOOST_TEST(seen.pointer == q.data());
    // A symbol is an array that is not there yet.
    const symbol<"S", float, head<2>> S;
    static_assert(is_a<view<const float, head<2>>>(decltype(push_views(S)){}));
    BOOST_TEST(push_views(S).pointer == nullptr);
}

BOOST_AUTO_TEST_CASE(transpose_is_nothing) {
    static_assert(is_a<view_k>(decltype(push_views(transpose(k))){}));
    const auto e = push_views(q * transpose(k));
    static_assert(std::is_same_v<child_t<1, std::remove_cvref_t<decltype(e)>>, view_k>);
    static_assert(has_axes<decltype(e), head<2>, query<>, key<>>);
    BOOST_TEST(child<1>(e).pointer == k.data());
}

BOOST_AUTO_TEST_CASE(relabel_renames) {
    const auto leaf = push_views(relabel<query, key>(q));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(leaf)>, view_k>);
    BOOST_TEST(leaf.pointer == q.data());
    BOOST_TEST(leaf.strides == q.reader().strides, boost::test_tools::per_element());
    BOOST_TEST(leaf.extent_at(1) == 3);

    // In maps, in positions, in the axes of a sum's result, in what a normaliser is along.
    const auto map = push_views(relabel<query, key>(tanh(q) + position<query>));
    using map_t = std::remove_cvref_t<decltype(map)>;
    static_assert(has_axes<map_t, head<2>, key<>, feature<4>>);
    static_assert(std::is_same_v<child_t<1, map_t>, dsl::position_of<name<key>>>);
    const auto product = push_views(relabel<query, token>(q * transpose(k)));
    static_assert(has_axes<decltype(product), head<2>, token<>, key<>>);
    const auto weights = push_views(relabel<key, token>(softmax(q * transpose(k), causal)));
    using weights_t = std::remove_cvref_t<decltype(weights)>;
    static_assert(dsl::what<weights_t> == dsl::is::normaliser);
    static_assert(std::is_same_v<weights_t::over_t, dsl::names<name<token>>>);
    static_assert(has_axes<weights_t, head<2>, query<>, token<>>);
    using corner_t = child_t<1, child_t<1, child_t<1, weights_t>>>;
    static_assert(std::is_same_v<corner_t, dsl::corner_offset<name<token>, name<query>, dsl::corner::same>>);
}

BOOST_AUTO_TEST_CASE(select_takes_one_index) {
    const auto leaf = push_views(select<query>(q, 2));
    static_assert(
        std::is_same_v<std::remove_cvref_t<decltype(leaf)>, view<const float, head<2>, feature<4>>>);
    BOOST_TEST(leaf.pointer == &q(0, 2, 0));
    BOOST_TEST(leaf.stride_at(0) == 12);
    BOOST_TEST(leaf.stride_at(1) == 1);
    const auto e = push_views(select<head>(s + position<head> * 10, 1));
    BOOST_TEST(child<0>(e).pointer == s.data() + 1);
    BOOST_TEST(child<0>(child<1>(e)).value == 1);
    // What does not have the axis is left alone.
    const auto other = push_views(select<query>(q + s, 1));
    static_assert(
        std::is_same_v<child_t<1, std::remove_cvref_t<decltype(other)>>, view<const float, head<2>>>);
}

BOOST_AUTO_TEST_CASE(slice_takes_a_range) {
    const auto leaf = push_views(slice<query>(q, 1, 3));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(leaf)>, view_q>);
    BOOST_TEST(leaf.pointer == &q(0, 1, 0));
    BOOST_TEST(leaf.extent_at(1) == 2);
    // The static extent is no longer known.
    static_assert(
        is_a<view<const float, head<>, query<>, feature<4>>>(decltype(push_views(slice<head>(q, 0, 1))){}));
    const auto e = push_views(slice<query>(q + position<query>, 1, 3));
    using moved = dsl::map<dsl::op::add, dsl::position_of<name<query>>, dsl::number<kind::integer>>;
    static_assert(std::is_same_v<child_t<1, std::remove_cvref_t<decltype(e)>>, moved>);
    BOOST_TEST(child<1>(child<1>(e)).value == 1);
}

BOOST_AUTO_TEST_CASE(views_of_views) {
    const auto e = push_views(select<query>(relabel<key, query>(transpose(slice<key>(k, 2, 5))), 1));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(e)>, view<const float, head<2>, feature<4>>>);
    BOOST_TEST(e.pointer == &k(0, 3, 0));
}

BOOST_AUTO_TEST_CASE(where_a_view_stays) {
    // The new name is summed over inside.
    static_assert(stays<decltype(push_views(relabel<query, feature>(q * transpose(k))))>);
    static_assert(stays<decltype(push_views(relabel<head, query>(sum<query>(q))))>);
    // What is cut is what is normalised.
    static_assert(stays<decltype(push_views(slice<key>(softmax(q * transpose(k)), 0, 2)))>);
    static_assert(stays<decltype(push_views(select<key>(softmax(q * transpose(k)), 0)))>);
    static_assert(!stays<decltype(push_views(slice<query>(softmax(q * transpose(k)), 0, 2)))>);
    // What is cut is what a corner measures.
    static_assert(
        stays<decltype(push_views(slice<query>(softmax(q * transpose(k), causal.bottom_right), 0, 2)))>);
    static_assert(
        !stays<decltype(push_views(relabel<query, token>(softmax(q * transpose(k), causal.bottom_right))))>);
    // What is looked up.
    static_assert(stays<decltype(push_views(slice<offset>(gather<offset>(table, position<offset>), 0, 2)))>);
    // Cutting an axis that is not summed over moves through a sum.
    const auto e = push_views(slice<query>(q * transpose(k), 1, 3));
    BOOST_TEST(child<0>(e).pointer == &q(0, 1, 0));
    BOOST_TEST(child<1>(e).pointer == k.data());
}

BOOST_AUTO_TEST_CASE(values_are_those_of_the_oracle) {
    float next = 0;
    for (float& x : q) x = (next = next * 0.7f + 0.3f);
    for (float& x : k) x = (next = 1 - next * 0.9f);
    const auto weights = softmax(q * transpose(k) + position<key>);
    const auto check = [](const auto& e) {
        const auto fused = evaluate(e);
        const auto exact = evaluate(e, reference);
        BOOST_TEST_REQUIRE(fused.size() == exact.size());
        for (extent i = 0; i < fused.size(); ++i)
            BOOST_TEST(std::abs(fused.data()[i] - exact.data()[i]) < 1e-6);
    };
    check(slice<key>(weights, 1, 4));
    check(select<query>(weights, 2));
    check(relabel<query, token>(slice<query>(weights, 1, 3)));
    check(relabel<query, feature>(q * transpose(k)));
    check(transpose(weights));
}
