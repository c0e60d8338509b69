// SPDX-License-Identifier: BSL-1.0
// The loop layer, compiled once per instruction set in this translation unit, and the choice among them at run time.
// Where the compiler is told of a set for everything (-march), only the best it is told of is compiled.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <utility>

#include <heed/dsl/loop/across.hpp>
#include <heed/dsl/loop/coefficients.hpp>
#include <heed/dsl/loop/philox.hpp>
#include <heed/dsl/loop/scan_task.hpp>
#include <heed/dsl/loop/task.hpp>

namespace heed {

// Ordered: a later one is faster. `baseline` is what the compiler generates unasked.
enum class instruction_set { baseline, avx2, avx512 };

constexpr const char* to_string(instruction_set s) {
    return s == instruction_set::avx512 ? "avx512" : s == instruction_set::avx2 ? "avx2" : "baseline";
}

} // namespace heed

#if defined(__x86_64__) &&                                                                                   \
    !(defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__))
#    if defined(__clang__)
#        pragma clang attribute push(                                                                        \
            __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c"))),                     \
            apply_to = function)
#    else
#        pragma GCC push_options
#        pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c,prefer-vector-width=512")
#    endif
namespace heed::dsl::avx512 {
inline constexpr int vector_bytes = 64, register_vectors = 4;
#    include <heed/dsl/loop/isa/all.inc>
} // namespace heed::dsl::avx512
#    if defined(__clang__)
#        pragma clang attribute pop
#    else
#        pragma GCC pop_options
#    endif
#    if !(defined(__AVX2__) && defined(__FMA__))
#        if defined(__clang__)
#            pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#        else
#            pragma GCC push_options
#            pragma GCC target("avx2,fma,f16c")
#        endif
namespace heed::dsl::avx2 {
inline constexpr int vector_bytes = 32, register_vectors = 2;
#        include <heed/dsl/loop/isa/all.inc>
} // namespace heed::dsl::avx2
#        if defined(__clang__)
#            pragma clang attribute pop
#        else
#            pragma GCC pop_options
#        endif
#    endif
#endif

namespace heed::dsl::native {
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
inline constexpr instruction_set set = instruction_set::avx512;
inline constexpr int vector_bytes = 64, register_vectors = 4;
#elif defined(__AVX2__) && defined(__FMA__)
inline constexpr instruction_set set = instruction_set::avx2;
inline constexpr int vector_bytes = 32, register_vectors = 2;
#else
inline constexpr instruction_set set = instruction_set::baseline;
inline constexpr int vector_bytes = 16, register_vectors = 2;
#endif
#include <heed/dsl/loop/isa/all.inc>
} // namespace heed::dsl::native

namespace heed {

// The sets that are compiled in and that this processor has, worst first.
inline std::span<const instruction_set> available_instruction_sets() {
    static const struct list {
        instruction_set sets[3];
        std::size_t size = 0;
        list() {
            sets[size++] = dsl::native::set;
#if defined(__x86_64__) &&                                                                                   \
    !(defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__))
            if (dsl::native::set < instruction_set::avx2 && __builtin_cpu_supports("avx2") &&
                __builtin_cpu_supports("fma"))
                sets[size++] = instruction_set::avx2;
            if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
                sets[size++] = instruction_set::avx512;
#endif
        }
    } available;
    return {available.sets, available.size};
}

} // namespace heed

namespace heed::dsl {

// The compiled loop of a task for one set; of the baseline where the set is not compiled in. `bytes` is what a worker takes,
// `state_bytes` what an item leaves for `join`.
template <class Task> struct compiled {
    extent (*bytes)(const Task&);
    void (*run)(const Task&, extent, std::byte*);
    extent (*state_bytes)(const Task&) = nullptr;
    void (*join)(const Task&, extent) = nullptr;
};
template <class Loop, class Task> constexpr compiled<Task> compiled_loop() {
    if constexpr (requires { &Loop::join; })
        return {&Loop::bytes, &Loop::run, &Loop::state_bytes, &Loop::join};
    else
        return {&Loop::bytes, &Loop::run};
}
template <class Task> constexpr compiled<Task> loop_for([[maybe_unused]] instruction_set set) {
#if defined(__x86_64__) &&                                                                                   \
    !(defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__))
    if (set == instruction_set::avx512) return compiled_loop<avx512::loop<Task>, Task>();
#    if !(defined(__AVX2__) && defined(__FMA__))
    if (set == instruction_set::avx2) return compiled_loop<avx2::loop<Task>, Task>();
#    endif
#endif
    return compiled_loop<native::loop<Task>, Task>();
}

// The numbers of a task's loop, for those who ask: lanes of a vector, rows of a block, keys of a panel and of a tile, bytes of
// workspace per worker (-1 where the extents are not known), and whether lanes go across rows.
struct tiling {
    extent lanes, block, panel, tile_keys, bytes;
    bool across;
};
template <class Loop, class Task> constexpr tiling tiling_of(const Task& t, bool known) {
    return {Loop::n,
            Loop::block,
            Loop::panel,
            known && t.is_few() ? Loop::long_keys : Loop::tile_keys,
            known ? Loop::bytes(t) : -1,
            known && goes_across(t, Loop::n, Loop::block)};
}
template <class Task>
constexpr tiling tiling_for([[maybe_unused]] instruction_set set, const Task& t, bool known) {
#if defined(__x86_64__) &&                                                                                   \
    !(defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__))
    if (set == instruction_set::avx512) return tiling_of<avx512::loop<Task>>(t, known);
#    if !(defined(__AVX2__) && defined(__FMA__))
    if (set == instruction_set::avx2) return tiling_of<avx2::loop<Task>>(t, known);
#    endif
#endif
    return tiling_of<native::loop<Task>>(t, known);
}

} // namespace heed::dsl
