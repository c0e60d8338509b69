// SPDX-License-Identifier: BSL-1.0
// Runs a formula: stages what must be staged, then its loop, in one piece of memory.
#pragma once

#include <tuple>

#include <heed/dsl/fuse/group.hpp>
#include <heed/dsl/loop/options.hpp>

namespace heed::dsl {

struct is_double {
    template <class E> static constexpr bool computed() {
        if constexpr (requires { typename E::element_t; })
            return std::is_same_v<typename E::element_t, double>;
        else
            return false;
    }
    template <class E> static constexpr bool holds = computed<E>();
};
// What scores are computed in: double where an array of the formula is double.
template <class E> using real_of = std::conditional_t<occurs<is_double, E>(), double, float>;
// What a result is stored as.
template <kind K, class T>
using stored = std::conditional_t<K == kind::real, T, std::conditional_t<K == kind::boolean, bool, extent>>;

// Memory handed out in order. Without a base it only counts.
struct memory_plan {
    std::byte* base = nullptr;
    extent used = 0, most = 0;

    std::byte* take(extent bytes) {
        std::byte* p = base ? base + used : nullptr;
        used += round_up(bytes, 64);
        most = used > most ? used : most;
        return p;
    }
};

// Everything the stages of one evaluation share.
template <class T, class Root, class Executor> struct session {
    const Root& root;
    const Executor& executor;
    instruction_set set;
    memory_plan& memory;

    // One nest, its work items taken in order by as many workers as the executor runs at once.
    template <class Nest, class Out, class Logsumexp>
    void launch(const Nest& n, const Out& out, const Logsumexp& l) const {
        using task_t = task<Nest, T, Out, Logsumexp>;
        const task_t t(n, out, l, root);
        if (t.items == 0) return;
        const auto loop = loop_for<task_t>(set);
        extent workers = workers_of(executor);
        workers = workers < t.items ? workers : t.items;
        const extent each = round_up(loop.bytes(t), 64), before = memory.used;
        std::byte* const base = memory.take(each * workers);
        memory.used = before;
        if (!base) return;
        if (workers == 1) {
            for (extent i = 0; i < t.items; ++i) loop.run(t, i, base);
            return;
        }
        extent next = 0;
        const auto work = [&](auto worker) {
            for (extent i; (i = __atomic_fetch_add(&next, 1, __ATOMIC_RELAXED)) < t.items;)
                loop.run(t, i, base + static_cast<extent>(worker) * each);
        };
        // Executors count in integers of their own.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
        executor.parallel_for(workers, work);
#pragma GCC diagnostic pop
    }

    // A stage's result, in the workspace; axes in the order of the expression.
    template <class E> auto temporary(const E& e) const {
        return [&]<class... Axes>(axes<Axes...>) {
            using U = stored<E::element, T>;
            const std::array<extent, sizeof...(Axes)> extents{shown_extent<name_of<Axes>>(e, root)...};
            view<U, typename axis_parts<Axes>::dynamic_t...> v(static_cast<U*>(nullptr), extents);
            v.pointer = reinterpret_cast<U*>(memory.take(v.size() * static_cast<extent>(sizeof(U))));
            return v;
        }(shape_of<E>{});
    }
    // e with its staged subtrees computed and in their place; f gets what is left.
    template <class E, class F> void with_stages(const E& e, const F& f) const {
        auto parts = split(e);
        if constexpr (decltype(parts)::size == 0)
            f(parts.tree);
        else {
            const extent before = memory.used;
            auto stages = hana::unpack(parts.out, [&](const auto&... s) { return compute(s...); });
            f(rewritten(substitute<staged_tag>(parts.tree, stages)));
            memory.used = before;
        }
    }
    template <class... E> auto compute(const E&... e) const {
        return hana::basic_tuple<decltype(stage(e))...>{stage(e)...};
    }
    template <class E> auto stage(const E& e) const {
        auto result = temporary(e);
        run(e, result);
        return as_node(result);
    }

    // One result, and for a group of an attention with its logsumexp the second one.
    template <class E, class Out> void run(const E& e, const Out& out) const {
        with_stages(e, [&](const auto& tree) {
            if constexpr (is_logsumexp<E>)
                launch(make_nest(tree), no_result{}, out);
            else
                launch(make_nest(tree), out, no_result{});
        });
    }
    template <class E, class Out, class Logsumexp>
    void run(const E& e, const Out& out, const Logsumexp& l) const {
        with_stages(e, [&](const auto& tree) { launch(make_nest<true>(tree), out, l); });
    }

    // Several results: those that group with an earlier one are computed with it, if their operands are the same.
    template <class E, class Outs> void run_all(const E& e, const Outs& outs) const {
        run_each(e, outs, std::make_integer_sequence<int, children<E>>{});
    }

private:
    template <class E, class Outs, int... I>
    void run_each(const E& e, const Outs& outs, std::integer_sequence<int, I...>) const {
        (run_one<I>(e, outs), ...);
    }
    template <int I, class E, class Outs> void run_one(const E& e, const Outs& outs) const {
        constexpr int partner = partner_of<I, E>;
        if constexpr (partner < 0)
            run(child<I>(e), std::get<I>(outs));
        else if constexpr (has_values<child_t<I, E>>) {
            if (same_scores(child<I>(e), child<partner>(e)))
                run(child<I>(e), std::get<I>(outs), std::get<partner>(outs));
            else
                run(child<I>(e), std::get<I>(outs));
        } else if (!same_scores(child<I>(e), child<partner>(e)))
            run(child<I>(e), std::get<I>(outs));
    }
};

} // namespace heed::dsl
