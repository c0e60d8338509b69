// SPDX-License-Identifier: BSL-1.0
// Two tables: everyone's share of the peak, then heed over each peer and over its own plain attention.
#include "table.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>

namespace bench {
namespace {

constexpr auto best = &timing::best;
constexpr auto quartile = &timing::quartile;

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown processor";
}

std::string compiler() {
#if defined(__clang__)
    return "Clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__);
#else
    return "GCC " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__);
#endif
}

double time_of_plain(const result& of, double (timing::*which)() const) {
    return (of.find("heed")->time.*which)() / (of.find("plain")->time.*which)();
}

/// All contestants but heed that took part in any.
std::vector<std::string_view> peers(const std::vector<result>& results) {
    std::vector<std::string_view> names;
    for (const contestant& each : contestants())
        if (each.name != "heed" &&
            std::ranges::any_of(results, [&](const result& r) { return r.find(each.name); }))
            names.push_back(each.name);
    return names;
}

} // namespace

std::string circumstances(std::string_view instruction_set) {
    const std::time_t now = std::time(nullptr);
    char day[16];
    std::strftime(day, sizeof day, "%Y-%m-%d", std::gmtime(&now));
    return processor() + ", " + std::string(instruction_set) + "; " + compiler() + "; " + openblas_version() +
           "; " + eigen_version() + "; " + day;
}

std::string ratio(const results& of, std::string_view a, std::string_view b, const char* format,
                  double factor) {
    const measured *first = of.find(a), *second = of.find(b);
    if (!first || !second) return "-";
    return number(format, factor * of.speed_ratio(*first, *second, best)) + " / " +
           number(format, factor * of.speed_ratio(*first, *second, quartile));
}

void print_row(std::ostream& out, const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) out << "| " << cell << ' ';
    out << "|\n";
}

void print_header(std::ostream& out, const std::vector<std::string>& cells) {
    print_row(out, cells);
    print_row(out, std::vector<std::string>(cells.size(), "---"));
}

void print_table(std::ostream& out, const std::vector<result>& results) {
    if (results.empty()) return;
    const std::vector<std::string_view> names = peers(results);
    out << "Share of the multiply-add peak in percent, by the best / the lower quartile of the bursts:\n\n";
    std::vector<std::string> header{"attention", "threads", "heed"};
    for (const std::string_view peer : names) header.emplace_back(peer);
    print_header(out, header);
    for (const result& each : results) {
        std::vector<std::string> row{std::string(each.what.name), std::to_string(each.threads),
                                     ratio(each, "heed", "peak", "%.0f", 100)};
        for (const std::string_view peer : names) row.push_back(ratio(each, peer, "peak", "%.0f", 100));
        print_row(out, row);
    }

    out << "\nSpeed of heed over each peer's, and time of heed over that of the same shape without mask and "
           "score\n"
           "terms:\n\n";
    header = {"attention", "threads"};
    for (const std::string_view peer : names) header.push_back("over " + std::string(peer));
    header.emplace_back("time of plain");
    print_header(out, header);
    for (const result& each : results) {
        std::vector<std::string> row{std::string(each.what.name), std::to_string(each.threads)};
        for (const std::string_view peer : names) row.push_back(ratio(each, "heed", peer, "%.2f", 1));
        row.emplace_back("-");
        if (each.find("heed") && each.find("plain"))
            row.back() = number("%.2f", time_of_plain(each, best)) + " / " +
                         number("%.2f", time_of_plain(each, quartile));
        print_row(out, row);
    }
}

std::vector<std::string> missed_goals(const std::vector<result>& results) {
    std::vector<std::string> missed;
    for (const result& each : results) {
        if (each.threads != 1) continue;
        const std::string name(each.what.name);
        if (each.what.least_share != 0) {
            const double share = each.speed_ratio(*each.find("heed"), *each.find("peak"), best);
            if (share < each.what.least_share)
                missed.push_back(name + ": " + number("%.2f", share) + " of peak, to be at least " +
                                 number("%.2f", each.what.least_share));
        }
        if (each.what.most_of_plain != 0) {
            const double part = time_of_plain(each, best);
            if (part > each.what.most_of_plain)
                missed.push_back(name + ": " + number("%.2f", part) + " of the plain time, to be at most " +
                                 number("%.2f", each.what.most_of_plain));
        }
    }
    return missed;
}

} // namespace bench
