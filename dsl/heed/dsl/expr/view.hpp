// SPDX-License-Identifier: BSL-1.0
// A tensor that somebody else owns: a pointer, extents and strides (in elements; any, also zero and negative).
#pragma once

#include <array>
#include <span>

#include <heed/dsl/diagnose/run_time.hpp>
#include <heed/dsl/expr/node.hpp>
#include <heed/dsl/expr/storage.hpp>

namespace heed::dsl {

template <class T>
inline constexpr kind kind_of_element = std::is_same_v<T, bool> ? kind::boolean
                                        : std::is_integral_v<T> ? kind::integer
                                                                : kind::real;

// What can hand over a pointer, extents and strides: std::mdspan and everything shaped like it.
template <class M>
concept like_mdspan = requires(const M& m) {
    m.data_handle();
    m.extent(0);
    m.stride(0);
};

// Extents in order, where the caller gives only those that the axes leave open.
template <class... Axes> constexpr std::array<extent, sizeof...(Axes)> fill_extents(const extent* open) {
    return {(Axes::static_extent != dynamic ? Axes::static_extent : *open++)...};
}
// The product of extents, none of which is negative.
constexpr extent size_of_extents(const extent* extents, int rank, std::size_t element_bytes) {
    extent n = 1, bytes = static_cast<extent>(element_bytes);
    bool empty = false, too_large = false;
    for (int i = 0; i < rank; ++i) {
        empty = empty || extents[i] == 0;
        too_large = __builtin_mul_overflow(bytes, extents[i], &bytes) || too_large;
        n = too_large ? 0 : n * extents[i];
    }
    if (too_large && !empty) error::too_large(extents, rank);
    return empty ? 0 : n;
}
template <std::size_t R> constexpr std::array<extent, R> row_major(const std::array<extent, R>& extents) {
    std::array<extent, R> strides{};
    extent next = 1;
    for (std::size_t i = R; i-- > 0;) {
        strides[i] = next;
        // Strides of too large a shape are of no use, but computing them must not be undefined.
        if (extents[i] > 0 && __builtin_mul_overflow(next, extents[i], &next)) next = 0;
    }
    return strides;
}

} // namespace heed::dsl

namespace heed {

// T is the element, const where the view only reads. Throws shape_error where an extent contradicts a static one.
template <class T, class... Axes> struct view : expression_base {
    using element_t = std::remove_const_t<T>;
    using shape_t = dsl::axes<Axes...>;
    static_assert(dsl::said(dsl::tensor_check<shape_t>()));
    static constexpr dsl::is node_kind = dsl::is::leaf;
    static constexpr int loose = 0, rank = static_cast<int>(sizeof...(Axes));
    static constexpr dsl::kind element = dsl::kind_of_element<element_t>;
    using extents_t = std::array<extent, sizeof...(Axes)>;

    T* pointer = nullptr;
    extents_t extents{}, strides{};

    constexpr view() = default;
    // Number by number: then compilers keep those of a formula in registers while it is rearranged. Copied whole, they are
    // stored in pieces and loaded in others at once, for which a processor has to wait.
    constexpr view(const view& other) : pointer(other.pointer) {
        for (std::size_t i = 0; i < sizeof...(Axes); ++i) {
            extents[i] = other.extents[i];
            strides[i] = other.strides[i];
        }
    }
    constexpr view& operator=(const view&) = default;
    // Row-major over all extents, in order.
    constexpr view(T* p, extents_t all) : view(p, all, dsl::row_major(all)) {}
    constexpr view(T* p, extents_t all, extents_t steps) : pointer(p), extents(all), strides(steps) {
        check();
    }
    // Row-major; only the extents that the axes leave open, in order.
    template <std::convertible_to<extent>... Open>
    constexpr explicit view(T* p, Open... open)
        : view(sized(dsl::extents_check<shape_t, Open...>(), p, static_cast<extent>(open)...)) {}
    template <class U, std::size_t N, std::convertible_to<extent>... Open>
        requires std::is_convertible_v<U*, T*>
    constexpr explicit view(std::span<U, N> s, Open... open)
        : view(sized(dsl::extents_check<shape_t, Open...>(), s.data(), static_cast<extent>(open)...)) {
        if (static_cast<extent>(s.size()) < size()) error::short_span(static_cast<extent>(s.size()), size());
    }
    template <dsl::like_mdspan M> constexpr explicit view(const M& m) : pointer(m.data_handle()) {
        for (std::size_t i = 0; i < sizeof...(Axes); ++i) {
            extents[i] = static_cast<extent>(m.extent(i));
            strides[i] = static_cast<extent>(m.stride(i));
        }
        check();
    }
    // Reading what may be written.
    template <class U>
        requires(std::is_same_v<const U, T> && !std::is_same_v<U, T>)
    constexpr view(const view<U, Axes...>& other)
        : pointer(other.pointer), extents(other.extents), strides(other.strides) {}

    constexpr T* data() const { return pointer; }
    constexpr extent extent_at(int i) const { return extents[static_cast<std::size_t>(i)]; }
    constexpr extent stride_at(int i) const { return strides[static_cast<std::size_t>(i)]; }
    template <template <extent> class A> constexpr extent extent_of() const {
        return find_extent(dsl::extent_of_check<shape_t, dsl::name<A>>(),
                           dsl::place_of<dsl::name<A>, shape_t>);
    }
    // Throws shape_error where so many elements have no size in bytes.
    constexpr extent size() const { return dsl::size_of_extents(extents.data(), rank, sizeof(T)); }
    template <std::convertible_to<extent>... I> constexpr T& operator()(I... index) const {
        return at_index(dsl::indices_check<shape_t, I...>(), static_cast<extent>(index)...);
    }

private:
    template <class, class...> friend struct tensor;
    // What follows does nothing where there is a mistake, which has been said.
    template <class Check, class... Open> static constexpr view sized(Check, T* p, Open... open) {
        if constexpr (!dsl::is_fine<Check>)
            return {};
        else {
            const extent given[sizeof...(Open) + 1] = {open...};
            return view(p, dsl::fill_extents<Axes...>(given));
        }
    }
    template <class Check> constexpr extent find_extent(Check, int place) const {
        return dsl::is_fine<Check> ? extents[static_cast<std::size_t>(place)] : 0;
    }
    template <class Check, class... I> constexpr T& at_index(Check, I... index) const {
        extent offset = 0;
        if constexpr (dsl::is_fine<Check>) {
            std::size_t i = 0;
            ((offset += index * strides[i++]), ...);
        }
        return pointer[offset];
    }
    // Throws shape_error where an extent contradicts a static one. Of an array without elements the pointer may be null,
    // so that nothing may be added to it: all its strides are 0.
    constexpr void check() {
        constexpr extent declared[sizeof...(Axes) + 1] = {Axes::static_extent...};
        bool empty = false;
        for (std::size_t i = 0; i < sizeof...(Axes); ++i) {
            empty = empty || extents[i] == 0;
            if (extents[i] < 0 || (declared[i] != dynamic && declared[i] != extents[i]))
                error::wrong_extent(static_cast<int>(i), declared[i], extents[i]);
        }
        if (empty) strides = {};
    }
};

} // namespace heed
