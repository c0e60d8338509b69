// SPDX-License-Identifier: BSL-1.0
// heed against the machine's peak and its peers. By default the table of ratios; with any --benchmark_... option the
// same calls as Google Benchmarks, one at a time.
#include "long_keys.hpp"
#include "occupation.hpp"
#include "peak.hpp"
#include "peers.hpp"
#include "product.hpp"
#include "small.hpp"
#include "table.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace {

constexpr const char* usage = R"(bench [options]
  --quick            3 rounds instead of 15
  --rounds N         N rounds
  --filter TEXT      only attentions and products whose name contains TEXT
  --threads 1,2      numbers of threads (default: 1,2 where there are two processors)
  --isa NAME         instruction set of heed and of the peak: baseline, avx2, avx512 (default: the best; with a lesser
                     one the peers, which always use the best, are not timed)
  --compare          only compare the contestants' outputs, without timing
  --check            fail where a goal is missed
  --list             names of the attentions and products
  --benchmark_...    run as Google Benchmarks, e.g. --benchmark_filter=heed/q2048_d64; --benchmark_help tells more
)";

struct options {
    bench::effort spent;
    std::string filter;
    std::vector<int> threads{1};
    std::string instruction_set{bench::instruction_sets().back()};
    bool compare = false;
    bool check = false;
    bool list = false;
    bool google = false;
};

options parse(int argc, char** argv) {
    options chosen;
    if (std::thread::hardware_concurrency() >= 2) chosen.threads.push_back(2);
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        const auto value = [&]() -> std::string {
            if (++i == argc) throw std::invalid_argument(option + " needs a value");
            return argv[i];
        };
        if (option == "--quick")
            chosen.spent.rounds = 3;
        else if (option == "--rounds")
            chosen.spent.rounds = std::max(1, std::stoi(value()));
        else if (option == "--filter")
            chosen.filter = value();
        else if (option == "--threads") {
            chosen.threads.clear();
            std::istringstream numbers(value());
            for (std::string number; std::getline(numbers, number, ',');)
                chosen.threads.push_back(std::max(1, std::stoi(number)));
        } else if (option == "--isa")
            chosen.instruction_set = value();
        else if (option == "--compare")
            chosen.compare = true;
        else if (option == "--check")
            chosen.check = true;
        else if (option == "--help") {
            std::cout << usage;
            std::exit(0);
        } else if (option == "--list")
            chosen.list = true;
        else if (option.starts_with("--benchmark_"))
            chosen.google = true;
        else
            throw std::invalid_argument("unknown option " + option + "\n" + usage);
    }
    const auto sets = bench::instruction_sets();
    if (std::ranges::find(sets, chosen.instruction_set) == sets.end())
        throw std::invalid_argument("this processor has no instruction set " + chosen.instruction_set);
    return chosen;
}

template <class What> bool wanted(const options& chosen, const What& what) {
    return what.name.find(chosen.filter) != std::string_view::npos;
}

void name_missing_peers() {
    for (const std::string& line : bench::missing_peers()) std::cout << line << '\n';
}

int run_compare(const options& chosen) {
    name_missing_peers();
    for (const int threads : chosen.threads) {
        const bench::setting how{threads, chosen.instruction_set};
        const auto say = [&](std::string_view name, double difference) {
            std::cout << name << ", threads: " << threads << ": largest difference " << difference
                      << std::endl;
        };
        for (const bench::attention& what : bench::attentions)
            if (wanted(chosen, what)) say(what.name, bench::compare(what, bench::operands(what), how));
        for (const bench::product& what : bench::products)
            if (wanted(chosen, what)) say(what.name, bench::compare(what, how));
        if (threads > 1) continue;
        for (const bench::small& what : bench::smalls)
            if (wanted(chosen, what)) say(what.name, bench::compare(what, how));
    }
    return 0;
}

int run_table(const options& chosen) {
    std::cout << bench::circumstances(chosen.instruction_set) << "\n\n";
    if (!bench::missing_peers().empty()) {
        name_missing_peers();
        std::cout << '\n';
    }
    std::cout << std::flush;
    const bench::occupation before;
    double difference = 0;
    const auto measured = [&]<class Result>(std::vector<Result> results, const auto& all,
                                            const std::vector<int>& counts) {
        for (const int threads : counts)
            for (const auto& what : all) {
                if (!wanted(chosen, what)) continue;
                std::cerr << what.name << ", threads: " << threads << '\n';
                results.push_back(bench::measure(what, {threads, chosen.instruction_set}, chosen.spent));
                difference = std::max(difference, results.back().difference);
            }
        bench::print_table(std::cout, results);
        if (!results.empty()) std::cout << '\n';
        return results;
    };
    const std::vector<int> one{1};
    const auto results = measured(std::vector<bench::result>{}, bench::attentions, chosen.threads);
    const auto smalls = measured(std::vector<bench::small_result>{}, bench::smalls, one);
    const auto longs = measured(std::vector<bench::long_result>{}, bench::longs, one);
    const auto products = measured(std::vector<bench::product_result>{}, bench::products, chosen.threads);
    std::cout << "Rounds: " << chosen.spent.rounds
              << ". Largest difference between any two outputs: " << difference
              << ". Part of the processors that others took: " << before.others_since() << ".\n";
    if (!chosen.check) return 0;
    std::vector<std::string> missed;
    const auto judge = [&](const auto& of) {
        for (std::string& each : bench::missed_goals(of)) missed.push_back(std::move(each));
    };
    judge(results), judge(smalls), judge(longs), judge(products);
    for (const std::string& each : missed) std::cerr << "missed: " << each << '\n';
    return missed.empty() ? 0 : 1;
}

void time_call(benchmark::State& state, const bench::call& run, double flops) {
    if (!run) return state.SkipWithError("not for this attention");
    run();
    for (auto _ : state) run();
    state.counters["flops"] = benchmark::Counter(flops, benchmark::Counter::kIsIterationInvariantRate);
}

void register_all(const options& chosen) {
    const auto add = [](std::string name, auto body) {
        std::ranges::replace(name, ' ', '_');
        benchmark::RegisterBenchmark(name.c_str(), body)->UseRealTime()->Unit(benchmark::kMillisecond);
    };
    for (const int threads : chosen.threads) {
        const bench::setting how{threads, chosen.instruction_set};
        const std::string suffix = "/threads:" + std::to_string(threads);
        add("peak" + suffix, [how](benchmark::State& state) {
            constexpr long rounds = 1'000'000;
            time_call(
                state, [how] { bench::multiply_add(how.instruction_set, rounds, how.threads); },
                how.threads * bench::multiply_add_flops(how.instruction_set, rounds));
        });
        for (const bench::attention& what : bench::attentions)
            for (const bench::contestant& who : bench::timed_contestants(what, how))
                if (wanted(chosen, what))
                    add(std::string(who.name) + "/" + std::string(what.name) + suffix,
                        [how, &what, who](benchmark::State& state) {
                            const bench::operands at(what);
                            time_call(state, who.prepare(what, at, how), what.flops());
                        });
    }
}

int run_google(const options& chosen, int argc, char** argv) {
    register_all(chosen);
    // Our own options were read and are not for Google Benchmark to complain of.
    std::vector<char*> theirs{argv[0]};
    std::copy_if(argv + 1, argv + argc, std::back_inserter(theirs),
                 [](const char* option) { return std::string_view(option).starts_with("--benchmark_"); });
    int count = static_cast<int>(theirs.size());
    benchmark::Initialize(&count, theirs.data());
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

} // namespace

int main(int argc, char** argv) try {
    const options chosen = parse(argc, argv);
    if (chosen.list) {
        for (const bench::attention& what : bench::attentions) std::cout << what.name << '\n';
        for (const bench::small& what : bench::smalls) std::cout << what.name << '\n';
        for (const bench::long_keys& what : bench::longs) std::cout << what.name << '\n';
        for (const bench::product& what : bench::products) std::cout << what.name << '\n';
        return 0;
    }
    if (chosen.compare) return run_compare(chosen);
    return chosen.google ? run_google(chosen, argc, argv) : run_table(chosen);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
