// SPDX-License-Identifier: BSL-1.0
// Why scores are divided by the root of the features: of 100 scores with a standard deviation near 10, softmax gives almost all
// weight to one, and learning has nothing to hold on to; divided by 10 first, all of them count. Draws both.
//   17_scaling [FOLDER]
#include "figure.hpp"
#include "show.hpp"

using namespace heed;
using namespace sample;

int main(int count, char** arguments) {
    const auto x = golden<tensor<double, key<100>>>("seed_softmax_gradient", "x");
    const tensor sharp = evaluate(softmax(x));
    const tensor scaled = evaluate(softmax(x / std::sqrt(100.)));

    const auto entropy = [](const auto& p) {
        return evaluate(sum<key>(where(p == 0, 0, hadamard(-p, log(p)))))();
    };
    const auto tell = [&](const char* name, const auto& p) {
        std::printf("%-16s largest weight %.4f, smallest %.1e, as even as %.1f equal weights\n", name,
                    evaluate(max<key>(p))(), evaluate(min<key>(p))(), std::exp(entropy(p)));
    };
    tell("softmax(x)", sharp);
    tell("softmax(x / 10)", scaled);

    const auto bars = [](const char* title, const char* y, const auto& p, const char* colour) {
        return figure::bar_plot({title, "score", y}, {p.begin(), p.end()}, 0, colour, 260, 140);
    };
    const auto folder =
        count > 1 ? std::filesystem::path(arguments[1]) : std::filesystem::path(arguments[0]).parent_path();
    figure::save((folder / "17_scaling.svg").string(), {bars("softmax(x)", "weight", sharp, figure::orange),
                                                        bars("softmax(x / 10)", "", scaled, figure::blue)});

    return close(sharp, golden<tensor<double, key<>>>("seed_softmax_gradient", "p"), 1e-14) +
           close(scaled, golden<tensor<double, key<>>>("seed_softmax_gradient", "p10"), 1e-14);
}
