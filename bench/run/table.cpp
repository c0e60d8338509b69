// SPDX-License-Identifier: BSL-1.0
// Everyone's share of the peak, then heed over each peer.
#include "table.hpp"

#include "peers.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>

namespace bench {
namespace {

constexpr auto best = &timing::best;
constexpr auto quartile = &timing::quartile;

/// With its family, as virtual machines call different processors by one name.
std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    std::string name = "unknown processor", family;
    for (std::string line; std::getline(file, line) && !line.empty();) {
        if (line.starts_with("model name")) name = line.substr(line.find(':') + 2);
        if (line.starts_with("cpu family")) family = " of family " + line.substr(line.find(':') + 2);
    }
    return name + family;
}

std::string compiler() {
#if defined(__clang__)
    return "Clang " + std::to_string(__clang_major__) + "." + std::to_string(__clang_minor__);
#else
    return "GCC " + std::to_string(__GNUC__) + "." + std::to_string(__GNUC_MINOR__);
#endif
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

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string circumstances(std::string_view instruction_set) {
    const std::time_t now = std::time(nullptr);
    char day[16];
    std::strftime(day, sizeof day, "%Y-%m-%d", std::gmtime(&now));
    return processor() + ", " + std::string(instruction_set) + "; " + compiler() + "; " + openblas_version() +
           "; " + eigen_version() + "; " + found_peers_versions() + day;
}

std::string ratio(const results& of, std::string_view a, std::string_view b, const char* format,
                  double factor) {
    const measured *first = of.find(a), *second = of.find(b);
    if (!first || !second) return "-";
    return number(format, factor * of.speed_ratio(*first, *second, best)) + " / " +
           number(format, factor * of.speed_ratio(*first, *second, quartile));
}

const measured* fastest_peer(const results& of) {
    const measured* fastest = nullptr;
    for (const contestant& each : contestants()) {
        const measured* found = each.name == "heed" ? nullptr : of.find(each.name);
        if (found && (!fastest || found->time.best() < fastest->time.best())) fastest = found;
    }
    return fastest;
}

void print_row(std::ostream& out, const std::vector<std::string>& cells) {
    for (const std::string& cell : cells) out << "| " << cell << ' ';
    out << "|\n";
}

void print_header(std::ostream& out, const std::vector<std::string>& cells) {
    print_row(out, cells);
    print_row(out, std::vector<std::string>(cells.size(), "---"));
}

void print_table(std::ostream& out, const std::vector<result>& all) {
    if (all.empty()) return;
    print_own_table(out, all);
    std::vector<result> results;
    std::ranges::copy_if(all, std::back_inserter(results),
                         [](const result& each) { return each.what.peers; });
    const std::vector<std::string_view> names = peers(results);
    if (names.empty()) return;

    out << "\nShare of the multiply-add peak in percent:\n\n";
    std::vector<std::string> header{"attention", "threads", "heed"};
    for (const std::string_view peer : names) header.emplace_back(peer);
    print_header(out, header);
    for (const result& each : results) {
        std::vector<std::string> row{std::string(each.what.name), std::to_string(each.threads),
                                     ratio(each, "heed", "peak", "%.0f", 100)};
        for (const std::string_view peer : names) row.push_back(ratio(each, peer, "peak", "%.0f", 100));
        print_row(out, row);
    }

    out << "\nSpeed of heed over each peer's:\n\n";
    header = {"attention", "threads"};
    for (const std::string_view peer : names) header.push_back("over " + std::string(peer));
    header.insert(header.end(), {"over the fastest", "which is"});
    print_header(out, header);
    for (const result& each : results) {
        std::vector<std::string> row{std::string(each.what.name), std::to_string(each.threads)};
        for (const std::string_view peer : names) row.push_back(ratio(each, "heed", peer, "%.2f", 1));
        const measured* fastest = fastest_peer(each);
        row.push_back(fastest ? ratio(each, "heed", fastest->name, "%.2f", 1) : "-");
        row.emplace_back(fastest ? fastest->name : "-");
        print_row(out, row);
    }
}

} // namespace bench
