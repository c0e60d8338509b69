// SPDX-License-Identifier: BSL-1.0
// Attention before it had that name (Nadaraya and Watson 1964): the value at x is the mean of what was measured near x.
// Three weights: all alike, a Gaussian of the distance, and one whose width was learned. Draws the curves and the weights.
//   16_kernel_regression [FOLDER]
#include "heat_map.hpp"
#include "show.hpp"

#include <vector>

using namespace heed;
using namespace sample;

namespace {

template <class Tensor> Tensor read(const char* name) {
    return golden<Tensor>("seed_kernel_regression", name);
}

std::vector<double> numbers(const auto& t) { return {t.begin(), t.end()}; }

} // namespace

int main(int count, char** arguments) {
    const auto x = read<tensor<double, query<50>>>("x_test");
    const auto truth = read<tensor<double, query<50>>>("y_truth"); // 2 sin x + x^0.8, measured with noise:
    const auto xs = read<tensor<double, key<50>>>("x_train");
    const auto ys = read<tensor<double, key<50>>>("y_train");

    const auto distance = xs - x; // (query, key)
    const auto gaussian = softmax(-square(distance) / 2);
    const auto learned = [&](double w) { return softmax(-square(distance * w) / 2); };

    const tensor average = evaluate(dot<key>(softmax(0 * distance), ys));
    const tensor wide = evaluate(dot<key>(gaussian, ys));
    const double first = read<tensor<double, key<1>>>("w0")(0), last = read<tensor<double, key<5>>>("w")(4);
    const tensor before = evaluate(dot<key>(learned(first), ys));
    const tensor narrow = evaluate(dot<key>(learned(last), ys));

    std::printf("     x    truth  average  gaussian  w = %.2f  w = %.2f\n", first, last);
    for (extent i = 0; i < 50; i += 7)
        std::printf("%6.1f %8.3f %8.3f %9.3f %9.3f %9.3f\n", x(i), truth(i), average(i), wide(i), before(i),
                    narrow(i));

    const auto folder =
        count > 1 ? std::filesystem::path(arguments[1]) : std::filesystem::path(arguments[0]).parent_path();
    using figure::curve;
    figure::save((folder / "16_regression.svg").string(),
                 {figure::line_plot({"", "x", "y"},
                                    {{"measured", numbers(xs), numbers(ys), figure::grey, curve::points},
                                     {"truth", numbers(x), numbers(truth), figure::black, curve::dashed},
                                     {"average", numbers(x), numbers(average), figure::green},
                                     {"Gaussian", numbers(x), numbers(wide), figure::blue},
                                     {"learned width", numbers(x), numbers(narrow), figure::orange}},
                                    320, 220)});
    const figure::heat small{.cell = 4, .numbers = false, .bar = false, .low = 0, .high = 0.6};
    figure::heat with_bar = small;
    with_bar.bar = true;
    figure::save(
        (folder / "16_weights.svg").string(),
        {figure::heat_map({"Gaussian", "measured point (key)", "x (query)"}, evaluate(gaussian), small),
         figure::heat_map({"learned width", "measured point (key)", ""}, evaluate(learned(last)), with_bar)});

    return close(average, read<tensor<double, query<>>>("average"), 1e-13) +
           close(wide, read<tensor<double, query<>>>("y_nonparametric"), 1e-13) +
           close(narrow, read<tensor<double, query<>>>("y_parametric"), 1e-13);
}
