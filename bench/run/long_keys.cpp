// SPDX-License-Identifier: BSL-1.0
// Long keys: the check of some rows, the time beside that of 2048 keys, and the memory.
#include "long_keys.hpp"

#include "table.hpp"

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr double tolerance = 2e-6; // of averages of values below 1

double of_short(const long_result& r, double (timing::*which)() const) {
    return r.speed_ratio(*r.find("heed"), *r.find("short"), which);
}

double megabytes(double bytes) { return bytes / (1 << 20); }

} // namespace

long_result measure(const long_keys& what, const setting& how, const effort& spent) {
    const attention shape = what.shape(), short_shape = *find_attention("q2048_d64_h1");
    const operands at(shape), short_at(short_shape);
    const call run = heed_long(shape, at, how);

    const double before = bytes_now();
    forget_most_bytes();
    run();
    const double taken = most_bytes() - before;
    long_result found{{how.threads, difference_of_rows(shape, at), {}}, what};
    found.heap_bytes = taken;
    if (!(found.difference <= tolerance))
        throw std::runtime_error(std::string(what.name) + ": differs from the reference by " +
                                 std::to_string(found.difference));
    found.workspace_bytes = heed_long_workspace(shape, at, how);

    turns all;
    all.enter_peak(how);
    all.enter("short", short_shape.flops(), prepare_heed(short_shape, short_at, how));
    all.enter("heed", what.flops(), run);
    // A call takes seconds, and evens out by itself what disturbs it.
    found.entries = all.take(how.threads, {std::min(spent.rounds, 2), spent.burst_seconds});
    return found;
}

void print_table(std::ostream& out, const std::vector<long_result>& results) {
    if (results.empty()) return;
    out << "As many queries as keys, one head: share of the peak, that share over the one of 2048 keys, and "
           "what a call "
           "takes\nbeyond its operands and output, as heed says and as operator new counts:\n\n";
    print_header(out, {"attention", "threads", "of the peak", "2048 keys, of the peak", "over 2048 keys",
                       "workspace, MB", "heap, MB"});
    for (const long_result& each : results)
        print_row(out,
                  {std::string(each.what.name), std::to_string(each.threads),
                   ratio(each, "heed", "peak", "%.0f", 100), ratio(each, "short", "peak", "%.0f", 100),
                   ratio(each, "heed", "short", "%.2f", 1), number("%.2f", megabytes(each.workspace_bytes)),
                   number("%.2f", megabytes(each.heap_bytes))});
}

std::vector<std::string> missed_goals(const std::vector<long_result>& results) {
    std::vector<std::string> missed;
    for (const long_result& each : results) {
        const std::string name(each.what.name);
        if (const double part = of_short(each, &timing::best); part < each.what.least_of_short)
            missed.push_back(name + ": " + number("%.2f", part) + " of the speed with 2048 keys");
        const double memory = megabytes(std::max(each.workspace_bytes, each.heap_bytes));
        if (memory > each.what.most_megabytes)
            missed.push_back(name + ": takes " + number("%.0f", memory) + " MB, to be at most " +
                             number("%.0f", each.what.most_megabytes));
    }
    return missed;
}

} // namespace bench
