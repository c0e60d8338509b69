// SPDX-License-Identifier: BSL-1.0
// ONNX Runtime as a peer, in another process: Node.js runs onnxruntime.cjs. Operands go there and back by files, before
// and after what is timed.
#include "peers.hpp"
#include "program.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

namespace fs = std::filesystem;

/// An empty folder that goes when this does.
class temporary_folder {
public:
    temporary_folder() : path_((fs::temp_directory_path() / "heed-bench-XXXXXX").string()) {
        if (!mkdtemp(path_.data())) throw std::runtime_error("no temporary folder");
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }

    const std::string& path() const { return path_; }
    void write(const char* name, const float* values, extent size) const {
        std::ofstream(fs::path(path_) / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(values), bytes(size));
    }
    void read(const char* name, float* values, extent size) const {
        std::ifstream(fs::path(path_) / name, std::ios::binary)
            .read(reinterpret_cast<char*>(values), bytes(size));
    }

private:
    static std::streamsize bytes(extent size) { return size * static_cast<std::streamsize>(sizeof(float)); }
    std::string path_;
};

std::string in_words(const attention& what, const setting& how) {
    std::ostringstream text;
    const char* before = "{";
    const auto add = [&](const char* name, auto value) {
        text << before << '"' << name << "\": " << value;
        before = ", ";
    };
    add("batch", what.batch);
    add("heads", what.heads);
    add("group", what.group);
    add("queries", what.queries);
    add("keys", what.keys);
    add("features", what.features);
    add("causal", what.causal ? "true" : "false");
    add("window", what.window);
    add("softcap", what.softcap ? softcap_limit : 0);
    add("alibi", what.alibi ? "true" : "false");
    add("threads", how.threads);
    text << '}';
    return text.str();
}

struct session {
    session(const attention& what, const operands& at, const setting& how) {
        const extent size = what.pieces() * what.keys * what.features;
        folder.write("q", at.q(), at.output_size());
        folder.write("k", at.k(), size);
        folder.write("v", at.v(), size);
        folder.write("slope", at.slope(), what.heads);
        node = std::make_unique<program>(std::vector<std::string>{"node", HEED_BENCH_PEERS "/onnxruntime.cjs",
                                                                  folder.path(), in_words(what, how)});
        operation = node->hear();
    }

    double seconds(int times) const {
        node->say("run " + std::to_string(times));
        return std::stod(node->hear());
    }
    void compute(const operands& at) const {
        seconds(1);
        node->say("store");
        node->hear();
        folder.read("o", at.o(), at.output_size());
    }

    temporary_folder folder;
    std::unique_ptr<program> node; // ends before its folder goes
    std::string operation;
};

} // namespace

call prepare_onnxruntime(const attention& what, const operands& at, const setting& how) {
    if (!among_peers(what)) return {};
    const auto prepared = std::make_shared<session>(what, at, how);
    if (prepared->operation == "none") return {};
    return {[prepared, &at] { prepared->compute(at); },
            [prepared](int times) { return prepared->seconds(times); }};
}

std::string onnxruntime_version() try {
    program node({"node", HEED_BENCH_PEERS "/onnxruntime.cjs", "--version"}, true);
    return "ONNX Runtime " + node.hear() +
           " (the best of MultiHeadAttention, Attention and GroupQueryAttention)";
} catch (const std::runtime_error&) {
    return {};
}

} // namespace bench
