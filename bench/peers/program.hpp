// SPDX-License-Identifier: BSL-1.0
// Another program, with which lines are exchanged.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace bench {

class program {
public:
    /// Starts it, found as a shell finds it; what it complains of is not shown with `quiet`.
    /// Throws std::runtime_error where it cannot be started.
    explicit program(std::vector<std::string> words, bool quiet = false);
    program(const program&) = delete;
    program& operator=(const program&) = delete;
    /// Ends its input and waits until it is done.
    ~program();

    void say(const std::string& line);
    /// The next line without its end. Throws std::runtime_error where there is none, for the program has ended.
    std::string hear();

private:
    struct close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using file = std::unique_ptr<std::FILE, close>;

    std::string name_;
    pid_t id_ = 0;
    file to_, from_;
};

} // namespace bench
