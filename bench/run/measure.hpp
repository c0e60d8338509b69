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
    /// The contestant's; "peak"; heed with other settings: "plain" (the plain attention), "one thread" and "AVX2", each
    /// of the last two with a peak of its own ("peak of ..."); "sum" or "sum in order".
    std::string_view name;
    double flops = 0; ///< of one call; bytes of the sums
    timing time;
};

/// Everyone's times of one computation.
struct results {
    int threads;
    double difference; ///< the largest between any two contestants' outputs
    std::vector<measured> entries;

    const measured* find(std::string_view name) const;
    /// Speed in flops of one entry over another's, by the best or by the lower quartile of both.
    double speed_ratio(const measured& a, const measured& b, double (timing::*of)() const) const;
};
struct result : results {
    attention what;
};

struct effort {
    int rounds = 15;
    double burst_seconds = 0.04; ///< a burst is as many calls as fit, and at least one
};

/// Who takes turns: calls with their names and flops. An empty call is left out.
class turns {
public:
    void enter(std::string_view name, double flops, call run);
    void enter_peak(const setting& how, std::string_view name = "peak");
    /// One thread is timed by its own processor time, more by the clock on the wall.
    std::vector<measured> take(int threads, const effort& spent) const;

private:
    std::vector<measured> entries_;
    std::vector<call> calls_;
};

/// Checks the contestants against one another, then times them.
result measure(const attention& what, const setting& how, const effort& spent);

} // namespace bench
