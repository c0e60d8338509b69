// SPDX-License-Identifier: BSL-1.0
// Tensors without a name move into the formula, however it is made of them: it may be kept, and what it is later is what
// it would have been at once. Freed memory is overwritten before, by the test and by the allocator (MALLOC_PERTURB_).
#include <boost/test/unit_test.hpp>

#include <memory>

#include "loop/by_hand.hpp"

using namespace by_hand;

namespace {

template <class T, class... Axes> auto a(std::array<extent, sizeof...(Axes)> n) {
    return some<T, Axes...>(n, 0.3);
}
auto scores() { return a<double, head<>, query<>, key<>>({2, 5, 5}); }
auto lengths() { return of<int, head<>>({2}, {3, 4}); }
auto per_head() { return a<double, head<>>({2}); }

// `make` is given each tensor as a temporary, and by name.
template <class Make> void expect_kept(const Make& make) {
    const auto kept = make([](auto&& tensor) -> auto&& { return static_cast<decltype(tensor)&&>(tensor); });
    const auto others = scores();
    expect(values(kept), [&] {
        // Names that live as long as the formula does.
        std::vector<std::shared_ptr<void>> names;
        const auto named = make([&]<class Tensor>(Tensor&& tensor) -> const std::remove_cvref_t<Tensor>& {
            auto p = std::make_shared<std::remove_cvref_t<Tensor>>(static_cast<Tensor&&>(tensor));
            names.push_back(p);
            return *p;
        });
        return values(named);
    }());
}

} // namespace

BOOST_AUTO_TEST_CASE(in_masks) {
    expect_kept([](const auto& x) { return softmax(x(scores()), padding(x(lengths()))); });
    expect_kept([](const auto& x) { return softmax(x(scores()), window(x(lengths()))); });
    expect_kept([](const auto& x) { return softmax(x(scores()), prefix(x(lengths())).bottom_right); });
    expect_kept([](const auto& x) {
        return softmax(x(scores()),
                       same(x(of<int, head<>, query<>>({2, 5}, {0, 0, 1, 1, 1, 0, 1, 2, 2, 2}))));
    });
    expect_kept(
        [](const auto& x) { return softmax(x(scores()), keep(x(scores()) > 0), drop(x(lengths()) > 3)); });
}
BOOST_AUTO_TEST_CASE(in_other_arguments) {
    expect_kept(
        [](const auto& x) { return softmax(x(scores()), sink(x(per_head())), temperature(x(lengths()))); });
    expect_kept([](const auto& x) { return entropy(x(scores()), sink(x(per_head())), causal); });
    expect_kept([](const auto& x) { return logsumexp(x(scores()), sink(x(per_head()))); });
    expect_kept([](const auto& x) { return max<key>(x(scores()), padding(x(lengths()))); });
}
BOOST_AUTO_TEST_CASE(in_functions_that_read_them_often) {
    expect_kept([](const auto& x) { return variance<key>(x(scores()), causal); });
    expect_kept([](const auto& x) { return layer_norm<key>(x(scores())); });
    expect_kept([](const auto& x) { return rms_norm<key>(x(scores())); });
    expect_kept([](const auto& x) { return gelu(x(scores())) + silu(x(scores())); });
    expect_kept([](const auto& x) {
        return rotary<feature>(x(a<double, query<>, feature<>>({3, 8})), x(of<int, query<>>({3}, {4, 5, 9})));
    });
    expect_kept([](const auto& x) {
        return rotary_interleaved<feature>(x(a<double, query<>, feature<>>({3, 8})), position<query>);
    });
}
BOOST_AUTO_TEST_CASE(in_views_and_look_ups) {
    expect_kept([](const auto& x) { return slice<key>(transpose(x(scores())), 1, 4) * 2; });
    expect_kept([](const auto& x) { return select<head>(relabel<query, batch>(x(scores())), 1) + 1; });
    expect_kept([](const auto& x) {
        return gather<key>(x(scores()), x(of<int, batch<>>({3}, {4, 0, 2}))) + x(per_head());
    });
    expect_kept([](const auto& x) {
        return running<query>(x(per_head()),
                              [&](auto state) { return 0.5 * state + x(a<double, query<>>({5})); });
    });
    expect_kept([](const auto& x) {
        return last_state(
            running<key>(0., [&](auto state) { return 0.5 * state + x(a<double, key<>>({5})); }));
    });
}
