// SPDX-License-Identifier: BSL-1.0
// Small attentions as kernels, with extents in the types and with extents known at run time.
#include "heed_call.hpp"
#include "small.hpp"

#include <cmath>
#include <stdexcept>

namespace bench {
namespace {

template <extent N> struct small_views {
    explicit small_views(const small& what, small_operands& at)
        : q(make<query<N>, feature<N>>(at.q, what.size)),
          k(make<key<N>, feature<N>>(at.k, what.size)),
          v(make<key<N>, value<N>>(at.v, what.size)),
          o(make<query<N>, value<N>>(at.o, what.size)) {}

    heed::view<float, query<N>, feature<N>> q;
    heed::view<float, key<N>, feature<N>> k;
    heed::view<float, key<N>, value<N>> v;
    heed::view<float, query<N>, value<N>> o;

private:
    template <class Rows, class Columns>
    static heed::view<float, Rows, Columns> make(std::vector<float>& at, [[maybe_unused]] extent size) {
        if constexpr (N == heed::dynamic)
            return heed::view<float, Rows, Columns>(at.data(), size, size);
        else
            return heed::view<float, Rows, Columns>(at.data());
    }
};

float scale(const small& what) { return std::sqrt(static_cast<float>(what.size)); }

template <extent N> call repeated(const small& what, small_operands& at, const setting& how) {
    const small_views<N> given(what, at);
    const heed::symbol<"Q", float, query<N>, feature<N>> Q;
    const heed::symbol<"K", float, key<N>, feature<N>> K;
    const heed::symbol<"V", float, key<N>, value<N>> V;
    const heed::kernel attend{softmax(Q * transpose(K) / scale(what)) * V};
    const auto set = heed::instructions(set_named(how.instruction_set));
    const extent bytes = attend.workspace_bytes(Q = given.q, K = given.k, V = given.v, set);
    const auto memory = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(bytes));
    return [=] { attend(given.o, Q = given.q, K = given.k, V = given.v, heed::workspace(*memory), set); };
}

} // namespace

call heed_small_static(const small& what, small_operands& at, const setting& how) {
    switch (what.size) {
    case 8:
        return repeated<8>(what, at, how);
    case 16:
        return repeated<16>(what, at, how);
    case 32:
        return repeated<32>(what, at, how);
    case 64:
        return repeated<64>(what, at, how);
    default:
        throw std::logic_error("no small attention of that size");
    }
}

call heed_small_dynamic(const small& what, small_operands& at, const setting& how) {
    return repeated<heed::dynamic>(what, at, how);
}

call heed_exponentials(const setting& how) {
    const auto x = std::make_shared<heed::tensor<float, key<exponential_count>>>();
    const auto y = std::make_shared<heed::tensor<float, key<exponential_count>>>();
    for (extent i = 0; i < exponential_count; ++i)
        x->data()[i] = -static_cast<float>(i) / static_cast<float>(exponential_count);
    return [=, run = repeat(y->writer(), exp(*x), how)] { (void)x, (void)y, run(); };
}

void heed_small_reference(const small& what, small_operands& at) {
    const small_views<heed::dynamic> given(what, at);
    const heed::tensor exact =
        evaluate(softmax(given.q * transpose(given.k) / scale(what)) * given.v, heed::reference);
    for (extent i = 0; i < what.size * what.size; ++i)
        at.o[static_cast<std::size_t>(i)] = static_cast<float>(exact.data()[i]);
}

} // namespace bench
