// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// evaluate_into with the caller's workspace does not allocate, whatever the formula: every operator new is counted.
#include <cstdlib>
#include <new>
#include <vector>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

long allocations = 0;

void* counted(std::size_t bytes, std::size_t alignment) {
    ++allocations;
    void* p = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    if (!p) throw std::bad_alloc();
    return p;
}

} // namespace

// Never inlined: GCC warns of malloc's memory given to delete, and of new's to free, where it sees one without the other.
[[gnu::noinline]] void* operator new(std::size_t n) { return counted(n, 16); }
[[gnu::noinline]] void* operator new[](std::size_t n) { return counted(n, 16); }
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
    return counted(n, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void* operator new[](std::size_t n, std::align_val_t a) {
    return counted(n, static_cast<std::size_t>(a));
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete[](void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};

struct fixture {
    tensor<float, head<3>, query<>, feature<24>> q{37};
    tensor<float, head<3>, key<>, feature<24>> k{301};
    tensor<float, head<3>, key<>, value<>> v{301, 19};
    tensor<float, head<3>, query<>, value<>> o{37, 19};
    tensor<float, head<3>, query<>> l{37};
    std::vector<std::byte> memory;

    template <class Out, class E> long count(Out&& out, const E& e) {
        memory.resize(static_cast<std::size_t>(workspace_bytes(e)) + 64);
        const long before = allocations;
        evaluate_into(out, e, workspace(memory));
        return allocations - before;
    }
};

BOOST_FIXTURE_TEST_CASE(the_counter_counts, fixture) {
    const long before = allocations;
    evaluate_into(o, softmax(q * transpose(k)) * v);
    BOOST_TEST(allocations - before == 1);
}

BOOST_FIXTURE_TEST_CASE(one_loop_does_not_allocate, fixture) {
    const auto s = q * transpose(k) / 5.f;
    BOOST_TEST(count(o, softmax(s, causal.bottom_right, window(9).bottom_right) * v) == 0);
    BOOST_TEST(count(l, logsumexp(s)) == 0);
    auto both = std::tie(o, l);
    BOOST_TEST(count(both, outputs(softmax(s) * v, logsumexp(s))) == 0);
}

BOOST_FIXTURE_TEST_CASE(stages_do_not_allocate, fixture) {
    tensor<float, value<>, model<5>> w(19);
    tensor<float, head<3>, query<>, model<5>> p(37);
    BOOST_TEST(count(p, (softmax(q * transpose(k)) * v) * w) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_workspace_that_is_too_small_is_refused, fixture) {
    const auto e = softmax(q * transpose(k)) * v;
    std::vector<std::byte> little(static_cast<std::size_t>(workspace_bytes(e)) / 2);
    o.fill(7);
    BOOST_CHECK_THROW(evaluate_into(o, e, workspace(little)), resource_error);
    BOOST_CHECK_THROW(evaluate_into(o, e, workspace(std::span<std::byte>())), resource_error);
    BOOST_TEST(o(0, 0, 0) == 7);
}

// O(tile): longer keys and more heads do not need more.
BOOST_FIXTURE_TEST_CASE(the_workspace_does_not_grow_with_the_problem, fixture) {
    tensor<float, head<>, query<>, feature<24>> q2(24, 700), q8(25, 3000);
    tensor<float, head<>, key<>, feature<24>> k2(24, 300), k8(25, 9000);
    tensor<float, head<>, key<>, value<19>> v2(24, 300), v8(25, 9000);
    BOOST_TEST(workspace_bytes(softmax(q2 * transpose(k2)) * v2) ==
               workspace_bytes(softmax(q8 * transpose(k8)) * v8));
}

} // namespace
