// SPDX-License-Identifier: BSL-1.0
// The work of one contestant, to be repeated.
#pragma once

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace bench {

/// Computes something again and again without allocating. Empty where there is nothing to compute.
class call {
public:
    using work = std::function<void()>;
    /// Repeats the work as often as asked for and returns the seconds of all of it.
    using stopwatch = std::function<double(int)>;

    call() = default;
    template <std::invocable Work>
        requires(!std::same_as<std::remove_cvref_t<Work>, call>)
    call(Work once) : once_(std::move(once)) {}
    /// For work in another process, whose time cannot be seen from here.
    call(work once, stopwatch many) : once_(std::move(once)), many_(std::move(many)) {}

    explicit operator bool() const { return static_cast<bool>(once_); }
    void operator()() const { once_(); }

    bool times_itself() const { return static_cast<bool>(many_); }
    /// The seconds of as many repetitions, where it times itself.
    double seconds(int repetitions) const { return many_(repetitions); }

private:
    work once_;
    stopwatch many_;
};

} // namespace bench
