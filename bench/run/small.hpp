// SPDX-License-Identifier: BSL-1.0
// Attentions so small that a call's own cost shows: one head, a kernel called again and again. Their bound is the
// multiply-adds at the measured peak and the exponentials at the rate of heed's own exp over an array in the
// second-level cache.
#pragma once

#include "measure.hpp"

#include <array>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// As many queries, keys and features as `size`.
struct small {
    std::string_view name;
    extent size;

    // Goals on one AVX-512 core; 0 where there is none.
    double most_of_bound = 0;
    double most_nanoseconds = 0;

    constexpr double exponentials() const { return static_cast<double>(size * size); }
    constexpr double flops() const { return 4 * exponentials() * static_cast<double>(size); }
};

inline constexpr std::array smalls = {
    small{.name = "small_8", .size = 8},
    small{.name = "small_16", .size = 16, .most_nanoseconds = 250},
    small{.name = "small_32", .size = 32, .most_of_bound = 2},
    small{.name = "small_64", .size = 64, .most_of_bound = 2},
};

/// Operands of a small attention, and its output.
struct small_operands {
    explicit small_operands(const small& what);
    floats q, k, v, o;
};

/// Extents are numbers in the types of the tensors.
call heed_small_static(const small& what, small_operands& at, const setting& how);
/// Extents are known at run time only.
call heed_small_dynamic(const small& what, small_operands& at, const setting& how);
/// exp over `exponential_count` floats, enough to hide the cost of a call.
inline constexpr extent exponential_count = 1 << 15;
call heed_exponentials(const setting& how);
/// The output in double, node by node.
void heed_small_reference(const small& what, small_operands& at);

struct small_result : results {
    small what;
    double bound_seconds(double (timing::*of)() const) const;
};

/// Throws std::runtime_error where an output differs from the reference by more than rounding.
double compare(const small& what, const setting& how);
small_result measure(const small& what, const setting& how, const effort& spent);

void print_table(std::ostream& out, const std::vector<small_result>& results);
std::vector<std::string> missed_goals(const std::vector<small_result>& results);

} // namespace bench
