// SPDX-License-Identifier: BSL-1.0
// operator new and delete that count what is outstanding.
#include "long_keys.hpp"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> outstanding{0}, most{0};

void* counted(void* memory) {
    if (!memory) throw std::bad_alloc();
    const long now = outstanding += static_cast<long>(malloc_usable_size(memory));
    for (long seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    return memory;
}

void release(void* memory) {
    outstanding -= static_cast<long>(malloc_usable_size(memory));
    std::free(memory);
}

} // namespace

// The forms for arrays and without exceptions come down to these.
void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto unit = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace bench {

void forget_most_bytes() { most = outstanding.load(); }
double bytes_now() { return static_cast<double>(outstanding.load()); }
double most_bytes() { return static_cast<double>(most.load()); }

} // namespace bench
