// SPDX-License-Identifier: BSL-1.0
// Who takes part: heed and its peers behind one interface. A contestant is prepared once for an attention and
// gives a call that can be repeated without allocating.
#pragma once

#include "attention.hpp"
#include "call.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Floats from the start of a line of memory on, as those of heed's tensors.
struct release {
    void operator()(float* memory) const;
};
using floats = std::unique_ptr<float[], release>;
floats allocate(extent size);

/// Row-major arrays on cache lines: q and o are (batch, heads, group, queries, features), k and v
/// (batch, heads, keys, features), slope (heads); bias (heads, queries, keys), seen and added (queries, keys) and
/// document (keys) where the attention has them, else null. k and v are exact in the types they may be stored in.
class operands {
public:
    explicit operands(const attention& what);

    float* q() const { return q_.get(); }
    float* k() const { return k_.get(); }
    float* v() const { return v_.get(); }
    float* slope() const { return slope_.get(); }
    float* o() const { return o_.get(); }
    float* bias() const { return bias_.get(); }
    const bool* seen() const { return seen_.get(); }
    float* added() const { return added_.get(); } ///< what says the same as `seen`: 0 or -inf
    const std::int32_t* document() const { return document_.empty() ? nullptr : document_.data(); }
    extent output_size() const { return output_size_; }

private:
    extent output_size_;
    floats q_, k_, v_, slope_, o_, bias_, added_;
    std::unique_ptr<bool[]> seen_;
    std::vector<std::int32_t> document_;
};

struct setting {
    int threads = 1;
    std::string_view instruction_set = ""; ///< of heed and of the peak; empty: the best there is
};

struct contestant {
    std::string_view name;
    /// The call that computes `what` from `at` into its o. It refers to `at`. Empty where there is none to compare.
    call (*prepare)(const attention& what, const operands& at, const setting& how);
};

/// heed first, then its peers.
std::vector<contestant> contestants();
/// Those to be timed: heed alone where `what` says so, and where it is to use a lesser instruction set than its peers do.
std::vector<contestant> timed_contestants(const attention& what, const setting& how);

/// The sets heed was compiled for and this processor has, the best one last.
std::vector<std::string_view> instruction_sets();

call prepare_heed(const attention& what, const operands& at, const setting& how);
call prepare_openblas(const attention& what, const operands& at, const setting& how);
call prepare_openblas_by_rows(const attention& what, const operands& at, const setting& how);
call prepare_eigen(const attention& what, const operands& at, const setting& how);
call prepare_eigen_by_rows(const attention& what, const operands& at, const setting& how);

/// A plain sum over the bytes that `what` has to read once: its bias or boolean tensor if it has one, else keys and
/// values. As many threads as `how` says, each of which reads in four places at once; the yardstick of bandwidth.
call prepare_sum(const attention& what, const operands& at, const setting& how);
/// The same from the first byte to the last, as one would write it.
call prepare_sum_in_order(const attention& what, const operands& at, const setting& how);
double summed_bytes(const attention& what);

/// What the peers report of themselves: "OpenBLAS 0.3.21 (Cooperlake)".
std::string openblas_version();
std::string eigen_version();

/// Computes `what` with every contestant once and returns the largest absolute difference between any two.
/// Throws std::runtime_error, naming the contestant, where it is above 2e-4 or not a number.
double compare(const attention& what, const operands& at, const setting& how);

} // namespace bench
