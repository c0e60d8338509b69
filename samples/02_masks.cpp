// SPDX-License-Identifier: BSL-1.0
// Masks, drawn: the weights that each gives to six keys, in percent, where all scores are equal.
#include "sample.hpp"

#include <cstdio>

namespace {

using namespace heed;
using namespace sample;

// (query, key): a row for each query; a dot where the mask lets nothing through.
template <class Weights> void draw(const char* formula, const Weights& w) {
    std::printf("%s\n", formula);
    for (extent i = 0; i < 6; ++i) {
        for (extent j = 0; j < 6; ++j)
            if (w(i, j) == 0)
                std::printf("   .");
            else
                std::printf(" %3.0f", static_cast<double>(100 * w(i, j)));
        std::printf("\n");
    }
    std::printf("\n");
}

} // namespace

#define DRAW(...) draw(#__VA_ARGS__, evaluate(__VA_ARGS__))

int main() {
    const tensor<float, query<6>, key<6>> scores; // all 0

    DRAW(softmax(scores, causal));
    DRAW(softmax(scores, window(3)));
    DRAW(softmax(scores, prefix(3)));

    const int keys = 4; // that are there; the others are padding. For a batch, a tensor lengths(batch)
    DRAW(softmax(scores, padding(keys)));

    tensor<int, query<6>> document; // two texts packed into one row
    for (extent i = 0; i < 6; ++i) document(i) = i < 2 ? 0 : 1;
    DRAW(softmax(scores, same(document), causal));

    tensor<bool, query<6>, key<6>> blocked;
    for (extent i = 0; i < 6; ++i) blocked(i, 5 - i) = true;
    DRAW(softmax(scores, drop(blocked)));

    // Anything that compares positions, numbers and tensors, joined by && || !
    DRAW(softmax(scores, causal, keep(position<key> == 0 || position<query> - position<key> < 2)));

    // A row without any key: its weights are 0, not NaN.
    DRAW(softmax(scores, causal, drop(position<key> < 2)));
}
