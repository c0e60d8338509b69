// SPDX-License-Identifier: BSL-1.0
// Small attentions as kernels, with extents in the types or known at run time.
#pragma once

#include "heed_call.hpp"
#include "small.hpp"

#include <cmath>

namespace bench {
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
    static heed::view<float, Rows, Columns> make(const floats& at, [[maybe_unused]] extent size) {
        if constexpr (N == heed::dynamic)
            return heed::view<float, Rows, Columns>(at.get(), size, size);
        else
            return heed::view<float, Rows, Columns>(at.get());
    }
};

inline float scale(const small& what) { return std::sqrt(static_cast<float>(what.size)); }

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

} // namespace bench
