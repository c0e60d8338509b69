// SPDX-License-Identifier: BSL-1.0
// One head with very many queries and keys: as fast as a short one, in memory that does not grow with them.
#pragma once

#include "measure.hpp"

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// As many queries as keys, 64 features, one head.
struct long_keys {
    std::string_view name;
    extent keys;

    // Goals on one AVX-512 core.
    double least_of_short = 0.95; ///< of the speed of q2048_d64_h1, which is the same but for noise
    double most_megabytes = 64;

    constexpr double flops() const { return 4 * 64 * static_cast<double>(keys) * static_cast<double>(keys); }
    attention shape() const { return {.name = name, .heads = 1, .queries = keys, .keys = keys}; }
};

inline constexpr std::array longs = {long_keys{.name = "long_65536_d64", .keys = 65536}};

/// A call without a workspace, so that heed takes its own memory.
call heed_long(const attention& what, const operands& at, const setting& how);
double heed_long_workspace(const attention& what, const operands& at, const setting& how);
/// The largest difference between the output at a few rows, which is in place, and the reference.
double difference_of_rows(const attention& what, const operands& at);

/// Bytes on the heap now, and the most there were since `forget_most_bytes`; counted by operator new and delete.
void forget_most_bytes();
double bytes_now();
double most_bytes();

struct long_result : results {
    long_keys what;
    double workspace_bytes = 0;
    double heap_bytes = 0; ///< the most that a call took
};

/// Throws std::runtime_error where rows differ from the reference by more than rounding.
long_result measure(const long_keys& what, const setting& how, const effort& spent);

void print_table(std::ostream& out, const std::vector<long_result>& results);
std::vector<std::string> missed_goals(const std::vector<long_result>& results);

} // namespace bench
