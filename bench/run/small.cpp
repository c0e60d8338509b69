// SPDX-License-Identifier: BSL-1.0
// Small attentions: operands, the check against the reference, the bound and the table.
#include "small.hpp"

#include "table.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

namespace bench {
namespace {

struct variant {
    std::string_view name;
    call (*prepare)(const small& what, small_operands& at, const setting& how);
};
constexpr variant variants[] = {{"static", heed_small_static}, {"dynamic", heed_small_dynamic}};

constexpr double tolerance = 2e-6; // of averages of values below 1

std::string both(const char* format, double best, double quartile) {
    return number(format, best) + " / " + number(format, quartile);
}

double of_bound(const small_result& r, std::string_view name, double (timing::*which)() const) {
    return (r.find(name)->time.*which)() / r.bound_seconds(which);
}

} // namespace

small_operands::small_operands(const small& what) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform(-1, 1);
    for (floats* each : {&q, &k, &v, &o}) {
        *each = allocate(what.size * what.size);
        std::generate_n(each->get(), what.size * what.size, [&] { return uniform(random); });
    }
}

double small_result::bound_seconds(double (timing::*of)() const) const {
    const measured &peak = *find("peak"), &exponentials = *find("exponentials");
    return what.flops() / peak.flops * (peak.time.*of)() +
           what.exponentials() / exponentials.flops * (exponentials.time.*of)();
}

double compare(const small& what, const setting& how) {
    small_operands at(what);
    heed_small_reference(what, at);
    const std::vector<float> exact(at.o.get(), at.o.get() + what.size * what.size);
    double largest = 0;
    for (const variant& each : variants) {
        std::fill_n(at.o.get(), what.size * what.size, std::nanf(""));
        each.prepare(what, at, how)();
        for (std::size_t i = 0; i < exact.size(); ++i) {
            const double difference = std::abs(static_cast<double>(at.o[i]) - static_cast<double>(exact[i]));
            if (!(difference <= tolerance))
                throw std::runtime_error(std::string(what.name) + ", " + std::string(each.name) +
                                         ": differs from the reference by " + std::to_string(difference));
            largest = std::max(largest, difference);
        }
    }
    return largest;
}

small_result measure(const small& what, const setting& how, const effort& spent) {
    small_operands at(what);
    small_result found{{how.threads, compare(what, how), {}}, what};
    turns all;
    all.enter_peak(how);
    all.enter("exponentials", static_cast<double>(exponential_count), heed_exponentials(how));
    for (const variant& each : variants) all.enter(each.name, what.flops(), each.prepare(what, at, how));
    found.entries = all.take(how.threads, spent);
    return found;
}

void print_table(std::ostream& out, const std::vector<small_result>& results) {
    if (results.empty()) return;
    out << "Small attentions, as many queries, keys and features, one head: nanoseconds of a call, and its "
           "time over "
           "that\nof the multiply-adds at the peak and the exponentials at the rate of heed's exp:\n\n";
    print_header(out, {"attention", "static, ns", "dynamic, ns", "bound, ns", "static over bound",
                       "dynamic over bound"});
    for (const small_result& each : results) {
        const auto nanoseconds = [&](std::string_view name) {
            const timing& time = each.find(name)->time;
            return both("%.0f", 1e9 * time.best(), 1e9 * time.quartile());
        };
        const auto over = [&](std::string_view name) {
            return both("%.2f", of_bound(each, name, &timing::best), of_bound(each, name, &timing::quartile));
        };
        print_row(out, {std::string(each.what.name), nanoseconds("static"), nanoseconds("dynamic"),
                        both("%.0f", 1e9 * each.bound_seconds(&timing::best),
                             1e9 * each.bound_seconds(&timing::quartile)),
                        over("static"), over("dynamic")});
    }
}

std::vector<std::string> missed_goals(const std::vector<small_result>& results) {
    std::vector<std::string> missed;
    for (const small_result& each : results)
        for (const variant& how : variants) {
            const std::string name = std::string(each.what.name) + ", " + std::string(how.name);
            const double part = of_bound(each, how.name, &timing::best),
                         nanoseconds = 1e9 * each.find(how.name)->time.best();
            if (each.what.most_of_bound != 0 && part > each.what.most_of_bound)
                missed.push_back(name + ": " + number("%.2f", part) + " of the bound, to be at most " +
                                 number("%.2f", each.what.most_of_bound));
            if (each.what.most_nanoseconds != 0 && nanoseconds > each.what.most_nanoseconds)
                missed.push_back(name + ": " + number("%.0f", nanoseconds) + " ns, to be at most " +
                                 number("%.0f", each.what.most_nanoseconds));
        }
    return missed;
}

} // namespace bench
