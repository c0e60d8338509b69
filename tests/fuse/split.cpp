// SPDX-License-Identifier: BSL-1.0
// What is moved out of a formula to be stored first, and what stays in its loop.
#include "fuse/formulas.hpp"

using namespace heed;
using namespace heed_tests;
using namespace heed_tests::fuse;
using dsl::is;

namespace {

template <class Out> struct kinds;
template <class... E> struct kinds<dsl::hana::basic_tuple<E...>> {
    template <is... K> static constexpr bool are() {
        if constexpr (sizeof...(E) == sizeof...(K))
            return ((dsl::what<E> == K) && ...);
        else
            return false;
    }
};
// Whether these kinds of nodes, in this order, are stored before the loop of E.
template <is... K, class E> constexpr bool stages(const E&) {
    return kinds<decltype(split_t<E>::out)>::template are<K...>();
}
template <class E> using loop_tree = decltype(split_t<E>::tree);

constexpr auto scores = q * transpose(k);

// One loop: nothing is stored.
static_assert(stages<>(scores));
static_assert(stages<>(softmax(scores) * v));
static_assert(stages<>(softmax(scores / 8.f + hadamard(slope, position<key> - position<query>), causal) * v));
static_assert(stages<>(softmax(30 * tanh(scores / 30) + bias, keep(allowed), sink(slope)) * v));
static_assert(stages<>(softmax(scores + gather<offset>(table, position<key> - position<query> + 7)) * v));
static_assert(stages<>(softmax(scores + scores) * v));
static_assert(stages<>(softmax(tanh(q) * transpose(exp(k))) * relu(v)));
static_assert(stages<>(logsumexp(scores)));
static_assert(stages<>(max<key>(tanh(scores))));
static_assert(stages<>(sum<heed_tests::key>(v + 1)));
static_assert(stages<>(dot<model>(wq, x)));
static_assert(stages<>(dot<key>(softmax(scores), v)));
static_assert(stages<>(dot<key>(v, softmax(scores))));

// A reduction of rows with keys, also over several axes, is no sum that is stored.
constexpr auto distances = sum<feature>(square(q - k));
static_assert(stages<>(distances));
static_assert(stages<>(dot<key>(softmax<key>(-distances / 2), v)));
static_assert(stages<>(dot<key>(exp(-distances), v)));
static_assert(stages<>(min<key>(distances)));
static_assert(stages<>(logsumexp<key>(sum<head>(distances))));
static_assert(stages<>(logsumexp<key>(dot<feature>(q, tanh(q + k)))));
static_assert(stages<>(logsumexp<key>(scores, keep(distances < 4))));
// Of one query all keys are looked at once; what rows share is stored, and so is what is no sum of all.
static_assert(stages<>(logsumexp<key>(sum<feature>(square(select<head>(k, 0))))));
static_assert(stages<is::reduction>(logsumexp<key>(scores - sum<feature>(square(k)))));
static_assert(stages<is::reduction>(logsumexp<key>(sum<head>(max<feature>(q - k)))));
static_assert(stages<is::contraction>(logsumexp<key>(max<feature>(dot<model>(wq, x) - k))));

// Weights that are a result are computed from their denominator, which waits for the end of the row.
static_assert(stages<>(softmax(scores)));
static_assert(dsl::what<loop_tree<decltype(softmax(scores))>> == is::map);

// A sum or a product in an operand of a product.
static_assert(stages<is::contraction>(softmax(dot<feature>(dot<model>(wq, x), k)) * v));
static_assert(stages<is::contraction>(dot<key>(softmax(scores), dot<model>(relabel<query, key>(x), wo))));
static_assert(stages<is::reduction, is::reduction>(hadamard(q, sum<feature>(q)) *
                                                   transpose(k - mean<key>(k))));
static_assert(stages<is::contraction>(dot<head, value>(softmax(scores) * v, wo)));

// A reduction, weights, or a view that could not move, among scores.
static_assert(stages<is::reduction>(softmax(scores - max<key>(scores)) * v));
static_assert(stages<is::reduction>(softmax(scores, keep(bias > mean<key>(bias))) * v));
static_assert(stages<is::reduction>(softmax(scores, sink(sum<feature>(q))) * v));
static_assert(stages<is::reduction>(softmax(softmax(scores)) * v)); // the logsumexp
static_assert(stages<is::reduction>(sum<query>(softmax(scores))));
static_assert(stages<is::contraction, is::view>(logsumexp(relabel<query, feature>(scores))));
// Weights times what is not summed along their axis.
static_assert(stages<is::reduction>(dot<query>(softmax(scores), q)));
// Of streams over different axes one has the loop.
static_assert(stages<is::contraction>(softmax(scores) * v + softmax(bias) * v));

// A view of a result: the result first.
static_assert(stages<is::map>(slice<key>(softmax(scores), 0, 2)));
static_assert(dsl::what<loop_tree<decltype(slice<key>(softmax(scores), 0, 2))>> == is::view);

} // namespace
