// SPDX-License-Identifier: BSL-1.0
// Rotary position embedding (Su et al., RoFormer, arXiv:2104.09864, section 3.2): pairs of features are turned by an
// angle that grows with the position, so that a product of two turned rows depends on the distance of their positions.
// A formula of positions like any other: as an operand of scores it is computed while that is packed.
#pragma once

#include <heed/dsl/expr/extents.hpp>
#include <heed/math.hpp>
#include <heed/product.hpp>
#include <heed/tensor.hpp>

namespace heed::dsl {

template <class X, class Position, class Name> constexpr auto rotary_verdict() {
    using first = decltype(axis_verdict<error::rotated_axis_missing, X, Name>());
    if constexpr (any_reported<Position>)
        return verdict<error::earlier>{};
    else if constexpr (!is_fine<typename first::type>)
        return first{};
    else {
        using axis = at<shape_of<X>, place_of<Name, shape_of<X>>>;
        if constexpr (axis::static_extent >= 0 && axis::static_extent % 2 != 0)
            return verdict<error::rotated_axis_odd<axis>>{};
        else
            return first_mistake(map_verdict<X, Position>());
    }
}
template <class X, class Position, class Name>
using rotary_check = typename decltype(rotary_verdict<node_t<X>, node_t<Position>, Name>())::type;

template <class Name, class X> constexpr extent rotated_extent(const X& x) {
    const extent n = extents_of(x)[static_cast<std::size_t>(place_of<Name, shape_of<X>>)];
    if (n < 0 || n % 2 != 0) error::rotated_outside(spelling_of<Name>(), n);
    return n;
}

// Feature f is turned with `partner`, away from it where it is the `first` of the pair, by the angle of pair number
// `pair`.
template <class Name, class X, class P, class Pair, class Partner, class First>
constexpr auto rotated(const X& x, const P& position, double base, extent n, const Pair& pair,
                       const Partner& partner, const First& first) {
    const auto angle = copied(position) * exp(pair * (-2 * __builtin_log(base) / static_cast<double>(n)));
    auto turned = make_lookup<Name>(gather_check<X, Name, Partner>(), copied(x), partner);
    return hadamard(copied(x), cos(angle)) +
           hadamard(static_cast<decltype(turned)&&>(turned), where(first, -1, 1) * sin(angle));
}

template <class Name, bool Interleaved, class Check, class X, class P>
constexpr auto make_rotary(Check, X&& x, P&& position, double base) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        const auto row = as_node(static_cast<X&&>(x));
        const auto where_at = as_node(static_cast<P&&>(position));
        const extent n = rotated_extent<Name>(row), half = n / 2;
        constexpr position_of<Name> f{};
        if constexpr (Interleaved)
            return rotated<Name>(row, where_at, base, n, f / 2, f + 1 - f % 2 * 2, f % 2 == 0);
        else
            return rotated<Name>(row, where_at, base, n, where(f < half, f, f - half),
                                 where(f < half, f + half, f - half), f < half);
    }
}

} // namespace heed::dsl

namespace heed {

// x(..., feature) turned at `position`, an integer expression such as position<query>, position<query> + past, or a
// tensor of positions; the axes of x. Of n features (an even number, known when the formula is written: shape_error
// else) feature f < n / 2 is paired with f + n / 2, as in GPT-NeoX and Llama, and
//   result(f)         = x(f) cos a - x(f + n / 2) sin a
//   result(f + n / 2) = x(f + n / 2) cos a + x(f) sin a     with a = position base^(-2 f / n)
// It is computed where the operand is packed, keys once for each tile of rows: keys that are read often are better stored
// turned. Features that are not to be turned are sliced off: their product is a second term of the score.
template <template <extent> class feature, dsl::operand X, dsl::operand Position>
constexpr auto rotary(X&& x, Position&& position, double base = 10000) {
    using name = dsl::name<feature>;
    using check = dsl::rotary_check<X, Position, name>;
    return dsl::make_rotary<name, false>(check(), static_cast<X&&>(x), static_cast<Position&&>(position),
                                         base);
}

// The same where neighbours are paired, 2 f with 2 f + 1, as in RoFormer and GPT-J.
template <template <extent> class feature, dsl::operand X, dsl::operand Position>
constexpr auto rotary_interleaved(X&& x, Position&& position, double base = 10000) {
    using name = dsl::name<feature>;
    using check = dsl::rotary_check<X, Position, name>;
    return dsl::make_rotary<name, true>(check(), static_cast<X&&>(x), static_cast<Position&&>(position),
                                        base);
}

} // namespace heed
