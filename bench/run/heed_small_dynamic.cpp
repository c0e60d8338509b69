// SPDX-License-Identifier: BSL-1.0
// Small attentions whose extents are known at run time; what they are compared with.
#include "heed_small.hpp"

namespace bench {

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
