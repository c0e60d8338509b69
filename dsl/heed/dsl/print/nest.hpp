// SPDX-License-Identifier: BSL-1.0
// One loop nest in words: what is known of it, and the text. No templates; plan.hpp fills it in.
#pragma once

#include <heed/dsl/print/text.hpp>

namespace heed::dsl::print {

enum class job { store, reduce, weigh, softmax };

// A product of queries and keys, tile by tile.
struct tile_facts {
    std::string queries, keys, over;
    double factor = 1;
    extent depth = -1;
    bool in_place = false; // keys are not packed
};
// Tiles of rows and keys, as the loop meets them, and the scores that are computed in them.
struct tile_counts {
    extent skipped = 0, masked = 0, whole = 0;
    double scores = 0;
};
// What the two sides of a tile and their product are called.
struct tile_words {
    std::string rows, columns, product;
};
inline tile_words words_of(job does) {
    if (does == job::softmax || does == job::weigh) return {"queries", "keys", "scores"};
    return {"rows", "columns", "product"};
}
struct nest_facts {
    axis_list batch, rows, columns;
    std::string key; // empty where the result is a single number
    extent keys = -1, tile_rows = 0, row_tiles = 0, items = -1;
    extent lanes = 0, block = 0, panel = 0, tile_keys = 0, workspace = -1; // bytes per worker
    job does = job::store;
    const char* reduction = "";
    bool values = false, logsumexp = false, counted = false, chained = false;
    const char* set = "";
    const tile_facts* tiles = nullptr;
    int tiles_n = 0;
    std::string chain, condition, sink, value, result;
    tile_counts counts;
    double scores = -1, per_score = -1, reads = -1, writes = -1; // -1 where an extent is not known
};

class nest_text {
public:
    explicit nest_text(const nest_facts& facts, int depth)
        : f(facts), w_(words_of(facts.does)), depth_(depth) {
        rows();
        for (int i = 0; i < f.tiles_n; ++i)
            line("pack " + w_.rows + number(i) + ": " + f.tiles[i].queries +
                 (f.tiles[i].factor == 1 ? "" : ", times " + number_text(f.tiles[i].factor)));
        keys();
        if (f.does == job::softmax)
            finish();
        else if (f.does == job::reduce && std::string(f.reduction) == "mean")
            line("finish: divide by the extent of " + f.key);
    }
    std::string text;

private:
    const nest_facts& f;
    const tile_words w_;
    int depth_;

    void line(const std::string& s) {
        text += std::string(static_cast<std::size_t>(4 * depth_), ' ') + s + "\n";
    }
    std::string number(int i) const { return f.tiles_n == 1 ? "" : " " + std::to_string(i + 1); }

    void rows() {
        // Batch axes one by one; the rows of all row axes together are cut into tiles.
        std::string s = axis_words(f.batch, ", ");
        if (f.rows.count > 0) {
            s += (s.empty() ? "" : ", ") + axis_words(f.rows, " x ");
            if (count_of(f.rows) < 0)
                s += " in tiles of at most " + std::to_string(f.tile_rows);
            else if (f.row_tiles > 1)
                s += " in tiles of " + std::to_string(f.tile_rows);
            else
                s += " in one tile";
        }
        s = s.empty() ? "once" : "for " + s;
        if (f.items == 0)
            s += ": nothing to do";
        else if (f.items > 1)
            s += ", in parallel: " + std::to_string(f.items) + " items";
        else if (f.items < 0)
            s += ", in parallel";
        line(s);
        ++depth_;
    }
    void keys() {
        std::string s = f.key.empty() ? "in one step" : "for " + f.key;
        if (f.keys >= 0 && !f.key.empty()) s += " (" + std::to_string(f.keys) + ")";
        if (f.keys < 0 || f.keys > f.tile_keys)
            s += " in tiles of " + std::to_string(f.tile_keys);
        else if (!f.key.empty())
            s += " in one tile";
        if (f.does == job::softmax)
            s += std::string(", streamed: running maximum") +
                 (f.values ? ", sum, and sum of weighted values" : " and sum");
        if (f.does == job::weigh) s += ", streamed: running sum of weighted values";
        if (f.does == job::reduce) s += std::string(", streamed: running ") + f.reduction;
        line(s);
        ++depth_;
        if (!f.condition.empty()) {
            line("skip a tile where `" + f.condition + "` holds nowhere; no mask where it holds everywhere");
            if (f.counted) {
                const extent all = f.counts.skipped + f.counts.masked + f.counts.whole;
                line("    of " + count_text(all, "tile") + ": " + std::to_string(f.counts.skipped) +
                     " skipped, " + std::to_string(f.counts.masked) + " with the mask, " +
                     std::to_string(f.counts.whole) + " without");
            }
        }
        for (int i = 0; i < f.tiles_n; ++i)
            line((f.tiles[i].in_place ? "" : "pack ") + w_.columns + number(i) +
                 (f.tiles[i].in_place ? ", read in place: " : ": ") + f.tiles[i].keys);
        if (f.values) line("values: " + f.value);
        line("for " + std::to_string(f.block) + " rows");
        ++depth_;
        for (int i = 0; i < f.tiles_n; ++i)
            line(w_.product + (f.tiles_n == 1 ? "" : std::to_string(i + 1)) + " = " + w_.rows + number(i) +
                 " . " + w_.columns + number(i) + " over " + f.tiles[i].over + ", " +
                 std::to_string(f.tiles[i].in_place ? f.lanes : f.panel) + " " + w_.columns + " at a time");
        inlined();
        if (f.values)
            line("sums += weights . values" +
                 (f.columns.count ? ", for " + axis_words(f.columns, " x ") : std::string()));
        depth_ -= 2;
    }
    // What is computed score by score, in registers.
    void inlined() {
        const std::string lanes = "inline, " + std::to_string(f.lanes) + " at a time (" + f.set + "): ";
        const std::string masked = f.condition.empty()      ? ""
                                   : f.does == job::softmax ? ", 0 where masked"
                                                            : " where allowed";
        if (f.does == job::softmax)
            line(lanes +
                 (f.chained ? "x = " + f.chain + ", weight = exp(x - maximum)"
                            : "weight = exp(" + f.chain + " - maximum)") +
                 masked);
        else if (f.does == job::weigh)
            line(lanes + "weight = " + f.chain);
        else if (f.does == job::reduce)
            line(lanes + f.reduction + " of " + f.chain + masked);
        else
            line(lanes + f.chain);
    }
    void finish() {
        std::string s = "finish: ";
        if (!f.sink.empty()) s += "add the sink " + f.sink + " to the sum; ";
        if (f.values) s += "divide by the sum";
        if (f.logsumexp) s += std::string(f.values ? "; logsumexp = " : "") + "maximum + log(sum)";
        line(s);
    }
};

} // namespace heed::dsl::print
