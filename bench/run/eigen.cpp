// SPDX-License-Identifier: BSL-1.0
// Eigen as a peer: its matrix product, its array arithmetic for the softmax, its matrix product, for whole heads or
// by blocks of rows. Compiled with -O3 for this machine.
#include "peer.hpp"

#include <Eigen/Core>

namespace bench {
namespace {

// As for OpenBLAS, and the best for Eigen too.
constexpr extent rows_of_block(const attention& what) { return what.masked() ? 64 : 512; }

using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// One row of scores becomes probabilities without their division by the sum, which is returned.
template <class Scores>
float softmax(Scores scores, const attention& what, const Eigen::ArrayXf& positions, float slope,
              float position) {
    if (what.softcap) scores = softcap_limit * (scores * (1 / softcap_limit)).tanh();
    if (what.alibi) scores += slope * (positions.head(scores.size()).transpose() + position);
    scores = (scores - scores.maxCoeff()).exp();
    return scores.sum();
}

call prepare(const attention& what, const operands& at, const setting& how, extent block_rows, bool trim) {
    const Eigen::ArrayXf positions =
        Eigen::ArrayXf::LinSpaced(what.keys, 0, static_cast<float>(what.keys - 1));
    const auto compute = [positions](const attention& a, const block& b) {
        const Eigen::Map<const matrix> q(b.q, b.rows(), a.features), k(b.k, b.keys(), a.features),
            v(b.v, b.keys(), a.features);
        Eigen::Map<matrix> scores(b.scores, b.rows(), b.keys()), o(b.o, b.rows(), a.features);
        Eigen::Map<Eigen::ArrayXf> sums(b.sums, b.rows());
        scores.noalias() = scale(a) * q * k.transpose();
        for (extent row = 0; row < b.rows(); ++row) {
            const extent first = a.first_key(b.first + row) - b.first_key,
                         end = a.end_key(b.first + row) - b.first_key;
            scores.row(row).head(first).setZero();
            scores.row(row).tail(b.keys() - end).setZero();
            if (b.added)
                scores.row(row).segment(first, end - first) +=
                    Eigen::Map<const Eigen::RowVectorXf>(b.added + row * a.keys + first, end - first);
            sums[row] = softmax(scores.row(row).segment(first, end - first).array(), a, positions, b.slope,
                                static_cast<float>(b.first_key + first - (b.first + row)));
        }
        o.noalias() = scores * v;
        o.array().colwise() *= sums.inverse();
    };
    return by_blocks(what, at, how.threads, block_rows, trim, compute);
}

} // namespace

call prepare_eigen(const attention& what, const operands& at, const setting& how) {
    return prepare(what, at, how, what.rows(), false);
}

call prepare_eigen_by_rows(const attention& what, const operands& at, const setting& how) {
    if (what.rows() <= rows_of_block(what)) return {};
    return prepare(what, at, how, rows_of_block(what), true);
}

std::string eigen_version() {
    return "Eigen " + std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." +
           std::to_string(EIGEN_MINOR_VERSION);
}

} // namespace bench
