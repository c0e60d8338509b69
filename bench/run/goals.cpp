// SPDX-License-Identifier: BSL-1.0
// heed alone: its share of the peak and of what memory allows, the cost of masks and terms, two threads; and the goals
// for them.
#include "table.hpp"

#include <algorithm>

namespace bench {
namespace {

using statistic = double (timing::*)() const;
constexpr statistic best = &timing::best;
constexpr statistic quartile = &timing::quartile;

// Several threads are not judged where not even the peak gains this much by them: somebody else had a processor.
constexpr double two_processors = 1.9;

double seconds(const result& of, std::string_view name, statistic which) {
    return (of.find(name)->time.*which)();
}

/// heed's time over that of the plain attention and of reading the tensor that this one has beside it.
double time_of_plain(const result& of, statistic which) {
    double plain = seconds(of, "plain", which);
    if (of.what.bias || of.what.boolean) plain += seconds(of, "sum", which);
    return seconds(of, "heed", which) / plain;
}

double seconds_at_peak(const result& of, statistic which) {
    const measured& peak = *of.find("peak");
    return of.what.flops() / peak.flops * (peak.time.*which)();
}

/// The time of that sum over keys and values, or of the multiply-adds where these take longer, over heed's.
double part_of(std::string_view sum, const result& of, statistic which) {
    return std::max(seconds(of, sum, which), seconds_at_peak(of, which)) / seconds(of, "heed", which);
}
double part_of_bound(const result& of, statistic which) { return part_of("sum", of, which); }
double part_of_sum_in_order(const result& of, statistic which) { return part_of("sum in order", of, which); }

double over_one_thread(const result& of, statistic which) {
    return seconds(of, "one thread", which) / seconds(of, "heed", which);
}

double peak_over_one_thread(const result& of, statistic which) {
    return of.speed_ratio(*of.find("peak"), *of.find("peak of one thread"), which);
}

double share(const result& of, std::string_view name, std::string_view peak) {
    return of.speed_ratio(*of.find(name), *of.find(peak), best);
}

template <class Value> std::string both(bool there, const char* format, const result& of, Value value) {
    return there ? number(format, value(of, best)) + " / " + number(format, value(of, quartile)) : "-";
}

} // namespace

void print_own_table(std::ostream& out, const std::vector<result>& results) {
    out << "heed's share of the multiply-add peak in percent, by the best / the lower quartile of the "
           "bursts; its part of\nthe bound (the speed of a plain sum over keys and values, or the peak where "
           "that is lower), with a sum that\nreads in four places at once and with one in order; its time "
           "over that of plain attention; its speed over\nthat of one thread, and what the peak gains by "
           "more threads:\n\n";
    print_header(out, {"attention", "threads", "of the peak", "AVX2, of its peak", "of the bound",
                       "with a sum in order", "bound", "scores allowed", "time of plain", "over one thread",
                       "the peak's"});
    for (const result& each : results) {
        const attention& what = each.what;
        const bool bound = what.least_of_bound != 0;
        std::string limit = "-";
        if (bound)
            limit = seconds(each, "sum", best) > seconds_at_peak(each, best) ? "memory" : "multiply-adds";
        print_row(out,
                  {std::string(what.name), std::to_string(each.threads),
                   ratio(each, "heed", "peak", "%.0f", 100), ratio(each, "AVX2", "peak of AVX2", "%.0f", 100),
                   both(bound, "%.2f", each, part_of_bound), both(bound, "%.2f", each, part_of_sum_in_order),
                   limit, what.masked() ? number("%.3f", what.allowed()) : "-",
                   both(each.find("plain") != nullptr, "%.2f", each, time_of_plain),
                   both(each.threads > 1, "%.2f", each, over_one_thread),
                   both(each.threads > 1, "%.2f", each, peak_over_one_thread)});
    }
}

std::vector<std::string> missed_goals(const std::vector<result>& results) {
    std::vector<std::string> missed;
    for (const result& each : results) {
        const attention& what = each.what;
        const auto at_least = [&](double goal, const auto& value, const char* of) {
            if (goal == 0) return;
            const double reached = value();
            if (reached < goal)
                missed.push_back(std::string(what.name) + ", threads " + std::to_string(each.threads) + ": " +
                                 number("%.2f", reached) + of + ", to be at least " + number("%.2f", goal));
        };
        if (each.threads > 1 && peak_over_one_thread(each, best) < two_processors) continue;
        at_least(what.least_of_bound, [&] { return part_of_bound(each, best); }, " of the bound");
        if (each.threads == 2)
            at_least(what.least_of_one_thread, [&] { return over_one_thread(each, best); }, " of one thread");
        if (each.threads != 1) continue;
        at_least(what.least_share, [&] { return share(each, "heed", "peak"); }, " of the peak");
        if (each.find("AVX2"))
            at_least(
                what.least_share_avx2, [&] { return share(each, "AVX2", "peak of AVX2"); },
                " of the peak of AVX2");
        if (const measured* peer = fastest_peer(each))
            at_least(
                what.least_over_peers(), [&] { return each.speed_ratio(*each.find("heed"), *peer, best); },
                (" of the speed of " + std::string(peer->name)).c_str());
        if (what.most_of_plain != 0 && time_of_plain(each, best) > what.most_of_plain)
            missed.push_back(std::string(what.name) + ": " + number("%.2f", time_of_plain(each, best)) +
                             " of the plain time, to be at most " + number("%.2f", what.most_of_plain));
    }
    return missed;
}

} // namespace bench
