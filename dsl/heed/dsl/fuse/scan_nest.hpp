// SPDX-License-Identifier: BSL-1.0
// The loop over the steps of a running state as a type. The state stays in the worker's memory, a block of it at a time,
// and what is read from it is a sum over its inner axes.
//   outer   axes of the state that are never summed over: one work item each
//   lane    the last of those, along the lanes of a vector, in blocks
//   inner   axes of the state that a product inside the step or a product with the states sums over
//   rows    axes that only the result has: read one after the other from each state
#pragma once

#include <heed/dsl/fuse/scan.hpp>

namespace heed::dsl {

// The lane axis where every axis of the state is summed over.
struct no_lane {};

struct product_tag {};
struct row_tag {};
struct lane_tag {};
struct readout_tag {};
template <class Tag> struct is_placeholder_of {
    template <class E> static constexpr bool stands() {
        if constexpr (requires { typename E::tag_t; })
            return same_type<typename E::tag_t, Tag>;
        else
            return false;
    }
    template <class E> static constexpr bool holds = stands<E>();
};

// What is moved out of the step is not split further.
struct taken_whole {
    template <class E, class Tuple> static constexpr auto prepare(const E& e, const Tuple& out) {
        return make_extracted(e, out);
    }
};
// A product with the state inside the step.
template <class Step> struct take_products : taken_whole {
    using tag = product_tag;
    template <class E> static constexpr bool takes = what<E> == is::contraction && uses_state<Step, E>;
    template <class> using inside = take_products;
};
// What is the same for all lanes, one value for each index of the inner axes.
template <class Step, class Inner, class Lane> struct take_rows : taken_whole {
    using tag = row_tag;
    template <class E>
    static constexpr bool takes = E::element == kind::real && has_any<Inner, E> && !has<Lane, shape_of<E>> &&
                                  !uses_state<Step, E> && !occurs<is_placeholder_of<product_tag>, E>();
    template <class> using inside = take_rows;
};
// What is the same for all inner axes, one value for each lane.
template <class Step, class Inner> struct take_lanes : taken_whole {
    using tag = lane_tag;
    template <class E>
    static constexpr bool takes = E::element == kind::real && !has_any<Inner, E> && !uses_state<Step, E> &&
                                  !is_number<E> && !is_placeholder_of<product_tag>::template holds<E>;
    template <class> using inside = take_lanes;
};
struct take_readout : taken_whole {
    using tag = readout_tag;
    template <class E> static constexpr bool takes = scan_child<E> >= 0;
    template <class> using inside = take_readout;
};

// A sum over the inner axes of a times b, either of which may have the state.
template <class A, class B> struct state_product {
    A a;
    B b;
};

// The loop. Readout is what is summed with each state, nothing where the states themselves are the result; Chain is what
// becomes of that sum.
template <class Scan, class Inner, class Rows, class Products, class RowTrees, class LaneTrees, class Update,
          class Readout, class ReadoutRows, class Chain, class Queries>
struct scan_nest {
    using scan_t = Scan;
    using key_t = typename Scan::name_t;
    using inner = Inner;
    using rows = Rows;
    using free_names = without<names_in<typename Scan::state_t>, Inner>;
    template <class List, bool Empty> struct last_name {
        using type = at<List, length_of<List> - 1>;
    };
    template <class List> struct last_name<List, true> {
        using type = no_lane;
    };
    using lane_t = typename last_name<free_names, length_of<free_names> == 0>::type;
    using outer = without<free_names, names<lane_t>>;
    // The place of an axis in the coordinates of the loop.
    using visible = concat<concat<concat<outer, rows>, names<key_t>>, concat<inner, names<lane_t>>>;
    using products_t = Products;
    using row_trees = RowTrees;
    using lane_trees = LaneTrees;
    using update_t = Update;
    using readout_t = Readout;
    using readout_rows = ReadoutRows;
    using chain_t = Chain;
    static constexpr moment when = Scan::when;
    static constexpr bool reads = !std::is_same_v<Readout, nothing>;

    Scan scan; // as written, for its extents and its initial state
    Products products;
    RowTrees row_values;
    LaneTrees lane_values;
    Update update;
    Readout readout;
    ReadoutRows readout_values;
    Chain chain;
    Queries queries;    // what the states are multiplied with, as written
    bool agrees = true; // whether all results are of this running state

    // The extent of an axis of the loop, -1 where only positions have it.
    template <class Name> constexpr extent axis_extent() const {
        const extent n = extent_among<Name>(child<0>(scan), child<1>(scan));
        if constexpr (reads) {
            return n >= 0 ? n : extent_among<Name>(queries, chain);
        } else
            return n;
    }
};
template <class N> inline constexpr bool is_scan_nest = false;
template <class... A> inline constexpr bool is_scan_nest<scan_nest<A...>> = true;

// A running state that one loop does not hold: each step is a formula of its own.
template <class Scan> struct steps_nest {
    Scan scan;
    static constexpr bool agrees = true;
};
template <class N> inline constexpr bool is_steps_nest = false;
template <class Scan> inline constexpr bool is_steps_nest<steps_nest<Scan>> = true;

// Products with their row values moved out; the row values go to `rows`.
template <class Pass, class Rows>
constexpr auto without_rows(const hana::basic_tuple<>& done, const Rows& rows) {
    return make_extracted(done, rows);
}
template <class Pass, class Done, class Rows, class First, class... Rest>
constexpr auto without_rows(const Done& done, const Rows& rows, const First& first, const Rest&... rest) {
    auto a = extract<Pass>(child<0>(first), rows);
    auto b = extract<Pass>(child<1>(first), a.out);
    const state_product<decltype(a.tree), decltype(b.tree)> product{a.tree, b.tree};
    if constexpr (sizeof...(Rest) == 0)
        return make_extracted(appended(done, product), b.out);
    else
        return without_rows<Pass>(appended(done, product), b.out, rest...);
}

// What the states are multiplied with.
constexpr nothing queries_of(const nothing& n) { return n; }
template <class E> constexpr auto queries_of(const E& e) { return child<1 - scan_child<E>>(e); }
// Of the readout, a product with the state after or before the step.
template <class Scan, class Pass> constexpr auto make_readout(const nothing& n) {
    return make_extracted(n, hana::basic_tuple<>{});
}
template <class Scan, class Pass, class E> constexpr auto make_readout(const E& e) {
    auto a = extract<Pass>(child<1 - scan_child<E>>(e), hana::basic_tuple<>{});
    using state_t = state_before<typename Scan::step_t, typename Scan::state_t>;
    return make_extracted(state_product<decltype(a.tree), state_t>{a.tree, state_t{}}, a.out);
}

template <class Inner, class Rows, class S, class R, class C>
constexpr auto make_scan_nest_of(const S& scan, const R& readout, const C& chain) {
    using step = typename S::step_t;
    using lane_t = typename scan_nest<S, Inner, Rows, int, int, int, int, nothing, int, int, int>::lane_t;
    using rows_pass = take_rows<step, Inner, lane_t>;
    const hana::basic_tuple<> none{};
    auto products = extract<take_products<step>>(child<1>(scan), none);
    auto operands = hana::unpack(products.out,
                                 [&](const auto&... p) { return without_rows<rows_pass>(none, none, p...); });
    auto by_rows = extract<rows_pass>(products.tree, operands.out);
    auto by_lanes = extract<take_lanes<step, Inner>>(by_rows.tree, none);
    auto read = make_readout<S, rows_pass>(readout);
    auto queries = queries_of(readout);
    return scan_nest<S, Inner, Rows, decltype(operands.tree), decltype(by_rows.out), decltype(by_lanes.out),
                     decltype(by_lanes.tree), decltype(read.tree), decltype(read.out), C, decltype(queries)>{
        scan, operands.tree, by_rows.out, by_lanes.out, by_lanes.tree, read.tree, read.out, chain, queries};
}

// Two loops in place of one, where the two turn out not to be of one running state.
template <class First, class Second> struct apart_nest {
    First first;
    Second second;
    static constexpr bool agrees = true;
};
template <class N> inline constexpr bool is_apart_nest = false;
template <class A, class B> inline constexpr bool is_apart_nest<apart_nest<A, B>> = true;

// The loop of a root from which nothing is left to stage; of two results, as make_nest. The one that is not the last
// state leads.
template <bool Share, class E> constexpr auto make_scan_nest(const E& e) {
    if constexpr (what<E> == is::outputs) {
        constexpr int lead = is_last_state<child_t<0, E>> ? 1 : 0;
        if constexpr (Share) {
            const auto& a = scan_node(child<lead>(e));
            const auto& b = child<1 - lead>(e);
            auto both = make_scan_nest<true>(child<lead>(e));
            both.agrees = same_values(child<0>(a), child<0>(b)) && same_values(child<1>(a), child<1>(b));
            return both;
        } else {
            auto first = make_scan_nest<true>(child<0>(e));
            auto second = make_scan_nest<true>(child<1>(e));
            return apart_nest<decltype(first), decltype(second)>{first, second};
        }
    } else if constexpr (!holds_scan<E>())
        return steps_nest<E>{e};
    else if constexpr (what<E> == is::scan)
        return make_scan_nest_of<own_inner<E>, names<>>(e, nothing{}, nothing{});
    else {
        auto chain = extract<take_readout>(e, hana::basic_tuple<>{});
        const auto& readout = hana::at_c<0>(chain.out);
        using R = std::remove_cvref_t<decltype(readout)>;
        using S = child_t<scan_child<R>, R>;
        using rows = without<names_in<shape_of<E>>, typename S::all_t>;
        return make_scan_nest_of<typename R::over_t, rows>(child<scan_child<R>>(readout), readout,
                                                           chain.tree);
    }
}

} // namespace heed::dsl
