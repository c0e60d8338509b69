// SPDX-License-Identifier: BSL-1.0
// Words and numbers for the printers. No templates, so that a formula that is printed costs the compiler its tree and
// nothing else.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <heed/dsl/diagnose/run_time.hpp>
#include <heed/dsl/shape/axis.hpp>

namespace heed::dsl::print {

// A number with as many digits as say which one it is, as a float where it is one: 0.125, -1e-06.
inline std::string number_text(double x) {
    char s[40];
    for (int digits = 6; digits <= 17; ++digits) {
        std::snprintf(s, sizeof s, "%.*g", digits, x);
        const double back = std::strtod(s, nullptr);
        if (back == x || (static_cast<double>(static_cast<float>(x)) == x &&
                          static_cast<float>(back) == static_cast<float>(x)))
            break;
    }
    for (char& c : s)
        if (c == ',') c = '.'; // in a locale that writes it so
    return s;
}
// The type in `... [with Name = mine::softpick]`, without the namespaces it is in: `softpick`.
inline std::string type_text(const char* spelling) {
    std::string s = spelling;
    s = s.substr(s.rfind(" = ") + 3);
    s.resize(s.rfind(']'));
    const std::size_t colon = s.rfind(':', s.find('<'));
    return colon == std::string::npos ? s : s.substr(colon + 1);
}
// Three digits and a decimal prefix: `537 MFLOP`, `3.15 MB`.
inline std::string quantity_text(double x, const char* unit) {
    const char* const prefix[] = {"", "k", "M", "G", "T", "P"};
    int p = 0;
    for (; x >= 999.5 && p < 5; ++p) x /= 1000;
    char s[40];
    std::snprintf(s, sizeof s, p > 0 && x < 9.995 ? "%.2f" : p > 0 && x < 99.95 ? "%.1f" : "%.0f", x);
    for (char& c : s)
        if (c == ',') c = '.';
    return std::string(s) + " " + prefix[p] + unit;
}
// `1 loop`, `2 loops`, `no loops`.
inline std::string count_text(std::ptrdiff_t n, const char* what) {
    return (n == 0 ? std::string("no") : std::to_string(n)) + " " + what + (n == 1 ? "" : "s");
}

// Part of a formula and how tightly it binds, in the order of C++: 0 for a name or a call, then as below.
struct phrase {
    std::string text;
    int level = 0;
};
enum : int { level_call = 0, level_prefix = 3, level_product = 5, level_sum = 6, level_both = 14 };
inline int level_of(const char* op) {
    switch (op[0]) {
    case '*':
    case '/':
    case '%':
        return level_product;
    case '+':
    case '-':
        return level_sum;
    case '<':
    case '>':
        return 9;
    case '=':
        return 10;
    case '!':
        return op[1] ? 10 : level_prefix;
    case '&':
        return level_both;
    case '|':
        return 15;
    default:
        return level_call;
    }
}
inline std::string within(const phrase& p, int level) {
    return p.level > level ? "(" + p.text + ")" : p.text;
}
inline phrase infix(const char* op, const phrase& a, const phrase& b) {
    const int level = level_of(op);
    // && inside || is put in parentheses, as compilers ask for.
    return {within(a, level > level_both ? level_both - 1 : level) + " " + op + " " + within(b, level - 1),
            level};
}
inline phrase prefix(const char* op, const phrase& a) {
    return {op + within(a, level_prefix - 1), level_prefix};
}
inline phrase call(const std::string& function, const std::string& arguments) {
    return {function + "(" + arguments + ")", level_call};
}

// Names of arrays that are not there yet: symbols, and the temporaries of a plan. Each is known by a pointer that points
// nowhere and is never followed.
class registry {
public:
    const void* add(const std::string& name) {
        int i = 0;
        for (std::size_t at = 0; at < names_.size(); at = names_.find('\n', at) + 1, ++i)
            if (names_.compare(at, names_.find('\n', at) - at, name) == 0) return handle(i);
        names_ += name + "\n";
        return handle(size_++);
    }
    bool has(const void* p) const {
        const auto n = reinterpret_cast<std::uintptr_t>(p);
        return n >= 64 && n <= 64 * static_cast<std::uintptr_t>(size_);
    }
    std::string name(const void* p) const {
        std::size_t at = 0;
        for (auto i = reinterpret_cast<std::uintptr_t>(p) / 64; i > 1; --i) at = names_.find('\n', at) + 1;
        return names_.substr(at, names_.find('\n', at) - at);
    }

private:
    static const void* handle(int i) {
        return reinterpret_cast<const void*>(64 * static_cast<std::uintptr_t>(i + 1));
    }
    std::string names_;
    int size_ = 0;
};

// Some axes, as the compiler spells them, with their extents; -1 for an extent that is not known.
struct axis_list {
    const char* const* spelling;
    const extent* size;
    int count;
};
inline std::string axis_words(const axis_list& a, const char* between) {
    std::string s;
    for (int i = 0; i < a.count; ++i) {
        s += (i ? between : "") + error::axis_text(a.spelling[i]);
        if (a.size && a.size[i] >= 0) s += " (" + std::to_string(a.size[i]) + ")";
    }
    return s;
}
// How many elements, -1 where that is not known.
inline extent count_of(const axis_list& a) {
    extent n = 1;
    for (int i = 0; i < a.count; ++i) n = a.size[i] < 0 || n < 0 ? -1 : n * a.size[i];
    return n;
}

} // namespace heed::dsl::print
