// SPDX-License-Identifier: BSL-1.0
// Ragged batches: sequences of any lengths, packed one behind another along one axis, where sequence s has the tokens
// offsets[s] ... offsets[s + 1] - 1 (the cu_seqlens of other libraries).
//   auto segment = segments<query>(offsets);
//   softmax(q * transpose(k), same(segment), causal) * v                                // each sequence sees itself
//   keep(position<key> >= gather<boundary>(offsets, segment))                           // the same, by its start
//   position<query> - gather<boundary>(offsets, segment)                                // the place in the sequence
#pragma once

#include <heed/axis.hpp>
#include <heed/tensor.hpp>

namespace heed {

// The number of the sequence that each token along axis A is in: (A), as many as the last of the offsets says. Offsets
// are integers in anything with begin and end, from 0 on and never less than the one before: shape_error otherwise.
template <template <extent> class A, class Offsets> tensor<int, A<dynamic>> segments(const Offsets& offsets) {
    extent last = 0, place = 0;
    for (const auto offset : offsets) {
        const auto o = static_cast<extent>(offset);
        if (place == 0 ? o != 0 : o < last) error::offsets_disordered(place, o, last);
        last = o;
        ++place;
    }
    tensor<int, A<dynamic>> numbers(last);
    extent token = 0;
    place = 0;
    for (const auto offset : offsets) {
        for (; token < static_cast<extent>(offset); ++token) numbers(token) = static_cast<int>(place) - 1;
        ++place;
    }
    return numbers;
}

} // namespace heed
