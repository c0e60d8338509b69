// SPDX-License-Identifier: BSL-1.0
// How much of the processors somebody else had meanwhile: figures for several threads are worth little if it is not
// next to nothing.
#pragma once

namespace bench {

class occupation {
public:
    occupation();
    /// The part of all processors' time since the construction that was neither ours nor idle; -1 where unknown.
    double others_since() const;

private:
    struct times {
        double all, busy, ours;
    };
    static times now();
    times start_;
};

} // namespace bench
