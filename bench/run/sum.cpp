// SPDX-License-Identifier: BSL-1.0
// A plain sum over bytes, with -O3 for this machine: what reading them once costs at least.
#include "contestant.hpp"

#include <omp.h>

#include <cstddef>
#include <cstring>
#include <span>

namespace bench {
namespace {

typedef std::uint32_t vector __attribute__((vector_size(64), aligned(1), may_alias));

/// Whole numbers, so that no bytes are slow ones. Parts of the array at once, each with sums of its own, sixteen in all.
template <std::size_t Parts> std::uint32_t sum(const std::byte* first, std::size_t bytes) {
    constexpr std::size_t vectors = 16 / Parts, step = vectors * sizeof(vector);
    const std::size_t part = bytes / Parts / step * step;
    vector sums[Parts][vectors] = {};
    for (std::size_t i = 0; i < part; i += step)
#pragma GCC unroll 16
        for (std::size_t p = 0; p < Parts; ++p)
#pragma GCC unroll 16
            for (std::size_t j = 0; j < vectors; ++j) {
                vector read;
                std::memcpy(&read, first + p * part + i + j * sizeof(vector), sizeof read);
                sums[p][j] += read;
            }
    vector all = {};
    for (const auto& of_part : sums)
        for (const vector& each : of_part) all += each;
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < sizeof(vector) / 4; ++i) total += all[i];
    for (std::size_t i = Parts * part; i < bytes; ++i) total += std::to_integer<std::uint32_t>(first[i]);
    return total;
}

std::vector<std::span<const std::byte>> summed(const attention& what, const operands& at) {
    const auto scores = static_cast<std::size_t>(what.rows() * what.keys);
    const auto bytes = [](const auto* first, std::size_t size) {
        return std::as_bytes(std::span(first, size));
    };
    if (what.bias) return {bytes(at.bias(), static_cast<std::size_t>(what.heads) * scores)};
    if (what.boolean) return {bytes(at.seen(), scores)};
    const auto size = static_cast<std::size_t>(what.pieces() * what.keys * what.features);
    return {bytes(at.k(), size), bytes(at.v(), size)};
}

} // namespace

template <std::size_t Parts>
static call prepare(const attention& what, const operands& at, const setting& how) {
    const auto arrays = summed(what, at);
    const auto kept =
        std::make_shared<std::vector<std::uint32_t>>(static_cast<std::size_t>(how.threads * 16));
    if (how.threads == 1)
        return [arrays, kept] {
            for (const auto& each : arrays) (*kept)[0] += sum<Parts>(each.data(), each.size());
        };
    return [arrays, kept, threads = how.threads] {
#pragma omp parallel num_threads(threads)
        for (const auto& each : arrays) {
            const auto thread = static_cast<std::size_t>(omp_get_thread_num()),
                       many = static_cast<std::size_t>(omp_get_num_threads());
            const std::size_t first = each.size() * thread / many, end = each.size() * (thread + 1) / many;
            (*kept)[16 * thread] += sum<Parts>(each.data() + first, end - first);
        }
    };
}

call prepare_sum(const attention& what, const operands& at, const setting& how) {
    return prepare<4>(what, at, how);
}

call prepare_sum_in_order(const attention& what, const operands& at, const setting& how) {
    return prepare<1>(what, at, how);
}

double summed_bytes(const attention& what) {
    const auto scores = static_cast<double>(what.rows() * what.keys);
    if (what.bias) return static_cast<double>(what.heads) * scores * sizeof(float);
    if (what.boolean) return scores * sizeof(bool);
    return 2 * static_cast<double>(what.pieces() * what.keys * what.features) * sizeof(float);
}

} // namespace bench
