// SPDX-License-Identifier: BSL-1.0
// suites: slow
// The block of the Transformer (Vaswani et al. 2017) in its own sizes as one formula: 8 heads of 64, add & norm, a
// feed-forward layer of 2048, add & norm. Its large weights are not on file but a hash of their index.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

#include "golden/seed.hpp"

namespace {

using namespace golden;

template <extent N = dynamic> struct hidden : axis<N> {};

// Element i is a hash of i and the salt, in [-scale, scale), rounded to float32.
template <class T> std::vector<T> hashed(std::uint64_t salt, std::size_t count, double scale) {
    std::vector<T> w(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto h = static_cast<std::uint32_t>((i + (salt << 24)) * 2654435761u);
        h ^= h >> 15;
        h *= 2246822519u;
        h ^= h >> 13;
        w[i] = static_cast<T>(static_cast<float>(((h >> 8) / 8388608. - 1) * scale));
    }
    return w;
}

struct this_case {
    static constexpr const char *folder = "seed_block", *files[] = {"y", "z"};
    static constexpr double close = 1e-13, close_float = 1e-5;
    template <class T> struct input {
        std::vector<T> hq = hashed<T>(1, 512 * 512, 1. / 16), hk = hashed<T>(2, 512 * 512, 1. / 16),
                       hv = hashed<T>(3, 512 * 512, 1. / 16), ho = hashed<T>(4, 512 * 512, 1. / 16),
                       h1 = hashed<T>(5, 512 * 2048, 1. / 16), h2 = hashed<T>(6, 2048 * 512, 1. / 32);
        // A projection is (model, head and feature); seen as (head, model, feature) it is the same memory.
        template <class Out> using projection = view<const T, head<8>, model<512>, Out>;
        projection<feature<64>> wq{hq.data(), {8, 512, 64}, {64, 512, 1}},
            wk{hk.data(), {8, 512, 64}, {64, 512, 1}};
        projection<value<64>> wv{hv.data(), {8, 512, 64}, {64, 512, 1}};
        view<const T, head<8>, value<64>, model<512>> wo{ho.data()};
        view<const T, model<512>, hidden<2048>> w1{h1.data()};
        view<const T, hidden<2048>, model<512>> w2{h2.data()};
        tensor<T, query<>, model<512>> x;
        tensor<T, hidden<2048>> b1;
        tensor<T, model<512>> b2, gamma, beta;
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x")),
              b1(read<decltype(b1)>(f, "b1")),
              b2(read<decltype(b2)>(f, "b2")),
              gamma(read<decltype(gamma)>(f, "gamma")),
              beta(read<decltype(beta)>(f, "beta")) {}
        input(const input&) = delete;
    };
    static auto formula(const auto& in) {
        const auto norm = [&](const auto& rows) {
            return hadamard(layer_norm<model>(rows), in.gamma) + in.beta;
        };
        const auto t = relabel<query, key>(in.x);
        const auto heads = softmax((in.x * in.wq) * transpose(t * in.wk) / 8) * (t * in.wv); // section 3.2
        const auto y = norm(in.x + dot<head, value>(heads, in.wo));
        const auto z = norm(y + relu(y * in.w1 + in.b1) * in.w2 + in.b2); // section 3.3
        return outputs(y, z);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(whole) { check_seed<this_case>(); }
BOOST_AUTO_TEST_CASE(hashes) {
    const auto q = hashed<double>(1, 64, 1. / 16), h = hashed<double>(6, 64, 1. / 32);
    BOOST_TEST(q == file("seed_block", "wq_head").as<double>(), boost::test_tools::per_element());
    BOOST_TEST(h == file("seed_block", "w2_head").as<double>(), boost::test_tools::per_element());
}
