// SPDX-License-Identifier: BSL-1.0
// A tensor that owns its memory: row-major, aligned to 64 bytes, zero where nothing was written.
#pragma once

#include <new>
#include <utility>

#include <heed/dsl/expr/view.hpp>

namespace heed {

// Run-time extents are given in order: `tensor<float, head<8>, query<>, feature<64>> q(512)`.
// Throws shape_error for a negative extent, std::bad_alloc where there is no memory.
template <class T, class... Axes> struct tensor : expression_base {
    using element_t = T;
    using shape_t = dsl::axes<Axes...>;
    static_assert(dsl::said(dsl::tensor_check<shape_t>()));
    using view_t = view<T, Axes...>;
    using reader_t = view<const T, Axes...>;
    static constexpr dsl::is node_kind = dsl::is::leaf;
    static constexpr int loose = 0, rank = static_cast<int>(sizeof...(Axes));
    static constexpr dsl::kind element = dsl::kind_of_element<T>;
    static_assert(std::is_trivially_copyable_v<T>, "tensor: requires a trivially copyable element");

    template <std::convertible_to<extent>... Open>
    explicit tensor(Open... open)
        : tensor(
              view_t::sized(dsl::extents_check<shape_t, Open...>(), nullptr, static_cast<extent>(open)...)) {}
    // What evaluating a mistake gives, so that `tensor o = evaluate(e)` says no more than e did.
    tensor(dsl::reported) : tensor(view_t()) {}
    // All extents, static ones included, in order.
    static tensor with_extents(typename view_t::extents_t all) { return tensor(view_t(nullptr, all)); }

    tensor(const tensor& other) : whole(other.whole) {
        allocate();
        const extent n = whole.size();
        for (extent i = 0; i < n; ++i) new (whole.pointer + i) T(other.whole.pointer[i]);
    }
    tensor(tensor&& other) noexcept : whole(std::exchange(other.whole, view_t{})) {}
    tensor& operator=(tensor other) noexcept {
        std::swap(whole, other.whole);
        return *this;
    }
    ~tensor() { ::operator delete(static_cast<void*>(whole.pointer), std::align_val_t{64}); }

    T* data() { return whole.pointer; }
    const T* data() const { return whole.pointer; }
    extent size() const { return whole.size(); }
    extent extent_at(int i) const { return whole.extent_at(i); }
    extent stride_at(int i) const { return whole.stride_at(i); }
    template <template <extent> class A> extent extent_of() const {
        using name = dsl::name<A>;
        return whole.find_extent(dsl::extent_of_check<shape_t, name>(), dsl::place_of<name, shape_t>);
    }
    const typename view_t::extents_t& extents() const { return whole.extents; }
    T* begin() { return data(); }
    T* end() { return data() + size(); }
    const T* begin() const { return data(); }
    const T* end() const { return data() + size(); }
    void fill(T value) {
        for (T& x : *this) x = value;
    }
    template <std::convertible_to<extent>... I> T& operator()(I... index) {
        return whole.at_index(dsl::indices_check<shape_t, I...>(), static_cast<extent>(index)...);
    }
    template <std::convertible_to<extent>... I> const T& operator()(I... index) const {
        return whole.at_index(dsl::indices_check<shape_t, I...>(), static_cast<extent>(index)...);
    }
    view_t writer() { return whole; }
    reader_t reader() const { return whole; }
    operator view_t() { return whole; }
    operator reader_t() const { return whole; }

private:
    explicit tensor(view_t shape) : whole(shape) {
        allocate();
        const extent n = whole.size();
        for (extent i = 0; i < n; ++i) new (whole.pointer + i) T{};
    }
    void allocate() {
        const extent n = whole.size();
        whole.pointer = nullptr;
        whole.pointer = static_cast<T*>(
            ::operator new(sizeof(T) * static_cast<std::size_t>(n > 0 ? n : 1), std::align_val_t{64}));
    }
    view_t whole;
};

tensor(dsl::reported) -> tensor<float>;

} // namespace heed
