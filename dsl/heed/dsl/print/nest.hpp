// SPDX-License-Identifier: BSL-1.0
// One loop nest in words: what is known of it, and the text. No templates; plan.hpp fills it in.
#pragma once

#include <vector>

#include <heed/dsl/print/text.hpp>

namespace heed::dsl::print {

// A product of queries and keys, tile by tile.
struct tile_facts {
    std::string queries, keys, over;
    double factor = 1;
    extent depth = -1;
    bool in_place = false; // keys are not packed
    bool lies = false;     // nor copied where lanes go across rows, if there are enough
    // Where it is no product: `sum over feature (64) of square(q - k)`, and the lines for its sides are in words already.
    std::string body;
};
// Tiles of rows and keys, as the loop meets them, and the scores that are computed in them.
struct tile_counts {
    extent skipped = 0, masked = 0, whole = 0;
    double scores = 0;
};
// What is carried along the loop.
enum class carries { softmax, weights, normaliser, reduction };
struct stream_facts {
    carries what = carries::softmax;
    const char* reduction = "";
    int pass = 0;
    bool values = false, logsumexp = false, topped = false, totalled = false, counted = false,
         chained = false;
    std::string chain, condition, sink, gain, value, weight, factor;
    tile_counts counts;
};
// A result: along the key, or made of what the streams come to.
struct result_facts {
    std::string text;
    int pass = 0;
    bool along_key = false, plain = false; // plain: what a stream comes to, as it is
};
struct nest_facts {
    axis_list batch, rows, columns;
    std::string key; // empty where the result is a single number
    extent keys = -1, tile_rows = 0, row_tiles = 0, items = -1, key_parts = 1;
    bool joined = false;                                                   // the parts are, in the end
    extent lanes = 0, block = 0, panel = 0, tile_keys = 0, workspace = -1; // bytes per worker
    bool across = false;                                                   // lanes go across rows
    int passes = 1;
    const char* set = "";
    std::vector<tile_facts> tiles;
    std::vector<stream_facts> streams;
    std::vector<result_facts> results;
    double scores = -1, per_score = -1, reads = -1, writes = -1; // -1 where an extent is not known

    bool has_weights() const {
        for (const stream_facts& s : streams)
            if (s.what != carries::reduction) return true;
        return false;
    }
};
// What the two sides of a tile and their product are called.
struct tile_words {
    std::string rows, columns, product;
};
inline tile_words words_of(const nest_facts& f) {
    if (f.has_weights()) return {"queries", "keys", "scores"};
    return {"rows", "columns", "product"};
}

class nest_text {
public:
    explicit nest_text(const nest_facts& facts, int depth) : f(facts), w_(words_of(facts)), depth_(depth) {
        rows();
        for (std::size_t i = 0; i < f.tiles.size(); ++i)
            line("pack " + w_.rows + number(i, f.tiles) + ": " + f.tiles[i].queries +
                 (f.tiles[i].factor == 1 || !f.tiles[i].body.empty()
                      ? ""
                      : ", times " + number_text(f.tiles[i].factor)));
        keys();
        if (f.joined) line("join the " + std::to_string(f.key_parts) + " parts");
        if (f.passes > 1)
            passes();
        else
            for (std::size_t i = 0; i < f.streams.size(); ++i) finish(f.streams[i], label(i));
        for (const result_facts& r : f.results)
            if (!r.along_key && !r.plain) line("result = " + r.text);
    }
    std::string text;

private:
    const nest_facts& f;
    const tile_words w_;
    int depth_;

    void line(const std::string& s) {
        text += std::string(static_cast<std::size_t>(4 * depth_), ' ') + s + "\n";
    }
    template <class List> static std::string number(std::size_t i, const List& list) {
        return list.size() == 1 ? "" : " " + std::to_string(i + 1);
    }
    // Several streams are numbered.
    std::string label(std::size_t i) const {
        return f.streams.size() == 1 ? "" : "sum" + std::to_string(i + 1) + ": ";
    }

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
        if (f.key_parts > 1)
            s += (s.empty() ? "" : ", ") + f.key + " in " + std::to_string(f.key_parts) + " parts";
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
    static std::string carried(const stream_facts& s) {
        if (s.what == carries::reduction) return std::string("running ") + s.reduction;
        const std::string weighted = s.values ? "sum of weighted values" : "";
        if (s.what == carries::weights) return "running " + weighted;
        if (s.what == carries::normaliser)
            return std::string(s.topped ? "running maximum, " : "running ") + (s.totalled ? "sum and " : "") +
                   weighted;
        return std::string("running maximum") + (s.values         ? ", sum, and " + weighted
                                                 : s.gain.empty() ? " and sum"
                                                                  : ", sum, and sum of weights times gain");
    }
    void keys() {
        std::string s = f.key.empty() ? "in one step" : "for " + f.key;
        if (f.keys >= 0 && !f.key.empty()) s += " (" + std::to_string(f.keys) + ")";
        if (f.keys < 0 || f.keys > f.tile_keys)
            s += " in tiles of " + std::to_string(f.tile_keys);
        else if (!f.key.empty())
            s += " in one tile";
        if (f.passes == 1 && !f.streams.empty()) {
            s += ", streamed: ";
            for (std::size_t i = 0; i < f.streams.size(); ++i)
                s += (i == 0 ? "" : "; ") + label(i) + carried(f.streams[i]);
        }
        if (f.passes == 1 || !f.tiles.empty()) {
            line(s);
            ++depth_;
            if (f.passes == 1)
                for (std::size_t i = 0; i < f.streams.size(); ++i) skips(f.streams[i], label(i));
            for (std::size_t i = 0; i < f.tiles.size(); ++i)
                line((f.tiles[i].in_place ? "" : "pack ") + w_.columns + number(i, f.tiles) +
                     (f.tiles[i].in_place ? ", read in place: " : ": ") + f.tiles[i].keys);
            for (std::size_t i = 0; i < f.streams.size(); ++i)
                if (f.streams[i].values) line(label(i) + "values: " + f.streams[i].value);
            line("for " + std::to_string(f.across ? f.lanes : f.block) + " rows" +
                 (f.across ? ", along the lanes" : ""));
            ++depth_;
            for (std::size_t i = 0; i < f.tiles.size(); ++i)
                line(w_.product + (f.tiles.size() == 1 ? "" : std::to_string(i + 1)) + " = " + tile(i) +
                     (f.across ? std::string()
                               : ", " + std::to_string(f.tiles[i].in_place ? f.lanes : f.panel) + " " +
                                     w_.columns + " at a time") +
                     (f.passes > 1 ? ", kept" : ""));
            if (f.passes == 1) {
                for (std::size_t i = 0; i < f.streams.size(); ++i) inlined(f.streams[i], label(i));
                for (const result_facts& r : f.results)
                    if (r.along_key) line(lanes() + r.text);
                for (std::size_t i = 0; i < f.streams.size(); ++i)
                    if (f.streams[i].values)
                        line(label(i) + "sums += weights . values" +
                             (f.columns.count ? ", for " + axis_words(f.columns, " x ") : std::string()));
            }
            depth_ -= 2;
        }
    }
    // A row is gone over again where something waits for its end.
    void passes() {
        line("for each row");
        ++depth_;
        for (int p = 0; p < f.passes; ++p) {
            std::string s = "for " + f.key;
            if (f.keys >= 0) s += " (" + std::to_string(f.keys) + ")";
            s += " once" + std::string(p == 0 ? "" : " more");
            bool first = true;
            for (std::size_t i = 0; i < f.streams.size(); ++i)
                if (f.streams[i].pass == p) {
                    s += (first ? ": " : "; ") + label(i) + carried(f.streams[i]);
                    first = false;
                }
            line(s);
            ++depth_;
            for (std::size_t i = 0; i < f.streams.size(); ++i)
                if (f.streams[i].pass == p) {
                    skips(f.streams[i], label(i));
                    inlined(f.streams[i], label(i));
                }
            for (const result_facts& r : f.results)
                if (r.along_key && r.pass == p) line(lanes() + r.text);
            --depth_;
            for (std::size_t i = 0; i < f.streams.size(); ++i)
                if (f.streams[i].pass == p) finish(f.streams[i], label(i));
        }
        --depth_;
    }
    void skips(const stream_facts& s, const std::string& name) {
        if (s.condition.empty()) return;
        if (f.across) return line(name + "mask: `" + s.condition + "`");
        line(name + "skip a tile where `" + s.condition +
             "` holds nowhere; no mask where it holds everywhere");
        if (s.counted) {
            const extent all = s.counts.skipped + s.counts.masked + s.counts.whole;
            line("    of " + count_text(all, "tile") + ": " + std::to_string(s.counts.skipped) +
                 " skipped, " + std::to_string(s.counts.masked) + " with the mask, " +
                 std::to_string(s.counts.whole) + " without");
        }
    }
    std::string lanes() const {
        return "inline, " + std::to_string(f.lanes) + " at a time (" + f.set + "): ";
    }
    std::string tile(std::size_t i) const {
        const tile_facts& t = f.tiles[i];
        if (t.body.empty())
            return w_.rows + number(i, f.tiles) + " . " + w_.columns + number(i, f.tiles) + " over " + t.over;
        return t.body + (t.factor == 1 ? "" : ", times " + number_text(t.factor));
    }
    // What is computed score by score, in registers.
    void inlined(const stream_facts& s, const std::string& name) {
        const std::string masked = s.condition.empty()            ? ""
                                   : s.what == carries::reduction ? " where allowed"
                                                                  : ", 0 where masked";
        std::string words = name + lanes();
        if (s.what == carries::softmax)
            words += s.chained ? "x = " + s.chain + ", weight = exp(x - maximum)"
                               : "weight = exp(" + s.chain + " - maximum)";
        else if (s.what == carries::weights)
            words += "weight = " + s.chain;
        else if (s.what == carries::normaliser)
            words += (s.chained ? "x = " + s.chain + ", weight = " : std::string("weight = ")) + s.weight;
        else
            words += s.reduction + (" of " + s.chain);
        line(words + masked + (s.gain.empty() ? "" : ", times " + s.gain));
    }
    void finish(const stream_facts& s, const std::string& name) {
        if (s.what == carries::softmax) {
            std::string words = name + "finish: ";
            if (!s.sink.empty()) words += "add the sink " + s.sink + " to the sum; ";
            const bool divided = s.values || !s.gain.empty();
            if (divided) words += "divide by the sum";
            if (s.logsumexp) words += std::string(divided ? "; logsumexp = " : "") + "maximum + log(sum)";
            line(words);
        } else if (s.what == carries::normaliser && s.totalled)
            line(name + "finish: times " + s.factor);
        else if (s.what == carries::reduction && std::string(s.reduction) == "mean")
            line(name + "finish: divide by the extent of " + f.key);
    }
};

} // namespace heed::dsl::print
