// SPDX-License-Identifier: BSL-1.0
// Two heads. `head` is an axis of the weights and so of all that follows; nothing is concatenated or reshaped. "Concatenate
// the heads, then project" is one sum over both axes, dot<head, value>.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <class Tensor> Tensor read(const char* name) { return golden<Tensor>("seed_multi_head", name); }

} // namespace

int main() {
    const auto x = given<tensor<double, query<2>, model<3>>>({3.0, 3.0, 0.0, //
                                                              0.5, 4.0, 0.0});
    const auto wq = read<tensor<double, head<2>, model<3>, feature<4>>>("wq");
    const auto wk = read<tensor<double, head<2>, model<3>, feature<4>>>("wk");
    const auto wv = read<tensor<double, head<2>, model<3>, value<5>>>("wv");
    // The projection of the concatenated heads, 10 rows on file, seen as 2 heads of 5 values.
    const auto w = read<tensor<double, value<10>, model<3>>>("wo");
    const view<const double, head<2>, value<5>, model<3>> wo(w.data());

    const auto y = relabel<query, key>(x);
    const auto heads = softmax((x * wq) * transpose(y * wk) / std::sqrt(4.)) * (y * wv);
    print("heads (head, query, value)", evaluate(heads));
    const tensor o = evaluate(dot<head, value>(heads, wo));
    print("projected (query, model)", o);

    return close(o, read<tensor<double, query<>, model<>>>("o"), 2e-5);
}
