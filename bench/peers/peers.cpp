// SPDX-License-Identifier: BSL-1.0
// oneDNN and libtorch are found when the build is set up, ONNX Runtime when the program runs.
#include "peers.hpp"

namespace bench {
namespace {

struct peer {
    contestant as;
    std::string version; ///< empty where it is missing
    std::string package;
};

const std::vector<peer>& all_peers() {
    static const std::vector<peer> all = {
#if HEED_BENCH_ONEDNN
        {{"oneDNN", prepare_onednn}, onednn_version(), "libdnnl-dev"},
#else
        {{"oneDNN", nullptr}, "", "libdnnl-dev"},
#endif
#if HEED_BENCH_LIBTORCH
        {{"libtorch", prepare_libtorch}, libtorch_version(), "libtorch-dev"},
#else
        {{"libtorch", nullptr}, "", "libtorch-dev"},
#endif
        {{"ONNX Runtime", prepare_onnxruntime},
         onnxruntime_version(),
         "nodejs and onnxruntime-node (bench/peers/install)"},
    };
    return all;
}

} // namespace

std::vector<contestant> found_peers() {
    std::vector<contestant> found;
    for (const peer& each : all_peers())
        if (!each.version.empty()) found.push_back(each.as);
    return found;
}

std::vector<std::string> missing_peers() {
    std::vector<std::string> lines;
    for (const peer& each : all_peers())
        if (each.version.empty())
            lines.push_back(std::string(each.as.name) + ": not here, install " + each.package);
    return lines;
}

std::string found_peers_versions() {
    std::string versions;
    for (const peer& each : all_peers())
        if (!each.version.empty()) versions += each.version + "; ";
    return versions;
}

} // namespace bench
