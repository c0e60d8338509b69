// SPDX-License-Identifier: BSL-1.0
// The loop over the steps of a running state in words.
#pragma once

#include <heed/dsl/print/facts.hpp>
#include <heed/dsl/print/tree.hpp>

namespace heed::dsl::print {

struct scan_facts {
    axis_list outer, rows, inner;
    std::string key, lane; // lane is empty where the state has none
    extent steps = -1, lanes = -1, block = 0, items = -1, workspace = -1;
    std::string initial, update, readout, over, chain;
    moment when = moment::after;
    bool last = false;
    double flops = -1, reads = -1, writes = -1; // -1 where an extent is not known
};

// What a loop gives, in the words of its step.
inline std::string scan_text(const scan_facts& f, int depth) {
    std::string text;
    const auto line = [&](const std::string& s) {
        text += std::string(static_cast<std::size_t>(4 * depth), ' ') + s + "\n";
    };
    std::string items = axis_words(f.outer, ", ");
    if (!f.lane.empty())
        items += (items.empty() ? "" : ", ") + f.lane +
                 (f.lanes >= 0 ? " (" + std::to_string(f.lanes) + ")" : std::string()) +
                 (f.lanes >= 0 && f.lanes <= f.block ? " in one block"
                                                     : " in blocks of " + std::to_string(f.block));
    items = items.empty() ? "once" : "for " + items;
    line(items + (f.items == 0  ? ": nothing to do"
                  : f.items > 1 ? ", in parallel: " + std::to_string(f.items) + " items"
                  : f.items < 0 ? ", in parallel"
                                : ""));
    ++depth;
    line("state = " + f.initial + (f.inner.count ? ", held for " + axis_words(f.inner, " x ") : ", held"));
    line("for " + f.key + (f.steps >= 0 ? " (" + std::to_string(f.steps) + ")" : std::string()) +
         ", step by step");
    ++depth;
    const auto show = [&] {
        const std::string rows = f.rows.count ? ", for " + axis_words(f.rows, " x ") : std::string();
        if (f.when == moment::last) return;
        if (f.readout.empty()) return line("store the state");
        line("product = " + f.readout + " . state over " + f.over + rows);
        line("store " + f.chain);
    };
    if (f.when == moment::before) show();
    line("state = " + f.update);
    if (f.when == moment::after) show();
    depth -= 1;
    if (f.last) line("store the last state");
    return text;
}

// Its multiplications and additions: of the products inside the step, and of the one with the states.
template <class Task> scan_facts scan_facts_of(const Task& t, const registry& arrays, instruction_set set) {
    using nest_t = typename Task::nest_t;
    scan_facts f;
    f.outer = {spelled_names<typename nest_t::outer>::at, t.sizes, Task::outer_n};
    f.rows = {spelled_names<typename nest_t::rows>::at, t.sizes + Task::outer_n, Task::rows_n};
    f.inner = {spelled_names<typename nest_t::inner>::at, t.sizes + Task::inner_at, Task::inner_n};
    f.key = axis_text<typename nest_t::key_t>();
    f.steps = t.steps();
    if constexpr (!std::is_same_v<typename nest_t::lane_t, no_lane>) {
        f.lane = axis_text<typename nest_t::lane_t>();
        f.lanes = t.lanes();
    } else
        f.lanes = 1;
    f.block = Task::block;
    f.when = nest_t::when;
    f.last = !std::is_same_v<typename Task::last_t, no_result>;
    const writer words{arrays, true, 1, "product"};
    f.initial = words(child<0>(t.nest.scan));
    f.update = words(child<1>(t.nest.scan));
    read_set reads;
    reads.add(t.nest.scan);
    double products = tuple_size<typename nest_t::products_t>;
    if constexpr (nest_t::reads) {
        f.over = axis_words(f.inner, " x ");
        f.readout = words(t.nest.queries);
        f.chain = words(t.nest.chain);
        reads.add(t.nest.queries);
        reads.add(t.nest.chain);
        products += static_cast<double>(count_of(f.rows));
    }
    f.reads = reads.bytes;
    f.writes = 0;
    const auto sum = [](double& total, const auto& out) {
        read_set r;
        if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(out)>, no_result>) r.add(out);
        total = total < 0 || r.bytes < 0 ? -1 : total + r.bytes;
    };
    sum(f.writes, t.out);
    sum(f.writes, t.last);
    for (int i = 0; i < Task::places; ++i)
        if (t.sizes[i] < 0) return f;
    f.items = t.items;
    f.workspace = loop_for<Task>(set).bytes(t);
    f.flops = 2 * products * static_cast<double>(t.inner_count) * static_cast<double>(t.lanes()) *
              static_cast<double>(t.steps()) * static_cast<double>(count_of(f.outer));
    return f;
}

} // namespace heed::dsl::print
