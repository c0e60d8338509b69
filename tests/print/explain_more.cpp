// SPDX-License-Identifier: BSL-1.0
// What explain says of several loops, of formulas over symbols, of tiles that a mask leaves out, and of each pass.
#include <boost/test/unit_test.hpp>

#include "print/expected.hpp"

using namespace heed;
using namespace heed_tests;

BOOST_AUTO_TEST_CASE(projections_are_stored_first) {
    const tensor<float, query<>, model<>> x(6, 10);
    const tensor<float, model<>, head<2>, feature<4>> wq(10), wk(10);
    const tensor<float, head<2>, key<>, value<3>> v(6);
    const auto k = dot<model>(wk, relabel<query, key>(x));
    const std::string text =
        steady(explain(softmax(dot<feature>(dot<model>(wq, x), k), causal) * v, instructions(plainest())));
    const std::string expected = filled_in(
        R"(softmax(dot<feature>(dot<model>((model, head, feature), (query, model)), dot<model>((model, head, feature), relabel<query, key>((query, model)))), causal) * (head, key, value)
3 loops, 2 temporaries of 384 B
2.93 kFLOP in products; reads 1.65 kB, writes 528 B; workspace {workspace} per worker
loop 1: t1 = dot<model>((model, head, feature), (query, model))
    stored as (head, feature, query), 192 B: a product inside another one would be computed again for every tile that meets it
    for head (2) x feature (4) in one tile
        pack rows: (model, head, feature)
        for query (6) in one tile
            pack columns: (query, model)
            for {block} rows
                product = rows . columns over model (10), {panel} columns at a time
                inline, {lanes} at a time ({set}): product
loop 2: t2 = dot<model>((model, head, feature), (key, model))
    stored as (head, feature, key), 192 B: a product inside another one would be computed again for every tile that meets it
    for head (2) x feature (4) in one tile
        pack rows: (model, head, feature)
        for key (6) in one tile
            pack columns: (key, model)
            for {block} rows
                product = rows . columns over model (10), {panel} columns at a time
                inline, {lanes} at a time ({set}): product
loop 3: result = softmax(dot<feature>(t1, t2), keep(key <= query)) * (head, key, value)
    for head (2), query (6) in one tile, in parallel: 2 items
        pack queries: t1
        for key (6) in one tile, streamed: running maximum, sum, and sum of weighted values
            mask: `key <= query`
            pack keys: t2
            values: (head, key, value)
            for {lanes} rows, along the lanes
                scores = queries . keys over feature (4)
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum), 0 where masked
                sums += weights . values, for value (3)
        finish: divide by the sum
)",
        0);
    BOOST_TEST(text == expected);
}

BOOST_AUTO_TEST_CASE(weights_go_over_their_row_again) {
    const tensor<float, query<>, key<>> x(3, 5);
    const std::string text = explain(softmax(x));
    const auto has = [&](const char* s) { return text.find(s) != std::string::npos; };
    BOOST_TEST(has("\n1 loop, no temporaries\n"));
    BOOST_TEST(has("            for key (5) once: running maximum and sum\n"));
    BOOST_TEST(has("            finish: maximum + log(sum)\n            for key (5) once more\n"));
    BOOST_TEST(has(": weight((query, key), logsumexp)\n"));
}

BOOST_AUTO_TEST_CASE(results_over_the_same_keys_share_a_loop) {
    const tensor<float, query<>, key<>> x(3, 5), y(3, 5);
    const tensor<float, key<>, value<>> v(5, 2);
    const std::string text = explain(outputs(softmax(x) * v, logsumexp(y)));
    BOOST_TEST(text.find("\n1 loop, no temporaries\n") != std::string::npos);
    BOOST_TEST(text.find("\n    with result 2, of the same loop\n") != std::string::npos);
    BOOST_TEST(text.find("sum2: running maximum and sum\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(few_rows_see_their_keys_in_parts) {
    const tensor<float, head<>, query<>, feature<>> q(8, 1, 16);
    const tensor<float, head<>, key<>, feature<>> k(8, 4000, 16);
    const tensor<float, head<>, key<>, value<>> v(8, 4000, 16);
    const std::string text = explain(softmax(q * transpose(k), causal.bottom_right) * v);
    const auto has = [&](const char* s) { return text.find(s) != std::string::npos; };
    BOOST_TEST(has("    for head (8), query (1) in one tile, key in 3 parts, in parallel: 24 items\n"));
    BOOST_TEST(has("                of 40 tiles: 0 skipped, 0 with the mask, 40 without\n"));
    BOOST_TEST(has("        join the 3 parts\n        finish: divide by the sum\n"));
}

// Packed, most lanes of a vector would be empty: two keys are few for every set, nine for none.
BOOST_AUTO_TEST_CASE(few_keys_are_read_where_they_lie) {
    const tensor<float, query<>, feature<>> q(100, 16);
    const tensor<float, key<>, feature<>> few(2, 16), more(9, 16);
    const auto says = [](const auto& e, const char* words) {
        return explain(e, instructions(available_instruction_sets().front())).find(words) !=
               std::string::npos;
    };
    BOOST_TEST(says(max<key>(q * transpose(few)), "        columns, read in place: (key, feature)\n"));
    BOOST_TEST(says(max<key>(q * transpose(more)), "        pack columns: (key, feature)\n"));
    BOOST_TEST(says(logsumexp(q * transpose(more)), "        keys, read in place: (key, feature)\n"));
    BOOST_TEST(says(logsumexp(q * transpose(more)), " rows, along the lanes\n"));
    // In any strides, but not what has to be widened.
    const tensor<float, feature<>, key<>> turned(16, 9);
    const tensor<bf16, key<>, feature<>> narrow(9, 16);
    BOOST_TEST(says(logsumexp(q * turned), "        keys, read in place: (feature, key)\n"));
    BOOST_TEST(says(logsumexp(q * transpose(narrow)), "        pack keys: "));
}

// Their rows differ.
BOOST_AUTO_TEST_CASE(results_of_different_rows_have_their_own_loops) {
    const tensor<float, query<>, key<>> x(3, 5);
    const tensor<float, head<>, key<>> y(4, 5);
    const std::string text = explain(outputs(logsumexp(x), logsumexp<key>(y)));
    BOOST_TEST(text.find("\n2 loops, no temporaries\n") != std::string::npos);
    BOOST_TEST(text.find("\nloop 2: result 2 = logsumexp((head, key))\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(symbols) {
    const symbol<"Q", float, head<8>, query<>, feature<64>> Q;
    const symbol<"K", float, head<8>, key<>, feature<64>> K;
    const symbol<"V", float, head<8>, key<>, value<64>> V;
    const kernel attend{softmax(Q * transpose(K) / 8.f, causal.bottom_right) * V};
    using formula = std::remove_cvref_t<decltype(attend.formula())>;
    using nest = dsl::at<plan_of<formula>::nests, 0>;
    expect_explanation(attend, R"(softmax(Q * transpose(K) / 8, causal.bottom_right) * V
1 loop, no temporaries
bytes and flops depend on extents that tensors bring
    for head (8), query in tiles of at most {rows}, in parallel
        pack queries: Q, times 0.125
        for key in tiles of {keys}, streamed: running maximum, sum, and sum of weighted values
            skip a tile where `key <= query + (extent of key - of query)` holds nowhere; no mask where it holds everywhere
            pack keys: K
            values: V
            for {block} rows
                scores = queries . keys over feature (64), {panel} keys at a time
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum), 0 where masked
                sums += weights . values, for value (64)
        finish: divide by the sum
)",
                       dsl::task<nest, float>::most_rows);
}

BOOST_AUTO_TEST_CASE(static_extents_of_symbols_are_known) {
    const symbol<"Q", float, query<32>, feature<8>> Q;
    const symbol<"K", float, key<32>, feature<8>> K;
    const std::string text = explain(softmax(Q * transpose(K), causal));
    BOOST_TEST(text.find("1 loop, no temporaries\n16.4 kFLOP in products; reads 2.05 kB, writes 4.10 kB;") !=
               std::string::npos);
}

// The counts of tiles against a look at every element.
BOOST_AUTO_TEST_CASE(tiles_of_masks) {
    const tensor<float, batch<>, query<>, feature<>> q(3, 700, 1);
    const tensor<float, batch<>, key<>, feature<>> k(3, 900, 1);
    tensor<int, batch<>> lengths(3);
    lengths(0) = 900, lengths(1) = 256, lengths(2) = 0;
    const auto check = [&](const auto& mask, auto allowed) {
        const auto e = logsumexp(q * transpose(k), mask);
        const auto root = dsl::rewritten(dsl::as_node(e));
        const auto nest = dsl::make_nest(root);
        const dsl::task<std::remove_cvref_t<decltype(nest)>, float> t(nest, {}, root);
        const dsl::tiling s = dsl::tiling_for(plainest(), t, true);
        extent skipped = 0, whole = 0, all = 0;
        for (extent b = 0; b < 3; ++b)
            for (extent r = 0; r < 700; r += t.tile_rows)
                for (extent c = 0; c < 900; c += s.tile_keys, ++all) {
                    extent yes = 0, no = 0;
                    for (extent i = r; i < std::min<extent>(700, r + t.tile_rows); ++i)
                        for (extent j = c; j < std::min<extent>(900, c + s.tile_keys); ++j)
                            ++(allowed(b, i, j) ? yes : no);
                    skipped += yes == 0;
                    whole += no == 0;
                }
        const std::string line = "of " + std::to_string(all) + " tiles: " + std::to_string(skipped) +
                                 " skipped, " + std::to_string(all - skipped - whole) + " with the mask, " +
                                 std::to_string(whole) + " without\n";
        BOOST_TEST_CONTEXT(line)
        BOOST_TEST(explain(e, instructions(plainest())).find(line) != std::string::npos);
    };
    check(causal.top_left, [](extent, extent i, extent j) { return j <= i; });
    check(causal.bottom_right, [](extent, extent i, extent j) { return j <= i + 200; });
    check(window(64).bottom_right,
          [](extent, extent i, extent j) { return j <= i + 200 && j > i + 200 - 64; });
    check(padding(lengths), [&](extent b, extent, extent j) { return j < lengths(b); });
    check(drop(position<key> >= 256 && position<key> < 512),
          [](extent, extent, extent j) { return j < 256 || j >= 512; });
}

BOOST_AUTO_TEST_CASE(what_a_mask_saves) {
    const tensor<float, query<>, feature<>> q(512, 1);
    const tensor<float, key<>, feature<>> k(512, 1);
    BOOST_TEST(explain(logsumexp(q * transpose(k), keep(position<key> < 256)))
                   .find("524 kFLOP in products, 262 kFLOP where a mask allows;") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(workspace_is_what_evaluate_takes) {
    const tensor<float, head<>, query<>, feature<>> q(2, 300, 20);
    const tensor<float, head<>, key<>, feature<>> k(2, 700, 20);
    const auto e = max<key>(q * transpose(k));
    for (const instruction_set set : available_instruction_sets()) {
        // One worker; 64 bytes more, as the caller's memory may be aligned badly.
        const auto bytes = static_cast<double>(workspace_bytes(e, instructions(set)) - 64);
        const std::string words = "workspace " + dsl::print::quantity_text(bytes, "B") + " per worker\n";
        BOOST_TEST_CONTEXT(words) BOOST_TEST(explain(e, instructions(set)).find(words) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(mistakes_are_found_as_by_evaluate) {
    const tensor<float, query<>, feature<>> q(3, 4);
    const tensor<float, key<>, feature<>> k(5, 6);
    BOOST_CHECK_THROW(explain(q * transpose(k)), shape_error);
    const tensor<float, key<>, feature<>> longer(5, 4);
    BOOST_CHECK_THROW(explain(softmax(q * transpose(longer), causal)), shape_error);
}

BOOST_AUTO_TEST_CASE(each_pass) {
    const tensor<float, query<>, feature<>> x(3, 4);
    const tensor<float, key<>, value<>> v(3, 5);
    BOOST_TEST(explain(softmax(-(x * transpose(relabel<query, key>(x))) / 2.f, causal) * v, every_pass) ==
               R"(formula:
    softmax(-((query, feature) * transpose(relabel<query, key>((query, feature)))) / 2, causal) * (key, value)
views at the leaves:
    softmax(-dot<feature>((query, feature), (key, feature)) / 2, causal) * (key, value)
corners as numbers:
    softmax(-dot<feature>((query, feature), (key, feature)) / 2, keep(position<key> <= position<query> + 0)) * (key, value)
scalar factors folded:
    softmax(dot<feature>((query, feature), (key, feature)) * -0.5, keep(position<key> <= position<query> + 0)) * (key, value)
products in their order: as before
weights in their places: as before
split:
    result = softmax(dot<feature>((query, feature), (key, feature)) * -0.5, keep(position<key> <= position<query> + 0)) * (key, value)
        rows query; key key; columns value
)");
    BOOST_TEST(explain(softmax(x), every_pass) == R"(formula:
    softmax((query, feature))
views at the leaves: as before
corners as numbers: as before
scalar factors folded: as before
products in their order: as before
weights in their places:
    weight((query, feature), logsumexp((query, feature)))
split:
    result = weight((query, feature), logsumexp((query, feature)))
        rows query; key feature
)");
}
