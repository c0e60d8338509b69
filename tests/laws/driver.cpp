// SPDX-License-Identifier: BSL-1.0
// The trials of one formula: extents, contents, what is compared. See driver.hpp for the laws.
#include "laws/plain_program.hpp"

#include <sstream>

namespace laws {
namespace {

constexpr int trials = 16; // each sort of extents twice
constexpr std::size_t most_failures = 3;
constexpr double least = 1e-33; // what float cannot hold

// Small, single, empty, around the widths of vectors, long, and one or few queries for many keys.
extents choose_extents(source& s, int trial) {
    static constexpr extent primes[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 53},
                            around[] = {15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65},
                            small[] = {1, 2, 3, 4, 5}, wide[] = {1, 3, 8, 16, 17, 33, 64, 65};
    extents n{};
    const bool at_edge = trial == 4 || trial == 5;
    for (int a = 0; a < of::count; ++a) {
        extent& e = n[static_cast<std::size_t>(a)];
        const bool narrow = trial == 1 || trial == 6 || trial == 7; // leaves time for many queries and keys
        switch (a) {
        case of::batch:
            e = narrow ? 1 + s.below(2) : s.chance(0.2) ? 9 + s.below(5) : s.one_of(small);
            break;
        case of::head:
        case of::kv_head:
        case of::group:
        case of::channel:
            e = narrow ? 1 + s.below(2) : s.one_of(small);
            break;
        case of::model:
            e = s.one_of(small);
            break;
        case of::feature:
        case of::narrow:
        case of::value:
            e = s.chance(narrow ? 0.8 : 0.3) ? s.one_of(small) : s.one_of(wide);
            break;
        default:
            e = trial == 1 ? s.one_of(small) : at_edge ? s.one_of(around) : s.one_of(primes);
        }
        if (trial == 2) e = 1;
    }
    const auto many = [&] { return 100 + s.below(500); };
    if (trial == 6) n[of::key] = n[of::memory] = many();
    if (trial == 6 && s.chance(0.7)) n[of::query] = n[of::token] = many();
    if (trial == 7 && s.chance(0.5)) n[of::query] = n[of::token] = many();
    if (trial == 7) {
        n[of::key] = n[of::memory] = many();
        if (s.chance(0.6)) n[of::query] = n[of::token] = 1 + s.below(3);
    }
    if (trial == 3) {
        static constexpr of::axis may_be_empty[] = {of::batch, of::head,  of::query,   of::token,  of::key,
                                                    of::key,   of::value, of::feature, of::memory, of::group};
        n[s.one_of(may_be_empty)] = 0;
    }
    return n;
}

double work(const formula& f, const extents& n) {
    double scores = static_cast<double>(n[f.normalised]), out = 1;
    for (of::axis a : f.rows) scores *= static_cast<double>(n[a]);
    for (of::axis a : f.values) out *= static_cast<double>(n[a]);
    return scores * (static_cast<double>(n[of::feature] + n[of::narrow]) + out + 4);
}

// Shortens the longest axis that may be shortened until the plain program takes some milliseconds.
void settle(formula& f, extents& n) {
    f.settle(n);
    std::vector<bool> fixed(n.size());
    while (work(f, n) > 4e6) {
        std::size_t longest = n.size();
        for (std::size_t a = 0; a < n.size(); ++a)
            if (!fixed[a] && n[a] > 1 && (longest == n.size() || n[a] > n[longest])) longest = a;
        if (longest == n.size()) return;
        const extent before = n[longest];
        n[longest] = before - (before + 3) / 4;
        f.settle(n);
        fixed[longest] = n[longest] == before;
    }
}

struct trial_of {
    formula& f;
    report& r;
    std::uint64_t seed;
    int trial;
    extents n{};
    std::vector<std::vector<real>> plain;

    template <class... T> void fail(const T&... what) {
        std::ostringstream out;
        out.precision(17);
        (out << ... << what);
        out << "\n  generate.py --seed " << seed << " --only " << f.number << ", trial " << trial << "\n  "
            << f.text << "\n ";
        for (std::size_t a = 0; trial >= 0 && a < n.size(); ++a) out << " " << axis_names[a] << "=" << n[a];
        r.failures.push_back(out.str());
    }
    bool enough() const { return r.failures.size() >= most_failures; }

    // Each element of `got` within `bound(which, j)` of `want`; NaN and infinities where they are wanted.
    template <class Bound>
    void compare(const std::vector<written>& got, const std::vector<written>& want, Bound bound,
                 const std::string& how) {
        const bool fused = how != "oracle";
        for (std::size_t which = 0; which < want.size() && !enough(); ++which) {
            const auto &g = got[which].elements, &w = want[which].elements;
            if (!got[which].intact) fail(how, ": wrote outside result ", which);
            if (g.size() != w.size())
                return fail(how, ": result ", which, " has ", g.size(), " elements, not ", w.size());
            for (std::size_t j = 0; j < w.size(); ++j) {
                ++r.compared;
                const double b = bound(which, j);
                const bool exactly = b == 0 || f.results[which].what == result::logsumexp;
                const bool right = std::isfinite(w[j]) ? std::abs(g[j] - w[j]) <= b
                                   : exactly ? g[j] == w[j] || (std::isnan(g[j]) && std::isnan(w[j]))
                                             : !std::isfinite(g[j]);
                if (right && fused && std::isfinite(w[j]) && b > least)
                    r.worst = std::max(r.worst, std::abs(g[j] - w[j]) / b);
                if (right) continue;
                fail(how, ": result ", which, ", element ", j, " is ", g[j], ", not ", w[j], " (bound ", b,
                     ", difference ", g[j] - w[j], ")");
                break;
            }
        }
    }
    static double bitwise(std::size_t, std::size_t) { return 0; }

    void run() {
        source s{seed * 1000003u + static_cast<std::uint64_t>(f.number) * 101u +
                 static_cast<std::uint64_t>(trial)};
        n = choose_extents(s, trial % 8);
        settle(f, n);
        s.density =
            std::array{0.5, 0.9, 0.1, 0.02, 1.0, 0.5, 0.98, 0.0}[static_cast<std::size_t>(s.below(8))];
        if (s.chance(0.15)) s.amplitude = 200;
        if (s.chance(0.2)) s.forbidden = 0.2;
        if (s.chance(0.15)) s.infinite = 0.02;
        if (s.chance(0.7)) s.poisoned = s.chance(0.5) ? 1 : 0.3;
        f.make(s, n);
        plain = plain_program(f, n);
        f.poison(s);

        std::vector<written> expected;
        for (const auto& one : plain) {
            expected.emplace_back();
            for (const real& x : one) expected.back().elements.push_back(x.value);
        }
        const auto within = [&](double unit, double smallest) {
            return [this, unit, smallest](std::size_t which, std::size_t j) {
                return unit * plain[which][j].error + smallest;
            };
        };
        const auto oracle = f.oracle();
        compare(oracle, expected, within(16 * 0x1p-53, 1e-250), "oracle");
        if (enough()) return;
        for (heed::instruction_set set : heed::available_instruction_sets()) {
            const std::string name = to_string(set);
            const auto one = f.into(s, set, 1);
            compare(one, oracle, within(2 * f.roundoff, f.roundoff < 1e-10 ? 1e-250 : least), name);
            if (enough()) return;
            compare(f.into(s, set, 2), one, bitwise, name + ", 2 threads against 1");
            compare(f.into(s, set, 3), one, bitwise, name + ", 3 threads against 1");
            compare(f.returned(set, 2), one, bitwise, name + ", returned against written");
            if (f.batched && n[of::batch] > 1) alone(s, set, one, s.below(n[of::batch]), name);
        }
    }

    // One batch against the same one among all.
    void alone(source& s, heed::instruction_set set, const std::vector<written>& all, extent b,
               const std::string& name) {
        f.narrow(b);
        const auto got = f.into(s, set, 1);
        f.widen();
        std::vector<written> want;
        for (std::size_t which = 0; which < f.results.size(); ++which) {
            want.emplace_back();
            const result& result = f.results[which];
            const std::vector<of::axis> order(result.order, result.order + result.rank);
            extents i{};
            i[of::batch] = b; // stays where the result has no such axis
            std::size_t j = 0;
            each_place(order, n, i, [&] {
                if (i[of::batch] == b) want.back().elements.push_back(all[which].elements[j]);
                ++j;
            });
        }
        compare(got, want, bitwise, name + ", batch " + std::to_string(b) + " alone against among all");
    }
};

} // namespace

void check(formula& f, report& r, std::uint64_t seed) {
    for (int trial = 0; trial < trials && r.failures.size() < most_failures; ++trial) {
        trial_of t{f, r, seed, trial, {}, {}};
        try {
            t.run();
        } catch (const std::exception& e) {
            t.fail("threw ", e.what());
        }
    }
    if (f.one_loop && f.loops != 1) {
        trial_of t{f, r, seed, -1, {}, {}};
        t.fail(f.loops, " loops, not 1");
    }
}

} // namespace laws
