// SPDX-License-Identifier: BSL-1.0
// Peers that may be missing: each takes part where it was found.
#pragma once

#include "contestant.hpp"

#include <string>
#include <vector>

namespace bench {

/// Those that were found, after OpenBLAS and Eigen.
std::vector<contestant> found_peers();
/// One line for each that was not: "oneDNN: not here, install libdnnl-dev".
std::vector<std::string> missing_peers();
/// "oneDNN 2.6.3; libtorch 1.13.1; ONNX Runtime 1.30.0 (...); ", each with its semicolon.
std::string found_peers_versions();

/// Whether they take part: they compute no document masks and no tensors, and check nobody where peers are not timed.
inline bool among_peers(const attention& what) {
    return what.peers && !what.documents && !what.boolean && !what.bias;
}

call prepare_onednn(const attention& what, const operands& at, const setting& how);
std::string onednn_version();

call prepare_libtorch(const attention& what, const operands& at, const setting& how);
std::string libtorch_version();

call prepare_onnxruntime(const attention& what, const operands& at, const setting& how);
/// Empty where Node.js or its package onnxruntime-node is missing.
std::string onnxruntime_version();

} // namespace bench
