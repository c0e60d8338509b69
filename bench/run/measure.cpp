// SPDX-License-Identifier: BSL-1.0
// Bursts, turns and quantiles.
#include "measure.hpp"

#include "peak.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>

namespace bench {
namespace {

constexpr long peak_rounds =
    1'000'000; // milliseconds, so that threads meet no more often than in the others' calls

double now(int threads) {
    if (threads > 1)
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    std::timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time); // other processes' turns do not count
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

struct turn {
    call run;
    int calls = 1;
};

double burst(const turn& taken, int threads) {
    const double start = now(threads);
    for (int i = 0; i < taken.calls; ++i) taken.run();
    return (now(threads) - start) / taken.calls;
}

} // namespace

double timing::quantile(double part) const {
    std::vector<double> sorted = seconds_;
    std::ranges::sort(sorted);
    return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

const measured* result::find(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &measured::name);
    return found == entries.end() ? nullptr : &*found;
}

double result::speed_ratio(const measured& a, const measured& b, double (timing::*of)() const) const {
    return a.flops / (a.time.*of)() * ((b.time.*of)() / b.flops);
}

result measure(const attention& what, const setting& how, const effort& spent) {
    const operands at(what);
    result found{what, how.threads, compare(what, at, how), {}};
    std::vector<turn> turns;
    const auto enter = [&](std::string_view name, double flops, call run) {
        if (!run) return;
        found.entries.push_back({name, flops, {}});
        turns.push_back({std::move(run)});
    };
    enter("peak", how.threads * multiply_add_flops(how.instruction_set, peak_rounds),
          [how] { multiply_add(how.instruction_set, peak_rounds, how.threads); });
    for (const contestant& each : timed_contestants(how))
        enter(each.name, what.flops(), each.prepare(what, at, how));
    if (!what.plain.empty()) {
        const attention& plain = *find_attention(what.plain);
        enter("plain", plain.flops(), prepare_heed(plain, at, how));
    }

    for (turn& each : turns) {
        burst(each, how.threads);
        each.calls = std::max(1, static_cast<int>(spent.burst_seconds / burst(each, how.threads)));
    }
    for (int round = 0; round < spent.rounds; ++round)
        for (std::size_t i = 0; i < turns.size(); ++i)
            found.entries[i].time.add(burst(turns[i], how.threads));
    return found;
}

} // namespace bench
