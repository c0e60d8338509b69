// SPDX-License-Identifier: BSL-1.0
// How many loops a formula takes, and how many arrays are stored between them.
#include <heed/normaliser.hpp>
#include <heed/nn.hpp>
#include <heed/random.hpp>

#include "fuse/formulas.hpp"

using namespace heed;
using namespace heed_tests;
using namespace heed_tests::fuse;

namespace {

template <class E> constexpr bool takes(const E&, int loops, int temporaries) {
    return plan_of<E>::loops == loops && plan_of<E>::temporaries == temporaries;
}

constexpr auto scores = q * transpose(k) / 8.f;
constexpr auto attention = softmax(scores, causal) * v;
constexpr auto argument_of_root = x + dot<head, value>(attention, wo);

// Attention of every kind is one loop.
static_assert(takes(attention, 1, 0));
static_assert(takes(softmax(scores, temperature(0.5), sink(slope), causal.bottom_right, keep(allowed)) * v, 1,
                    0));
static_assert(takes(softmax(scores + slope * (position<key> - position<query>), window(100)) * v, 1, 0));
static_assert(takes(softmax(grouped_q * transpose(k)) * v, 1, 0));
static_assert(takes(softmax(30 * tanh(scores / 30) + bias) * v, 1, 0));
static_assert(takes(softmax(scores + gather<offset>(table, position<key> - position<query> + 7)) * v, 1, 0));
static_assert(takes(slice<query>(softmax(scores) * v, 0, 4), 1, 0));
static_assert(takes(select<head>(attention, 0), 1, 0));
static_assert(takes(transpose(attention), 1, 0));
static_assert(takes(relabel<query, token>(attention), 1, 0));
static_assert(takes(sigmoid(scores) * v, 1, 0));
static_assert(takes(logsumexp(scores, causal), 1, 0));
static_assert(takes(scores, 1, 0));
static_assert(takes(q, 1, 0));

// Weights, and what is computed from a result.
static_assert(takes(softmax(scores), 1, 0));
static_assert(takes(attention + 1, 1, 0));
static_assert(takes(relu(attention) / 2, 1, 0));
static_assert(takes(slice<query>(attention, 0, 4), 2, 1)); // the corner of causal is that of all queries
static_assert(takes(slice<key>(softmax(scores), 0, 4), 2, 1));
static_assert(takes((softmax(scores) - 0.3f * softmax(bias)) * v, 2, 1)); // scores of other axes
static_assert(takes((softmax(scores) - 0.3f * softmax(scores + bias)) * v, 1, 0));
static_assert(takes(sum<query>(softmax(scores)), 2, 1));
static_assert(takes(softmax<query>(scores, causal) * v, 2, 1));

// Rows: what waits for a sum over its row goes over it again.
constexpr auto centred = x - mean<model>(x);
static_assert(takes(centred, 1, 0));
static_assert(takes(centred / sqrt(mean<model>(square(centred)) + 1e-5f), 1, 0));
static_assert(takes(mean<model>(square(centred)), 1, 0));
static_assert(takes(argument_of_root - mean<model>(argument_of_root), 3, 2));

// Projections: a loop each.
static_assert(takes(dot<model>(wq, x), 1, 0));
static_assert(takes(softmax(dot<feature>(dot<model>(wq, x), k)) * v, 2, 1));
static_assert(takes(dot<head, value>(attention, wo), 2, 1));
static_assert(takes(dot<feature>(dot<model>(wq, x), dot<model>(wq, relabel<query, key>(x))), 3, 2));

static_assert(takes(layer_norm<model>(x + x), 1, 0)); // with its residual
static_assert(takes(hadamard(softmax(x, causal.top_left), x), 1, 0));
static_assert(takes(variance<model>(x), 1, 0));

// A factor on the weights stays in the loop: dropout.
constexpr auto chance = uniform(42, position<head>, position<query>, position<key>);
static_assert(takes(hadamard(softmax(scores), where(chance >= 0.1, 1 / 0.9, 0.)) * v, 1, 0));
static_assert(takes(entropy(scores, causal), 1, 0));

// Talking heads: the product is stored, as each mixed score needs all heads of it.
template <extent N = dynamic> struct mixed : axis<N> {};
constexpr array<head<8>, mixed<8>> mix;
static_assert(takes(dot<key>(softmax<key>(dot<head>(mix, scores)), one_v), 2, 1));

// Several results: those whose sums are over the same axes share a loop.
static_assert(takes(outputs(attention, logsumexp(scores, causal)), 1, 0));
static_assert(takes(outputs(logsumexp(scores, causal), attention), 1, 0));
static_assert(takes(outputs(attention, logsumexp(scores)), 1, 0));
static_assert(takes(outputs(attention, logsumexp(scores + 1, causal)), 1, 0));
static_assert(takes(outputs(attention, logsumexp(scores, causal), max<key>(scores)), 1, 0));
static_assert(takes(outputs(attention, attention), 1, 0));
static_assert(takes(outputs(attention, logsumexp(bias)), 2, 0));
static_assert(takes(outputs(softmax(scores), logsumexp(scores)), 1, 0));
static_assert(takes(outputs(softmax(scores), attention), 2,
                    0)); // values are weighed before the row is complete
static_assert(takes(outputs(softmax(scores), scores), 2, 0));
static_assert(takes(outputs(attention), 1, 0));

// References to formulas are asked as well.
static_assert(plan_of<decltype((attention))>::loops == 1);
static_assert(plan_of<const std::remove_cvref_t<decltype(attention)>&>::loops == 1);
static_assert(dsl::length_of<plan_of<decltype(sum<query>(softmax(scores)))>::nests> == 2);

} // namespace
