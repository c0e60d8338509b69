// SPDX-License-Identifier: BSL-1.0
// What is checked when a formula is evaluated: extents, corners, indices. Each mistake with its whole message.
#include <boost/test/unit_test.hpp>

#include <heed.hpp>
#include <heed/dsl/expr/check.hpp>

namespace {

using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};

template <class Error, class F> std::string message_of(F f) {
    try {
        f();
    } catch (const Error& e) {
        return e.what();
    }
    return "nothing was thrown";
}
template <class E> std::string shape_message(const E& e) {
    return message_of<shape_error>([&] { dsl::check(e); });
}
template <class E> std::string index_message(const E& e) {
    return message_of<index_error>([&] { dsl::check(e); });
}
template <class E> bool accepted(const E& e) {
    dsl::check(e);
    return true;
}
template <class E> std::vector<extent> extents(const E& e) {
    const auto all = dsl::extents_of(e);
    return {all.begin(), all.end()};
}
using list = std::vector<extent>;

struct operands {
    tensor<float, head<2>, query<>, feature<>> q{5, 3};
    tensor<float, head<>, key<>, feature<>> k{2, 6, 3};
    tensor<float, head<>, key<>, value<>> v{2, 6, 4};
    tensor<float, head<>, offset<>> table{2, 10};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(extents_and_indices, operands)

BOOST_AUTO_TEST_CASE(extents_follow_the_axes) {
    const auto scores = q * transpose(k);
    BOOST_TEST(extents(scores) == (list{2, 5, 6}));
    BOOST_TEST(extents(softmax(scores) * v) == (list{2, 5, 4}));
    BOOST_TEST(extents(logsumexp(scores)) == (list{2, 5}));
    BOOST_TEST(extents(logsumexp<query>(scores)) == (list{2, 6}));
    BOOST_TEST(extents(relabel<query, token>(scores)) == (list{2, 5, 6}));
    BOOST_TEST(extents(select<query>(scores, 4)) == (list{2, 6}));
    BOOST_TEST(extents(slice<key>(scores, 2, 5)) == (list{2, 5, 3}));
    BOOST_TEST(extents(dot<head, feature>(q, k)) == (list{5, 6}));
    BOOST_TEST(extents(scores + position<key>) == (list{2, 5, 6}));
    BOOST_TEST(extents(gather<offset>(table, position<key> + position<query>)) == (list{-1, -1, 2}));
    BOOST_TEST(extents(hadamard(sum<key>(v), k)) == (list{4, 2, 6, 3}));
    BOOST_TEST(extents(dsl::number<dsl::kind::real>(1)) == list{});
}

BOOST_AUTO_TEST_CASE(products) {
    tensor<float, head<>, key<>, feature<>> other(3, 6, 3);
    BOOST_TEST(
        shape_message(softmax(q * transpose(other)) * v) ==
        "A * B: requires equal extents where both operands have the axis; head is 2 in (head 2, query 5, "
        "feature 3) and 3 in (head 3, feature 3, key 6)");
    tensor<float, head<>, key<>, value<>> longer(2, 7, 4);
    BOOST_TEST(shape_message(softmax(q * transpose(k)) * longer) ==
               "A * B: requires equal extents where both operands have the axis; key is 6 in (head 2, query "
               "5, key 6) "
               "and 7 in (head 2, key 7, value 4)");
    BOOST_TEST(
        shape_message(dot<head, feature>(q, other)) ==
        "dot<axes>(A, B): requires equal extents where both operands have the axis; head is 2 in (head 2, "
        "query 5, feature 3) and 3 in (head 3, key 6, feature 3)");
}

BOOST_AUTO_TEST_CASE(element_by_element) {
    tensor<float, key<>> bias(7);
    BOOST_TEST(shape_message(q * transpose(k) + bias) == "+: requires equal extents where both operands have "
                                                         "the axis; key is 6 in (head 2, query 5, key 6) and "
                                                         "7 in (key 7)");
    BOOST_TEST(shape_message(hadamard(bias, v)).starts_with("hadamard: requires equal extents"));
    BOOST_TEST(
        shape_message(where(bias < 0, q * transpose(k), 0)).starts_with("where: requires equal extents"));
    BOOST_TEST(accepted(v + dsl::number<dsl::kind::real>(1)));
}

BOOST_AUTO_TEST_CASE(arguments_of_normalisers) {
    const auto scores = q * transpose(k);
    tensor<bool, query<>> seen(6);
    tensor<float, head<>> sinks(3);
    tensor<int, key<>> segment(5);
    BOOST_TEST(
        shape_message(softmax(scores, keep(seen)) * v) ==
        "softmax: requires equal extents where both operands have the axis; query is 5 in (head 2, query 5, "
        "key 6) and 6 in (query 6)");
    BOOST_TEST(
        shape_message(logsumexp(scores, sink(sinks))) ==
        "logsumexp: requires equal extents where both operands have the axis; head is 2 in (head 2, query 5, "
        "key 6) and 3 in (head 3)");
    BOOST_TEST(shape_message(softmax(scores, temperature(sinks))).starts_with("/: requires equal extents"));
    // The segments are of the keys and of the queries.
    BOOST_TEST(shape_message(softmax(scores, same(segment))) ==
               "softmax: requires equal extents where both operands have the axis; key is 6 in (head 2, "
               "query 5, key 6) "
               "and 5 in (key 5, query 5)");
    // A second output is checked as the first is.
    BOOST_TEST(shape_message(outputs(softmax(scores) * v, logsumexp(scores, sink(sinks))))
                   .starts_with("logsumexp:"));
}

BOOST_AUTO_TEST_CASE(corners) {
    const auto scores = q * transpose(k);
    const char* const text =
        "causal: query and key differ in extent, 5 and 6; did you mean causal.top_left or "
        "causal.bottom_right (so too of window and prefix)?";
    BOOST_TEST(shape_message(softmax(scores, causal) * v) == text);
    BOOST_TEST(shape_message(logsumexp(scores, window(3))) == text);
    BOOST_TEST(shape_message(softmax(scores, keep(position<key> < 3), prefix(3))) == text);
    BOOST_TEST(accepted(softmax(scores, causal.top_left, window(3).bottom_right, prefix(3).top_left) * v));
    BOOST_TEST(accepted(softmax(slice<key>(scores, 0, 5), causal)));
    // Under another name it is the same axis; the mask speaks of the name it was written with.
    BOOST_TEST(accepted(relabel<query, token>(softmax(slice<key>(scores, 1, 6), causal))));
    BOOST_TEST(shape_message(relabel<query, token>(softmax(slice<key>(scores, 1, 5), causal))) ==
               "causal: query and key differ in extent, 5 and 4; did you mean causal.top_left or "
               "causal.bottom_right "
               "(so too of window and prefix)?");
}

BOOST_AUTO_TEST_CASE(select_and_slice) {
    BOOST_TEST(accepted(select<key>(k, 5)));
    BOOST_TEST(accepted(slice<key>(k, 0, 6)));
    BOOST_TEST(accepted(slice<key>(k, 6, 6)));
    BOOST_TEST(
        index_message(select<key>(k, 6)) ==
        "select<key>(x, 6): requires an index inside the axis of x, which is (head 2, key 6, feature 3)");
    BOOST_TEST(index_message(select<key>(k, -1)).starts_with("select<key>(x, -1): "));
    BOOST_TEST(index_message(slice<key>(k, 2, 7)) == "slice<key>(x, 2, 7): requires 0 <= begin <= end <= the "
                                                     "extent of the axis of x, which is (head 2, key "
                                                     "6, feature 3)");
    BOOST_TEST(index_message(slice<key>(k, -1, 3)).starts_with("slice<key>(x, -1, 3): "));
    BOOST_TEST(index_message(slice<key>(k, 3, 2)).starts_with("slice<key>(x, 3, 2): "));
    // Inside a mask, inside another view, and where the extent comes from beside it.
    BOOST_TEST(
        index_message(softmax(q * transpose(k), keep(select<head>(k, 2) * select<head>(transpose(q), 0) > 0)))
            .starts_with("select<head>(x, 2): "));
    BOOST_TEST(index_message(slice<key>(slice<key>(k, 1, 4), 0, 4)).starts_with("slice<key>(x, 0, 4): "));
}

BOOST_AUTO_TEST_CASE(positions_need_an_extent) {
    // The array that has the axis is no neighbour of the position.
    tensor<float, token<>> t(4);
    BOOST_TEST(shape_message(sum<key>(position<key> * 1.0) + sum<key>(k)) ==
               "position<key>: requires a tensor beside it to have the axis key");
    BOOST_TEST(shape_message(select<key>(position<key> + 1, 2) + sum<key>(k)).starts_with("position<key>: "));
    BOOST_TEST(accepted(sum<key>(position<key> * k)));
    BOOST_TEST(accepted(relabel<key, token>(position<key> * 2) + t));
    BOOST_TEST(accepted(sum<key>(where(position<key> > position<token>, k, 0)) + t));
}

BOOST_AUTO_TEST_CASE(gathering_by_position) {
    const auto with = [&](const auto& index) { return q * transpose(k) + gather<offset>(table, index); };
    BOOST_TEST(accepted(with(position<key> - position<query> + 4)));
    BOOST_TEST(
        index_message(with(position<key> - position<query> + 5)) ==
        "gather<offset>(table, index): index 10 is outside offset, which has extent 10 in the table (head 2, "
        "offset 10)");
    BOOST_TEST(index_message(with(position<key> - position<query> + 3))
                   .starts_with("gather<offset>(table, index): index -1 "));
    // No interval shows these; every index is looked at.
    BOOST_TEST(accepted(with(where(position<key> >= position<query>, position<key> - position<query>, 9))));
    BOOST_TEST(accepted(with(abs((position<key> - position<query>)*(position<key> - position<query>)) % 10)));
    BOOST_TEST(accepted(with(square(position<key> - position<query>) % 10)));
    BOOST_TEST(accepted(with(min(max(position<key> - position<query>, -4), 4) + 4)));
    BOOST_TEST(accepted(with(position<key> * 2 / 3 % 7 + relu(position<query> - 3))));
    BOOST_TEST(accepted(with((position<key> > 2) + (position<query> == 1 || !(position<key> != 3)) * 2)));
    BOOST_TEST(index_message(with((position<key> > 2) + (position<query> == 1 && position<key> <= 5) * 9))
                   .find("index 10 ") != std::string::npos);
    BOOST_TEST(index_message(with(square(position<key> - position<query>)))
                   .starts_with("gather<offset>(table, index): index "));
    BOOST_TEST(index_message(with(position<key> + __PTRDIFF_MAX__))
                   .starts_with("gather<offset>(table, index): index "));
    BOOST_TEST(accepted(with((position<key> / 0) + position<query> % 0)));
    // A condition on real numbers is not evaluated here: both sides have to be inside.
    BOOST_TEST(accepted(with(where(q * transpose(k) > 0, position<key>, 9 - position<query>))));
    BOOST_TEST(index_message(with(where(q * transpose(k) > 0, position<key>, -1))).find("index -1 ") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(gathering_by_tensor) {
    tensor<int, query<>> id(5);
    tensor<std::uint8_t, key<>> small(6);
    id(3) = 9;
    const auto with = [&](const auto& index) { return q * transpose(k) + gather<offset>(table, index); };
    BOOST_TEST(accepted(with(id)));
    BOOST_TEST(accepted(with(small)));
    small(5) = 200;
    BOOST_TEST(index_message(with(small)).find("index 200 ") != std::string::npos);
    id(4) = -7;
    BOOST_TEST(index_message(with(id)).find("index -7 ") != std::string::npos);
    BOOST_TEST(accepted(with(where(position<query> < 4, id, 0))));
    BOOST_TEST(accepted(
        with(relabel<token, query>(slice<token>(relabel<query, token>(where(id < 0, 0, id)), 0, 5)))));
    // An index that is itself looked up: the inner one is checked before it is used.
    tensor<int, token<>> place(3);
    place(2) = 9;
    BOOST_TEST(accepted(with(gather<token>(place, position<key> % 3))));
    BOOST_TEST(
        index_message(with(gather<token>(place, position<key> / 2 + 1))) ==
        "gather<token>(table, index): index 3 is outside token, which has extent 3 in the table (token 3)");
    place(1) = 10;
    BOOST_TEST(index_message(with(gather<token>(place, position<key> % 3))).find("offset") !=
               std::string::npos);
    BOOST_TEST(accepted(with(gather<token>(place, (position<key> % 2) * 2))));
}

BOOST_AUTO_TEST_CASE(empty_axes) {
    tensor<float, offset<>> none(0);
    tensor<int, key<>> no_key(0);
    BOOST_TEST(accepted(gather<offset>(none, no_key)));
    BOOST_TEST(index_message(q + gather<offset>(none, position<query>)) ==
               "gather<offset>(table, index): index 0 is outside offset, which has extent 0 in the table "
               "(offset 0)");
    BOOST_TEST(index_message(select<key>(no_key, 0)).starts_with("select<key>(x, 0): "));
    BOOST_TEST(accepted(slice<key>(no_key, 0, 0)));
}

BOOST_AUTO_TEST_CASE(tensors_and_views) {
    float some[10] = {};
    BOOST_TEST(message_of<shape_error>([&] { view<float, head<2>, key<>>(some, {3, 2}); }) ==
               "tensor: axis number 0 is given extent 3, but its type says 2");
    BOOST_TEST(message_of<shape_error>([] { tensor<float, key<>>(-3); }) ==
               "tensor: axis number 0 is given extent -3; an extent is not negative");
    BOOST_TEST(message_of<shape_error>([&] { view<float, head<2>, key<>>(std::span<float>(some), 6); }) ==
               "view: the span has 10 elements, the extents need 12");
    const extent large = extent(1) << 40;
    BOOST_TEST(message_of<shape_error>([&] { tensor<float, head<>, key<>>(large, large); }) ==
               "tensor: the extents 1099511627776, 1099511627776 are together more than memory can hold");
    // No memory is needed to see one element often, or none.
    BOOST_TEST(accepted(view<const float, head<>, key<>>(some, {large, large}, {0, 0})));
    BOOST_TEST((tensor<float, head<>, key<>, query<>>(large, large, 0).size()) == 0);
    BOOST_TEST((tensor<float>().size()) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
