// SPDX-License-Identifier: BSL-1.0
// Keys and values of several sequences in blocks of one pool, so that sequences of any length share the memory (Kwon and
// others, "Efficient memory management for large language model serving with PagedAttention", SOSP 2023):
//   auto past = paged_cache<key>(256, tensor<float, head<8>, key<>, feature<64>>(16), tensor<float, head<8>, key<>, value<64>>(16));
//   const int s = past.open();           // 256 blocks of 16 keys; a sequence takes blocks as it grows
//   past.append(s, k, v);
//   evaluate(softmax(q * transpose(past.keys(s)) / 8.f, causal.bottom_right) * past.values(s));
//   past.close(s);                       // its blocks are free again
#pragma once

#include <algorithm>
#include <vector>

#include <heed/axis.hpp>
#include <heed/cache.hpp>
#include <heed/tensor.hpp>

namespace heed::paged {

// The axes of a pool, where slot is in the place of the cache's axis, and of the table of a sequence's blocks.
template <extent N = dynamic> struct page : axis<N> {};
template <extent N = dynamic> struct slot : axis<N> {};
template <extent N = dynamic> struct entry : axis<N> {};

} // namespace heed::paged

namespace heed::dsl {

// The pool of blocks that are like a tensor.
template <class Name, class Block> struct pool_of;
template <class Name, class T, class... Axes> struct pool_of<Name, tensor<T, Axes...>> {
    using block_t = typename renamed<Name, name<paged::slot>>::template shape<axes<Axes...>>;
    using type = typename array_over<T, concat<axes<paged::page<>>, block_t>>::tensor_t;
    static type make(const tensor<T, Axes...>& like, extent blocks) {
        typename type::view_t::extents_t extents{blocks};
        for (std::size_t i = 0; i < sizeof...(Axes); ++i) extents[i + 1] = like.extents()[i];
        return type::with_extents(extents);
    }
};

// n keys of a pool: those of entry i of the table at slots 0 ... of its block.
template <class Name, class Pool, class Table>
auto paged_keys(const Pool& pool, const Table& table, extent n, extent slots) {
    const range_of_axis<Name> index(n);
    return gather<paged::page>(gather<paged::slot>(pool, index % slots),
                               gather<paged::entry>(table, index / slots));
}

// Several sequences of a paged cache as one batch along Sequence.
template <class Cache, class Sequence> class paged_batch {
public:
    paged_batch(const Cache& cache, const std::vector<int>& sequences)
        : lengths(static_cast<extent>(sequences.size())),
          cache_(cache),
          table_(lengths.size(), cache.most_blocks(sequences)) {
        for (extent i = 0; i < lengths.size(); ++i) {
            const auto& q = cache.find(sequences[static_cast<std::size_t>(i)]);
            lengths(i) = static_cast<int>(q.size);
            longest_ = q.size > longest_ ? q.size : longest_;
            for (std::size_t b = 0; b < q.blocks.size(); ++b) table_(i, b) = q.blocks[b];
        }
    }
    // As those of the cache with the axis Sequence in front. The extent is that of the longest sequence: what is behind
    // the end of another one is to be masked, by padding(lengths) or a stricter condition.
    template <std::size_t I> auto filled() const {
        return paged_keys<typename Cache::name_t>(cache_.template pool<I>(), table_, longest_,
                                                  cache_.slots());
    }
    auto keys() const { return filled<0>(); }
    auto values() const { return filled<1>(); }

    tensor<int, axis_named<Sequence>> lengths;

private:
    const Cache& cache_;
    tensor<int, axis_named<Sequence>, paged::entry<>> table_;
    extent longest_ = 0;
};

template <class Name, class... Blocks> class paged_cache_along {
public:
    using name_t = Name;
    paged_cache_along(extent blocks, const Blocks&... like)
        : slots_(common_extent<Name>("paged_cache", like.reader()...)),
          pools_(pool_of<Name, Blocks>::make(like, blocks)...) {
        if (slots_ < 1) error::empty_block(slots_);
        for (extent b = blocks; b-- > 0;) free_.push_back(static_cast<int>(b));
    }

    // A new sequence without keys, by a number that counts until close(s).
    int open() {
        std::size_t s = 0;
        while (s < sequences_.size() && sequences_[s].is_open) ++s;
        if (s == sequences_.size()) sequences_.emplace_back();
        sequences_[s].is_open = true;
        return static_cast<int>(s);
    }
    void close(int s) {
        truncate(s, 0);
        sequences_[static_cast<std::size_t>(s)].is_open = false;
    }
    extent size(int s) const { return find(s).size; }
    extent slots() const { return slots_; } // of a block
    extent free_blocks() const { return static_cast<extent>(free_.size()); }

    // As of cache(...); resource_error where the blocks do not suffice. Formulas over s are to be made anew.
    template <operand... X> void append(int s, const X&... x) {
        append_checked(typename appending<names<std::remove_cvref_t<node_t<X>>...>, names<Blocks...>>::type(),
                       s, x...);
    }
    // Forgets all but the first n keys; blocks that are empty then are free.
    void truncate(int s, extent n) {
        sequence& q = find(s);
        if (n < 0 || n > q.size) error::truncated_outside(n, q.size);
        for (q.size = n; static_cast<extent>(q.blocks.size()) > blocks_for(n); q.blocks.pop_back())
            free_.push_back(q.blocks.back());
    }

    // The keys and the values of a sequence: (head, key, feature) as the tensors of the cache, looked up in the pool.
    template <std::size_t I> auto filled(int s) const {
        const sequence& q = find(s);
        const view<const int, paged::entry<>> table(q.blocks.data(), {static_cast<extent>(q.blocks.size())});
        return paged_keys<Name>(pool<I>(), table, q.size, slots_);
    }
    auto keys(int s) const { return filled<0>(s); }
    auto values(int s) const { return filled<1>(s); }

    // Several sequences with an axis in front of those of the tensors: both.keys(), both.values(), both.lengths.
    template <template <extent> class Sequence> auto batch(const std::vector<int>& sequences) const {
        return paged_batch<paged_cache_along, name<Sequence>>(*this, sequences);
    }

    template <std::size_t I> auto pool() const { return std::get<I>(pools_).reader(); }

private:
    template <class, class> friend class paged_batch;
    struct sequence {
        std::vector<int> blocks;
        extent size = 0;
        bool is_open = false;
    };
    extent blocks_for(extent keys) const { return (keys + slots_ - 1) / slots_; }
    const sequence& find(int s) const {
        if (s < 0 || static_cast<std::size_t>(s) >= sequences_.size() ||
            !sequences_[static_cast<std::size_t>(s)].is_open)
            error::sequence_not_open(s);
        return sequences_[static_cast<std::size_t>(s)];
    }
    extent most_blocks(const std::vector<int>& sequences) const {
        std::size_t most = 0;
        for (int s : sequences) most = std::max(most, find(s).blocks.size());
        return static_cast<extent>(most);
    }
    sequence& find(int s) { return const_cast<sequence&>(std::as_const(*this).find(s)); }

    template <class Check, class... X> void append_checked(Check, int s, const X&... x) {
        if constexpr (is_fine<Check>)
            append_arrays(std::index_sequence_for<X...>{}, find(s), reader_of(appended_array(x))...);
    }
    // A block of the I-th pool, with the axes of the tensor.
    template <std::size_t I> auto block(int b) {
        auto& all = std::get<I>(pools_);
        using T = at<names<Blocks...>, static_cast<int>(I)>;
        typename array_over<typename T::element_t, shape_of<T>>::view_t one;
        for (std::size_t i = 0; i < one.extents.size(); ++i) {
            one.extents[i] = all.extents()[i + 1];
            one.strides[i] = all.stride_at(static_cast<int>(i) + 1);
        }
        one.pointer = all.data() + b * all.stride_at(0);
        return one;
    }
    template <std::size_t... I, class... X>
    void append_arrays(std::index_sequence<I...>, sequence& q, const X&... x) {
        const extent more = common_extent<Name>("append", x...);
        const extent needed = blocks_for(q.size + more) - static_cast<extent>(q.blocks.size());
        (appended_extent<Name>(x, block<I>(0)), ...);
        if (needed > free_blocks()) error::blocks_used_up(needed, free_blocks());
        for (extent b = 0; b < needed; ++b, free_.pop_back()) q.blocks.push_back(free_.back());
        for (extent first = 0, many = 0; first < more; first += many) {
            const extent slot = q.size % slots_;
            many = more - first < slots_ - slot ? more - first : slots_ - slot;
            const int b = q.blocks[static_cast<std::size_t>(q.size / slots_)];
            (copy_elements(part_of<Name>(block<I>(b), slot, many), part_of<Name>(x, first, many)), ...);
            q.size += many;
        }
    }
    extent slots_;
    std::tuple<typename pool_of<Name, Blocks>::type...> pools_;
    std::vector<int> free_;
    std::vector<sequence> sequences_;
};

template <class Name, class Check, class... Blocks>
auto make_paged_cache(Check, extent blocks, const Blocks&... like) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return paged_cache_along<Name, Blocks...>(blocks, like...);
}

} // namespace heed::dsl

namespace heed {

// `blocks` blocks for each of the tensors, which say what a block is: their extent along axis A is its keys.
template <template <extent> class A, class... Tensors>
auto paged_cache(extent blocks, const Tensors&... like) {
    using name = dsl::name<A>;
    return dsl::make_paged_cache<name>(dsl::growing_check<name, Tensors...>(), blocks, like...);
}

} // namespace heed
