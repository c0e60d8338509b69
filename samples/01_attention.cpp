// SPDX-License-Identifier: BSL-1.0
// Causal attention from .npy files to a .npy file, as torch.nn.functional.scaled_dot_product_attention(q, k, v,
// is_causal=True) computes it. Prints what the formula becomes, and how far the result is from PyTorch's.
//   01_attention [q.npy k.npy v.npy out.npy [expected.npy]]
// The files are (batch, head, position, feature) in float32 or float64; leading axes may be left out.
#include <heed/explain.hpp>

#include "sample.hpp"
#include "support/npy.hpp"

#include <cstdio>
#include <filesystem>

namespace {

using namespace heed;
using namespace sample;
namespace npy = heed_tests::npy;

template <class Tensor> Tensor read(const std::string& path) {
    const npy::array file = npy::read(path);
    const auto& shape = file.shape;
    typename Tensor::view_t::extents_t extents{};
    if (shape.empty() || shape.size() > extents.size())
        npy::wrong(path, "has " + std::to_string(shape.size()) +
                             " axes; 1 to 4 are needed: batch, head, position, feature");
    extents.fill(1);
    std::copy_backward(shape.begin(), shape.end(), extents.end());
    Tensor t = Tensor::with_extents(extents);
    const auto elements = file.as<float>();
    std::copy(elements.begin(), elements.end(), t.begin());
    return t;
}

// The files that come with the sample, wherever in the repository it is started.
std::string shipped(const std::string& name) {
    for (const char* folder : {"samples/data/", "data/"})
        if (std::filesystem::exists(folder + name)) return folder + name;
    throw std::runtime_error("samples/data/" + name +
                             ": cannot be found from here; name the files: 01_attention q.npy "
                             "k.npy v.npy out.npy [expected.npy]");
}

int run(const std::vector<std::string>& files) {
    const auto q = read<tensor<float, batch<>, head<>, query<>, feature<>>>(files[0]);
    const auto k = read<tensor<float, batch<>, head<>, key<>, feature<>>>(files[1]);
    const auto v = read<tensor<float, batch<>, head<>, key<>, value<>>>(files[2]);

    const auto root = std::sqrt(static_cast<float>(q.extent_of<feature>()));
    const auto attention = softmax(q * transpose(k) / root, causal.top_left) * v;
    static_assert(plan_of<decltype(attention)>::loops == 1);

    std::printf("%s\n", explain(attention).c_str());

    const auto o = evaluate(attention);
    // With as many axes as q has on file.
    const auto rank = static_cast<std::ptrdiff_t>(npy::read(files[0]).shape.size());
    npy::write(files[3], {o.data(), static_cast<std::size_t>(o.size())},
               {o.extents().end() - rank, o.extents().end()});
    std::printf("computed with %s, written to %s\n", to_string(available_instruction_sets().back()),
                files[3].c_str());
    if (files.size() < 5) return 0;

    const auto expected = read<tensor<float, batch<>, head<>, query<>, value<>>>(files[4]);
    if (expected.extents() != o.extents())
        throw shape_error(files[4] + ": has other extents than the result");
    double largest = 0;
    for (float x : expected) largest = std::fmax(largest, std::fabs(static_cast<double>(x)));
    const double difference = distance(o, expected);
    std::printf("largest difference from %s: %.1e, of elements up to %.1f\n", files[4].c_str(), difference,
                largest);
    return difference <= 1e-5 * largest ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) try {
    std::vector<std::string> files(arguments + 1, arguments + count);
    if (files.empty()) {
        const auto out = std::filesystem::path(arguments[0]).replace_filename("attention.npy").string();
        files = {shipped("q.npy"), shipped("k.npy"), shipped("v.npy"), out, shipped("o.npy")};
    }
    if (files.size() != 4 && files.size() != 5)
        throw std::runtime_error("usage: 01_attention [q.npy k.npy v.npy out.npy [expected.npy]]");
    return run(files);
} catch (const std::exception& e) {
    std::fprintf(stderr, "01_attention: %s\n", e.what());
    return 1;
}
