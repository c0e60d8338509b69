// SPDX-License-Identifier: BSL-1.0
// Two score terms in one formula: scores bent to +-20 by tanh (softcap), and a slope per head that makes distant keys
// count less (ALiBi, Press et al. 2022). It is one loop; neither scores nor biases are stored.
#include <heed/explain.hpp>

#include "sample.hpp"

#include <cstdio>

using namespace heed;
using namespace sample;

int main() {
    tensor<float, head<4>, query<>, feature<32>> q(96);
    tensor<float, head<4>, key<>, feature<32>> k(96);
    tensor<float, head<4>, key<>, value<1>> where(96);
    tensor<float, head<4>> slope;
    fill(q, 1);
    fill(k, 2);
    for (extent h = 0; h < 4; ++h) {
        slope(h) = std::exp2(-2.f * static_cast<float>(h + 1));
        // The value of a key is its position, so that the output is the position that a query looks at on average.
        for (extent j = 0; j < 96; ++j) where(h, j, 0) = static_cast<float>(j);
    }

    const auto dots = q * transpose(k) / std::sqrt(32.f);
    const auto scores = 20.f * tanh(dots / 20.f) + slope * (position<key> - position<query>);
    const auto attention = softmax(scores, causal) * where;
    static_assert(plan_of<decltype(attention)>::loops == 1 && plan_of<decltype(attention)>::temporaries == 0);

    std::printf("%s\n", explain(attention).c_str());
    const auto o = evaluate(attention);
    for (extent h = 0; h < 4; ++h)
        std::printf("head %td, slope %.4f: the last query looks %.1f positions back\n", h,
                    static_cast<double>(slope(h)), static_cast<double>(95 - o(h, 95, 0)));

    const double difference = distance(o, evaluate(attention, reference));
    const bool exact = difference <= 1e-4; // of positions up to 95
    if (!exact) std::printf("differs from the reference by %g\n", difference);
    return exact ? 0 : 1;
}
