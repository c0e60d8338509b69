// SPDX-License-Identifier: BSL-1.0
// Two pipes and posix_spawn.
#include "program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace bench {

program::program(std::vector<std::string> words, bool quiet) : name_(words.front()) {
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0) throw std::runtime_error("no pipe to " + name_);
    to_.reset(fdopen(in[1], "w"));
    if (pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe from " + name_);
    from_.reset(fdopen(out[0], "r"));

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (quiet) posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const int failed =
        posix_spawnp(&id_, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    if (failed) throw std::runtime_error("cannot start " + name_);
}

program::~program() {
    to_.reset();
    waitpid(id_, nullptr, 0);
}

void program::say(const std::string& line) {
    std::fputs((line + '\n').c_str(), to_.get());
    std::fflush(to_.get());
}

std::string program::hear() {
    std::string line;
    for (int c; (c = std::fgetc(from_.get())) != '\n'; line += static_cast<char>(c))
        if (c == EOF) throw std::runtime_error(name_ + " has ended");
    return line;
}

} // namespace bench
