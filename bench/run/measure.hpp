// SPDX-License-Identifier: BSL-1.0
// Timing on a shared machine: the peak and all contestants take turns in short bursts, for many rounds, so that
// whatever disturbs one disturbs the others; the best and the lower quartile of each are compared.
#pragma once

#include "contestant.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Seconds of one call, one entry for each burst.
class timing {
public:
    void add(double seconds) { seconds_.push_back(seconds); }
    double best() const { return quantile(0); }
    double quartile() const { return quantile(0.25); }

private:
    double quantile(double part) const;
    std::vector<double> seconds_;
};

struct measured {
    std::string_view name; ///< "peak", "plain" (heed's time of the plain attention), or the contestant's
    double flops = 0;      ///< of one call
    timing time;
};

struct result {
    attention what;
    int threads;
    double difference; ///< the largest between any two contestants' outputs
    std::vector<measured> entries;

    const measured* find(std::string_view name) const;
    /// Speed in flops of one entry over another's, by the best or by the lower quartile of both.
    double speed_ratio(const measured& a, const measured& b, double (timing::*of)() const) const;
};

struct effort {
    int rounds = 15;
    double burst_seconds = 0.04; ///< a burst is as many calls as fit, and at least one
};

/// Checks the contestants against one another, then times them. One thread is timed by its own processor time, more
/// by the clock on the wall.
result measure(const attention& what, const setting& how, const effort& spent);

} // namespace bench
