// SPDX-License-Identifier: BSL-1.0
// oneDNN as a peer: matmul, softmax, matmul for blocks of rows, with the keys that a block needs where there is a mask.
// Scale, softcap, ALiBi and mask are post-operations of the first product. One primitive over all heads was no faster, and
// 400 times slower with a mask: oneDNN 2.6 has no code of its own for a term that all heads share.
#include "peers.hpp"

#include "peer.hpp"

#include <dnnl.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bench {
namespace {

using memory = dnnl::memory;
constexpr auto rows_by_columns = memory::format_tag::ab;

// The best of 64, 96, 128, 192, 256, 512 and all for it, with masks and without.
constexpr extent rows_of_block = 128;

memory::desc matrix(extent rows, extent columns, memory::format_tag order = rows_by_columns) {
    return {{rows, columns}, memory::data_type::f32, order};
}

/// What is added to the scores of a block, (rows, keys) or (1, keys): 0 where a row sees a key, minus infinity elsewhere;
/// with ALiBi, which a constant for each row does not change, slope times the key's position as well.
std::vector<float> added_to_scores(const attention& what, const block& b) {
    std::vector<float> values;
    for (extent row = b.first; row < (what.masked() ? b.end : b.first + 1); ++row)
        for (extent key = b.first_key; key < b.end_key; ++key) {
            const bool seen = !what.masked() || (key >= what.first_key(row) && key < what.end_key(row));
            const float bias = what.alibi ? b.slope * static_cast<float>(key - b.end_key + 1) : 0;
            values.push_back(seen ? bias : -std::numeric_limits<float>::infinity());
        }
    return values;
}

/// What a thread has of its own.
struct worker {
    dnnl::stream stream;
    memory scratchpad; ///< bytes, as many as any primitive wants
};

/// A primitive whose scratchpad is given to it, so that several threads may run it at once.
class step {
public:
    template <class Primitive, class Description>
    step(Primitive, const Description& what, dnnl::primitive_attr how, const dnnl::engine& engine) {
        how.set_scratchpad_mode(dnnl::scratchpad_mode::user);
        const typename Primitive::primitive_desc planned(what, how, engine);
        run_ = Primitive(planned);
        scratchpad_ = planned.scratchpad_desc();
    }

    std::size_t scratchpad_bytes() const { return scratchpad_.get_size(); }
    void run(const worker& by, std::unordered_map<int, memory> arguments) const {
        arguments.insert({DNNL_ARG_SCRATCHPAD,
                          memory(scratchpad_, by.scratchpad.get_engine(), by.scratchpad.get_data_handle())});
        run_.execute(by.stream, arguments);
    }

private:
    dnnl::primitive run_;
    memory::desc scratchpad_;
};

/// The steps for blocks that differ by their addresses only.
class network {
public:
    network(const attention& what, const block& b, const dnnl::engine& engine)
        : engine_(engine),
          q_(matrix(b.rows(), what.features)),
          k_(matrix(what.features, b.keys(), memory::format_tag::ba)), // stored as (keys, features)
          scores_(matrix(b.rows(), b.keys())),
          v_(matrix(b.keys(), what.features)),
          product_(dnnl::matmul(), dnnl::matmul::desc(q_, k_, scores_), finish(what, b), engine),
          softmax_(dnnl::softmax_forward(),
                   dnnl::softmax_forward::desc(dnnl::prop_kind::forward_inference, scores_, 1), {}, engine),
          mean_(dnnl::matmul(), dnnl::matmul::desc(scores_, v_, q_), {}, engine) {}

    std::size_t scratchpad_bytes() const {
        return std::max({product_.scratchpad_bytes(), softmax_.scratchpad_bytes(), mean_.scratchpad_bytes()});
    }
    void run(const block& b, const worker& by) const {
        const auto at = [&](const memory::desc& shape, const float* first) {
            return memory(shape, engine_, const_cast<float*>(first));
        };
        const memory scores = at(scores_, b.scores);
        std::unordered_map<int, memory> arguments = more_;
        arguments.insert(
            {{DNNL_ARG_SRC, at(q_, b.q)}, {DNNL_ARG_WEIGHTS, at(k_, b.k)}, {DNNL_ARG_DST, scores}});
        product_.run(by, std::move(arguments));
        softmax_.run(by, {{DNNL_ARG_SRC, scores}, {DNNL_ARG_DST, scores}});
        mean_.run(by, {{DNNL_ARG_SRC, scores}, {DNNL_ARG_WEIGHTS, at(v_, b.v)}, {DNNL_ARG_DST, at(q_, b.o)}});
    }

private:
    /// What follows the first product.
    dnnl::primitive_attr finish(const attention& what, const block& b) {
        dnnl::post_ops after;
        float factor = scale(what);
        if (what.softcap) {
            factor /= softcap_limit;
            after.append_eltwise(1, dnnl::algorithm::eltwise_tanh, 0, 0);
            after.append_eltwise(1, dnnl::algorithm::eltwise_linear, softcap_limit, 0);
        }
        if (what.alibi || what.masked()) {
            added_ = added_to_scores(what, b);
            const memory::desc shape = matrix(what.masked() ? b.rows() : 1, b.keys());
            more_.insert({DNNL_ARG_ATTR_MULTIPLE_POST_OP(after.len()) | DNNL_ARG_SRC_1,
                          memory(shape, engine_, added_.data())});
            after.append_binary(dnnl::algorithm::binary_add, shape);
        }
        dnnl::primitive_attr how;
        how.set_output_scales(0, {factor});
        how.set_post_ops(after);
        return how;
    }

    dnnl::engine engine_;
    std::vector<float> added_;
    std::unordered_map<int, memory> more_;
    memory::desc q_, k_, scores_, v_; // o is as q
    step product_, softmax_, mean_;
};

} // namespace

call prepare_onednn(const attention& what, const operands& at, const setting& how) {
    if (!among_peers(what)) return {};
    omp_set_num_threads(1); // for the primitives made here: threads are given whole blocks
    const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    // A network for each block of the rows and, where they differ, for each slope.
    const auto networks = std::make_shared<std::map<std::pair<extent, float>, network>>();
    const auto place = [](const attention& a, const block& b) {
        return std::pair{b.first, a.alibi ? b.slope : 0};
    };
    std::size_t bytes = 0;
    by_blocks(what, at, 1, rows_of_block, what.masked(), [&](const attention& a, const block& b) {
        const auto made = networks->try_emplace(place(a, b), a, b, engine).first;
        bytes = std::max(bytes, made->second.scratchpad_bytes());
    })();
    std::vector<worker> workers;
    for (int thread = 0; thread < how.threads; ++thread)
        workers.push_back(
            {dnnl::stream(engine),
             memory({{static_cast<extent>(bytes)}, memory::data_type::u8, memory::format_tag::a}, engine)});
    const auto compute = [=](const attention& a, const block& b) {
        networks->at(place(a, b)).run(b, workers[static_cast<std::size_t>(omp_get_thread_num())]);
    };
    return by_blocks(what, at, how.threads, rows_of_block, what.masked(), compute);
}

std::string onednn_version() {
    const dnnl_version_t* version = dnnl_version();
    return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch);
}

} // namespace bench
