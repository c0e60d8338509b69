// SPDX-License-Identifier: BSL-1.0
// Runs a formula: its stages, each as an array in one piece of memory, then its roots.
#pragma once

#include <tuple>

#include <heed/dsl/fuse/program.hpp>
#include <heed/dsl/loop/options.hpp>
#include <heed/dsl/loop/steps.hpp>

namespace heed::dsl {

// A stage as the memory sees it.
struct stage_use {
    extent bytes = 0, offset = 0;
    int same_as = 0, last = 0; // the first stage that computes the same, and the last step that reads it
};
// Places for arrays of which each is alive from the step that computes it to the last one that reads it: each goes to the
// lowest place that is free all that time. Returns the bytes in all.
constexpr extent place_stages(stage_use* stages, int count) {
    extent most = 0;
    for (int i = 0; i < count; ++i) {
        if (stages[i].same_as != i) continue;
        extent at = 0;
        for (bool moved = true; moved;) {
            moved = false;
            for (int j = 0; j < i; ++j) {
                const stage_use& other = stages[j];
                if (other.same_as != j || other.last < i) continue;
                if (at < other.offset + other.bytes && other.offset < at + stages[i].bytes) {
                    at = other.offset + other.bytes;
                    moved = true;
                }
            }
        }
        stages[i].offset = at;
        most = at + stages[i].bytes > most ? at + stages[i].bytes : most;
    }
    return most;
}

// What a program stores, found by going through it without running it.
template <class T, class Root, class Program> struct storage_plan {
    static constexpr int n = Program::stages_n;
    const Program& program;
    const Root& root;
    stage_use uses[static_cast<std::size_t>(n + 1)] = {};
    extent bytes = 0;

    constexpr storage_plan(const Program& p, const Root& r) : program(p), root(r) {
        if constexpr (n > 0) {
            look(hana::basic_tuple<>{}, hana::basic_tuple<>{}, std::integral_constant<int, 0>{});
            last_uses(std::make_integer_sequence<int, n>{});
            bytes = place_stages(uses, n);
        }
    }

private:
    // Arrays are told apart by an address each, though they have no memory yet.
    template <class Trees, class Arrays, int I>
    void look(const Trees& trees, const Arrays& arrays, std::integral_constant<int, I>) {
        if constexpr (I < n) {
            const auto tree = with_arrays(hana::at_c<I>(program.stages), arrays);
            auto array = stage_array<T>(tree, root);
            uses[I].same_as = first_same(tree, trees);
            uses[I].bytes = round_up(array.size() * static_cast<extent>(sizeof(*array.pointer)), 64);
            array.pointer = reinterpret_cast<decltype(array.pointer)>(
                static_cast<std::uintptr_t>(64 * (uses[I].same_as + 1)));
            look(appended(trees, tree), appended(arrays, as_node(array)),
                 std::integral_constant<int, I + 1>{});
        }
    }
    template <int... I> constexpr void last_uses(std::integer_sequence<int, I...>) {
        (last_use<I>(program.stages, program.roots), ...);
    }
    template <int I, class... Stage, class... Step>
    constexpr void last_use(const hana::basic_tuple<Stage...>&, const hana::basic_tuple<Step...>&) {
        int& last = uses[uses[I].same_as].last;
        int step = 0;
        ((last = occurs<reads_stage<I>, Stage>() && step > last ? step : last, ++step), ...);
        if constexpr ((occurs<reads_stage<I>, decltype(Step::tree)>() || ...)) last = n;
    }
};

// Everything the loops of one evaluation share.
template <class T, class Root, class Executor> struct session {
    const Root& root;
    const Executor& executor;
    instruction_set set;
    memory_plan& memory;

    // Outs is a std::tuple of views, one for each result.
    template <class Program, class Outs> void run(const Program& p, const Outs& outs) const {
        const storage_plan<T, Root, Program> storage(p, root);
        run_from(p, storage, outs, hana::basic_tuple<>{}, std::integral_constant<int, 0>{});
    }

private:
    // The stages from I on, then the roots; `arrays` are those of the stages before.
    template <class Program, class Storage, class Outs, class Arrays, int I>
    void run_from(const Program& p, const Storage& storage, const Outs& outs, const Arrays& arrays,
                  std::integral_constant<int, I>) const {
        if constexpr (I < Program::stages_n) {
            const auto tree = with_arrays(hana::at_c<I>(p.stages), arrays);
            auto array = stage_array<T>(tree, root);
            const stage_use& same = storage.uses[storage.uses[I].same_as];
            if (memory.base)
                array.pointer = reinterpret_cast<decltype(array.pointer)>(memory.base + same.offset);
            if (storage.uses[I].same_as == I) launch(tree, storage.bytes, array);
            run_from(p, storage, outs, appended(arrays, as_node(array)),
                     std::integral_constant<int, I + 1>{});
        } else
            hana::unpack(p.roots,
                         [&](const auto&... steps) { (run_root(steps, storage.bytes, outs, arrays), ...); });
    }
    template <class Step, class Outs, class Arrays>
    void run_root(const Step& step, extent stored, const Outs& outs, const Arrays& arrays) const {
        [&]<int... I>(group<I...>) {
            launch(with_arrays(step.tree, arrays), stored, std::get<static_cast<std::size_t>(I)>(outs)...);
        }(typename Step::group_t{});
    }

    template <class E, class... Out> void launch(const E& tree, extent stored, const Out&... out) const {
        const auto shared = make_nest(tree);
        using alone_t = decltype(make_nest<false>(tree));
        if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(shared)>, alone_t>)
            if (!shared.agrees) return run_nest(make_nest<false>(tree), stored, out...);
        run_nest(shared, stored, out...);
    }
    // One nest, its work items taken in order by as many workers as the executor runs at once; beyond what is stored
    // each has memory of its own.
    template <class Nest, class... Out> void run_nest(const Nest& n, extent stored, const Out&... out) const {
        take_items(task<Nest, T, Out...>(n, hana::basic_tuple<Out...>(out...), root, workers_of(executor)),
                   stored);
    }
    template <class Nest, class... Out>
        requires is_scan_nest<Nest>
    void run_nest(const Nest& n, extent stored, const Out&... out) const {
        const auto [each, last] = scan_results<Nest>(out...);
        take_items(
            scan_task<Nest, T, std::remove_const_t<decltype(each)>, std::remove_const_t<decltype(last)>>(
                n, each, last, root),
            stored);
    }
    template <class Scan, class Out>
    void run_nest(const steps_nest<Scan>& n, extent stored, const Out& out) const {
        run_steps<T>(*this, n.scan, stored, out);
    }
    template <class A, class B, class First, class Second>
    void run_nest(const apart_nest<A, B>& n, extent stored, const First& first, const Second& second) const {
        run_nest(n.first, stored, first);
        run_nest(n.second, stored, second);
    }
    // Where streams over parts of the keys are to be joined, what they came to lies before the workers' memory.
    template <class Task> void take_items(const Task& given, extent stored) const {
        if (given.items == 0) return;
        const auto loop = loop_for<Task>(set);
        const extent each = round_up(loop.bytes(given), 64);
        if constexpr (requires { given.joins(); }) {
            if (given.joins() > 0) {
                Task t = given;
                if (memory.base) t.states = memory.base + stored;
                stored += t.items * loop.state_bytes(t);
                share(t.items, stored, each, [&](extent i, std::byte* base) { loop.run(t, i, base); });
                return share(t.joins(), stored, 0, [&](extent i, std::byte*) { loop.join(t, i); });
            }
        }
        share(given.items, stored, each, [&](extent i, std::byte* base) { loop.run(given, i, base); });
    }
    // Calls item(i, memory of the worker) for each item.
    template <class Item> void share(extent items, extent stored, extent each, const Item& item) const {
        extent workers = workers_of(executor);
        workers = workers < items ? workers : items;
        memory.most = stored + each * workers > memory.most ? stored + each * workers : memory.most;
        if (!memory.base) return;
        memory.check();
        std::byte* const base = memory.base + stored;
        if (workers == 1) {
            for (extent i = 0; i < items; ++i) item(i, base);
            return;
        }
        // A worker takes a part of what is left, in the end one item: what is next in memory has been asked for by who comes to it.
        extent next = 0;
        const auto work = [&](auto worker) {
            for (extent i = __atomic_load_n(&next, __ATOMIC_RELAXED); i < items;) {
                const extent part = (items - i) / (4 * workers), end = i + (part > 1 ? part : 1);
                if (!__atomic_compare_exchange_n(&next, &i, end, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
                    continue;
                for (; i < end; ++i) item(i, base + static_cast<extent>(worker) * each);
                i = __atomic_load_n(&next, __ATOMIC_RELAXED);
            }
        };
        // Executors count in integers of their own.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
        executor.parallel_for(workers, work);
#pragma GCC diagnostic pop
    }
};

} // namespace heed::dsl
