// SPDX-License-Identifier: BSL-1.0
// Keys and values of the tokens so far, for generating one token after another:
//   auto past = cache<key>(tensor<float, head<8>, key<>, feature<64>>(4096), tensor<float, head<8>, key<>, value<64>>(4096));
//   past.append(k, v);      // those of the new tokens, behind the others
//   evaluate(softmax(q * transpose(past.keys()) / 8.f, causal.bottom_right) * past.values());
// The queries are the last of the keys: masks say so by bottom_right, and position<query> + past.size() - queries is the
// position of a query among the keys.
#pragma once

#include <heed/dsl/loop/append.hpp>
#include <heed/evaluate.hpp>

namespace heed::dsl {

// What is appended: an array as it is, another expression computed.
template <class X> auto appended_array(const X& x) {
    if constexpr (std::is_same_v<X, reported>)
        return x;
    else if constexpr (requires { x.pointer; } || requires { x.reader(); })
        return as_node(x);
    else
        return evaluate(x);
}
template <class T, class... Axes> view<T, Axes...> reader_of(const view<T, Axes...>& v) { return v; }
template <class T, class... Axes> view<const T, Axes...> reader_of(const tensor<T, Axes...>& t) {
    return t.reader();
}

// Tensors that are filled along Name from the front. The memory is there from the beginning: nothing moves, and a
// formula over keys() and values() stays good for the keys that were there when it was made.
template <class Name, class... Arrays> class cache_along {
public:
    explicit cache_along(Arrays... with_room)
        : room_(common_extent<Name>("cache", with_room.reader()...)), arrays_(std::move(with_room)...) {}

    extent size() const { return size_; }
    extent room() const { return room_; }

    // x: for each tensor of the cache an expression with its axes, in any order, and its extents but along the cache's
    // axis: the new keys, values. Numbers are converted to the cache's element type. Throws shape_error where extents
    // differ, resource_error where there is no room; then nothing is appended.
    template <operand... X> void append(const X&... x) {
        append_checked(typename appending<names<std::remove_cvref_t<node_t<X>>...>, names<Arrays...>>::type(),
                       x...);
    }
    // Forgets all but the first n. Throws index_error where there are not so many.
    void truncate(extent n) {
        if (n < 0 || n > size_) error::truncated_outside(n, size_);
        size_ = n;
    }

    // What has been appended to the I-th tensor, as an array; keys() and values() are the first and the second.
    template <std::size_t I> auto filled() const {
        return part_of<Name>(std::get<I>(arrays_).reader(), 0, size_);
    }
    auto keys() const { return filled<0>(); }
    auto values() const { return filled<1>(); }

private:
    template <class Check, class... X> void append_checked(Check, const X&... x) {
        if constexpr (is_fine<Check>)
            append_arrays(std::index_sequence_for<X...>{}, reader_of(appended_array(x))...);
    }
    template <std::size_t... I, class... X> void append_arrays(std::index_sequence<I...>, const X&... x) {
        (appended_extent<Name>(x, std::get<I>(arrays_).reader()), ...);
        const extent more = common_extent<Name>("append", x...);
        if (more > room_ - size_) error::cache_full(more, size_, room_);
        (copy_elements(part_of<Name>(std::get<I>(arrays_).writer(), size_, more), x), ...);
        size_ += more;
    }
    extent room_, size_ = 0;
    std::tuple<Arrays...> arrays_;
};

template <class Name, class Check, class... Arrays> auto make_cache(Check, Arrays... with_room) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return cache_along<Name, Arrays...>(std::move(with_room)...);
}

} // namespace heed::dsl

namespace heed {

// A cache of one or several tensors that grows along axis A; their extent there, the same for all, is its room.
template <template <extent> class A, class... Tensors> auto cache(Tensors... with_room) {
    using name = dsl::name<A>;
    return dsl::make_cache<name>(dsl::growing_check<name, Tensors...>(), std::move(with_room)...);
}

} // namespace heed
