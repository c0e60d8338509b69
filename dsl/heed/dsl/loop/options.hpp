// SPDX-License-Identifier: BSL-1.0
// How a formula is run: on which executor, in whose memory, with which instruction set.
#pragma once

#include <heed/dsl/loop/instruction_sets.hpp>

#include <unistd.h>

namespace heed {

// Runs everything on the calling thread.
struct serial_executor {
    template <class F> void parallel_for(extent n, const F& f) const {
        for (extent i = 0; i < n; ++i) f(i);
    }
    static constexpr extent concurrency() { return 1; }
};
inline constexpr serial_executor serial{};

// evaluate(e, reference): the oracle.
struct reference_t {};
inline constexpr reference_t reference{};

} // namespace heed

namespace heed::dsl {

template <class Executor> struct on_executor {
    Executor executor; // a reference where the caller keeps it
};
struct in_workspace {
    std::span<std::byte> bytes;
};
struct with_instructions {
    instruction_set set;
};

template <class O> inline constexpr bool is_option = false;
template <class Ex> inline constexpr bool is_option<on_executor<Ex>> = true;
template <> inline constexpr bool is_option<in_workspace> = true;
template <> inline constexpr bool is_option<with_instructions> = true;

template <class... O> constexpr bool options_checked() {
    return ([] {
        if constexpr (is_option<O>)
            return true;
        else
            error::not_an_option<O>();
        return false;
    }() && ...);
}

inline const serial_executor& find_executor() { return serial; }
template <class First, class... Rest>
constexpr const auto& find_executor(const First& first, const Rest&... rest) {
    if constexpr (requires { first.executor; })
        return first.executor;
    else
        return find_executor(rest...);
}
template <class... O> std::span<std::byte> find_workspace(const O&... options) {
    std::span<std::byte> bytes{};
    [[maybe_unused]] const auto look = [&](const auto& o) {
        if constexpr (requires { o.bytes; }) bytes = o.bytes;
    };
    (look(options), ...);
    return bytes;
}
template <class... O> instruction_set find_instructions(const O&... options) {
    const auto available = available_instruction_sets();
    instruction_set set = available.back();
    [[maybe_unused]] const auto look = [&](const auto& o) {
        if constexpr (requires { o.set; }) {
            for (instruction_set s : available)
                if (s == o.set) return void(set = s);
            error::no_instruction_set(to_string(o.set));
        }
    };
    (look(options), ...);
    return set;
}

// How many work items an executor runs at once; an executor that does not say is asked to use every processor.
template <class Ex> extent workers_of(const Ex& executor) {
    extent n = 1;
    if constexpr (requires { executor.concurrency(); })
        n = static_cast<extent>(executor.concurrency());
    else
        n = static_cast<extent>(sysconf(_SC_NPROCESSORS_ONLN));
    return n > 0 ? n : 1;
}

} // namespace heed::dsl

namespace heed {

// Runs on an executor: anything with parallel_for(n, f), which calls f(0) ... f(n - 1), at the same time or not, and
// returns when all have returned; and, if it has one, concurrency(), how many of them it runs at the same time.
template <class Executor> constexpr auto on(Executor&& executor) {
    return dsl::on_executor<Executor>{static_cast<Executor&&>(executor)};
}
// Uses the caller's memory, at least workspace_bytes(e, ...) of it; nothing is allocated.
constexpr auto workspace(std::span<std::byte> bytes) { return dsl::in_workspace{bytes}; }
// Uses that instruction set, which must be available.
constexpr auto instructions(instruction_set set) { return dsl::with_instructions{set}; }

} // namespace heed
