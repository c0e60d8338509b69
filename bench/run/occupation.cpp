// SPDX-License-Identifier: BSL-1.0
// Read from /proc/stat, less what this process and those it started used.
#include "occupation.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace bench {

occupation::times occupation::now() {
    std::ifstream file("/proc/stat");
    std::string cpu;
    double user = 0, nice = 0, system = 0, idle = 0, wait = 0, interrupt = 0, soft_interrupt = 0, steal = 0;
    if (!(file >> cpu >> user >> nice >> system >> idle >> wait >> interrupt >> soft_interrupt >> steal))
        return {0, 0, 0};
    const double busy = user + nice + system + interrupt + soft_interrupt + steal;
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    rusage used{}, by_children{};
    getrusage(RUSAGE_SELF, &used);
    getrusage(RUSAGE_CHILDREN, &by_children); // peers in processes of their own, which have ended by now
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return {(busy + idle + wait) / ticks, busy / ticks,
            seconds(used.ru_utime) + seconds(used.ru_stime) + seconds(by_children.ru_utime) +
                seconds(by_children.ru_stime)};
}

occupation::occupation() : start_(now()) {}

double occupation::others_since() const {
    const times end = now();
    const double all = end.all - start_.all;
    return all > 0 ? std::max(0.0, (end.busy - start_.busy - (end.ours - start_.ours)) / all) : -1;
}

} // namespace bench
