// SPDX-License-Identifier: BSL-1.0
// Keys and values stored in 16 bits, many queries and one.
#pragma once

#include "heed_call.hpp"

#include <cmath>

namespace bench {

/// A copy of keys or values in another type, which holds them exactly.
template <class T> std::shared_ptr<std::vector<T>> copied(const float* from, extent size) {
    const auto to = std::make_shared<std::vector<T>>();
    for (extent i = 0; i < size; ++i) to->push_back(T(from[i]));
    return to;
}

template <class T> call many_queries(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const extent size = what.pieces() * what.keys * what.features;
    const auto keys = copied<T>(at.k(), size), values = copied<T>(at.v(), size);
    const heed::view<T, batch<>, head<>, key<>, feature<64>> k(keys->data(), what.batch, what.heads,
                                                               what.keys);
    const heed::view<T, batch<>, head<>, key<>, value<64>> v(values->data(), what.batch, what.heads,
                                                             what.keys);
    const auto formula = softmax(b.q * transpose(k) / std::sqrt(64.F)) * v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return [keys, values, run = repeat(b.o, formula, how)] { run(); };
}

template <class T> call one_query(const attention& what, const operands& at, const setting& how) {
    const extent size = what.heads * what.keys * what.features;
    const auto keys = copied<T>(at.k(), size), values = copied<T>(at.v(), size);
    const heed::view<float, head<>, group<>, query<>, feature<128>> q(at.q(), what.heads, what.group,
                                                                      what.queries);
    const heed::view<T, head<>, key<>, feature<128>> k(keys->data(), what.heads, what.keys);
    const heed::view<T, head<>, key<>, value<128>> v(values->data(), what.heads, what.keys);
    const heed::view<float, head<>, group<>, query<>, value<128>> o(at.o(), what.heads, what.group,
                                                                    what.queries);
    const auto formula = softmax(q * transpose(k) / std::sqrt(128.F)) * v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return [keys, values, run = repeat(o, formula, how)] { run(); };
}

template <class T> call stored_as(const attention& what, const operands& at, const setting& how) {
    return what.queries == 1 ? one_query<T>(what, at, how) : many_queries<T>(what, at, how);
}

} // namespace bench
