// SPDX-License-Identifier: BSL-1.0
// Softmax with a temperature: below 1 the largest score takes more, above 1 all take the same.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <extent N = dynamic> struct setting : axis<N> {};

} // namespace

int main() {
    const auto x = given<tensor<double, key<3>>>({2.0, 1.0, 0.1});
    const auto t = given<tensor<double, setting<3>>>({0.5, 1, 5});

    for (const double one : t)
        print(("T = " + std::to_string(one).substr(0, 3)).c_str(), evaluate(softmax(x, temperature(one))));

    // All at once: t has an axis of its own.
    const tensor p = evaluate(softmax(x / t));
    print("all three (setting, key)", p);
    return close(p, golden<tensor<double, setting<>, key<>>>("seed_temperature", "p"), 1e-14);
}
