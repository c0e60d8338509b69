// SPDX-License-Identifier: BSL-1.0
// Results as markdown, in ratios only: on a shared machine nothing else repeats.
#pragma once

#include "measure.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace bench {

/// The machine, the compiler, the peers' versions and the day, one line.
std::string circumstances(std::string_view instruction_set);

std::string number(const char* format, double value);

/// "71 / 68": the ratio of two entries' speeds by the best and by the lower quartile; "-" where one did not take part.
std::string ratio(const results& of, std::string_view a, std::string_view b, const char* format,
                  double factor);
/// The entry of the peer with the best burst of all peers; null where none took part.
const measured* fastest_peer(const results& of);
/// A row of a table, and one with the line below it.
void print_row(std::ostream& out, const std::vector<std::string>& cells);
void print_header(std::ostream& out, const std::vector<std::string>& cells);

/// heed alone, then heed beside its peers.
void print_own_table(std::ostream& out, const std::vector<result>& results);
void print_table(std::ostream& out, const std::vector<result>& results);

/// One line for each goal that a result misses, by the best of its bursts; goals of threads are for two.
std::vector<std::string> missed_goals(const std::vector<result>& results);

} // namespace bench
