// SPDX-License-Identifier: BSL-1.0
// The machine's own multiply-add peak: independent vector accumulators, no memory. Everything timed here is
// quoted as a share of it, measured in the same run.
#pragma once

#include <string_view>

namespace bench {

/// The flops of one call of `multiply_add` with as many rounds, for one thread.
double multiply_add_flops(std::string_view instruction_set, long rounds);

/// Runs the multiply-add kernel of an instruction set ("baseline", "avx2" or "avx512") in as many threads.
/// Throws std::invalid_argument for a name it does not know.
void multiply_add(std::string_view instruction_set, long rounds, int threads);

} // namespace bench
