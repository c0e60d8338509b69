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

constexpr double long_call = 1; // second

double now(int threads) {
    if (threads > 1)
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    std::timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time); // other processes' turns do not count
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double burst(const call& run, int calls, int threads) {
    if (run.times_itself()) return run.seconds(calls) / calls;
    const double start = now(threads);
    for (int i = 0; i < calls; ++i) run();
    return (now(threads) - start) / calls;
}

} // namespace

double timing::quantile(double part) const {
    std::vector<double> sorted = seconds_;
    std::ranges::sort(sorted);
    return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

const measured* results::find(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &measured::name);
    return found == entries.end() ? nullptr : &*found;
}

double results::speed_ratio(const measured& a, const measured& b, double (timing::*of)() const) const {
    return a.flops / (a.time.*of)() * ((b.time.*of)() / b.flops);
}

void turns::enter(std::string_view name, double flops, call run) {
    if (!run) return;
    entries_.push_back({name, flops, {}});
    calls_.push_back(std::move(run));
}

void turns::enter_peak(const setting& how, std::string_view name) {
    enter(name, how.threads * multiply_add_flops(how.instruction_set, peak_rounds),
          [how] { multiply_add(how.instruction_set, peak_rounds, how.threads); });
}

std::vector<measured> turns::take(int threads, const effort& spent) const {
    std::vector<measured> entries = entries_;
    std::vector<int> many;
    for (const call& each : calls_) {
        double once = burst(each, 1, threads);
        if (once < long_call) once = burst(each, 1, threads); // not the first one, which is cold
        many.push_back(std::max(1, static_cast<int>(spent.burst_seconds / once)));
    }
    for (int round = 0; round < spent.rounds; ++round)
        for (std::size_t i = 0; i < calls_.size(); ++i)
            entries[i].time.add(burst(calls_[i], many[i], threads));
    return entries;
}

result measure(const attention& what, const setting& how, const effort& spent) {
    const operands at(what);
    result found{{how.threads, compare(what, at, how), {}}, what};
    turns all;
    all.enter_peak(how);
    for (const contestant& each : timed_contestants(what, how))
        all.enter(each.name, what.flops(), each.prepare(what, at, how));
    if (!what.plain.empty()) {
        const attention& plain = *find_attention(what.plain);
        all.enter("plain", plain.flops(), prepare_heed(plain, at, how));
    }
    if (what.least_of_bound != 0 || what.bias || what.boolean)
        all.enter("sum", summed_bytes(what), prepare_sum(what, at, how));
    if (what.least_of_bound != 0)
        all.enter("sum in order", summed_bytes(what), prepare_sum_in_order(what, at, how));
    if (const setting one{1, how.instruction_set}; how.threads > 1) {
        all.enter("one thread", what.flops(), prepare_heed(what, at, one));
        all.enter_peak(one, "peak of one thread");
    }
    if (what.least_share_avx2 != 0 && how.threads == 1 && how.instruction_set == "avx512") {
        const setting avx2{1, "avx2"};
        all.enter_peak(avx2, "peak of AVX2");
        all.enter("AVX2", what.flops(), prepare_heed(what, at, avx2));
    }
    found.entries = all.take(how.threads, spent);
    return found;
}

} // namespace bench
