// SPDX-License-Identifier: BSL-1.0
// The library behind c_interface.h: a kernel over symbols, whose exceptions become numbers at the border.
#include "c_interface.h"

#include "../sample.hpp"

#include <cstdio>

namespace {

using namespace heed;
using namespace sample;

constexpr symbol<"Q", float, batch<>, head<>, query<>, feature<>> Q;
constexpr symbol<"K", float, batch<>, head<>, key<>, feature<>> K;
constexpr symbol<"V", float, batch<>, head<>, key<>, value<>> V;

// How many features there are, and so the scale, is known at the call.
auto attend(const attention_sizes& sizes) {
    const float root = std::sqrt(static_cast<float>(sizes.features));
    const auto attention = softmax(Q * transpose(K) / root, causal.bottom_right) * V;
    static_assert(plan_of<decltype(attention)>::loops == 1);
    return kernel(attention);
}

thread_local char message[256];

template <class F> attention_status guarded(const F& f) {
    const auto failed = [](attention_status status, const std::exception& e) {
        std::snprintf(message, sizeof message, "%s", e.what());
        return status;
    };
    message[0] = 0;
    try {
        f();
        return attention_done;
    } catch (const shape_error& e) {
        return failed(attention_bad_sizes, e);
    } catch (const resource_error& e) {
        return failed(attention_small_workspace, e);
    } catch (const std::exception& e) {
        return failed(attention_failed, e);
    }
}

// Calls f with what stands for Q, K, V and the result.
template <class F>
void with_arrays(const attention_sizes& s, const float* q, const float* k, const float* v, float* o,
                 const F& f) {
    f(Q = view<const float, batch<>, head<>, query<>, feature<>>(q, s.batch, s.heads, s.queries, s.features),
      K = view<const float, batch<>, head<>, key<>, feature<>>(k, s.batch, s.heads, s.keys, s.features),
      V = view<const float, batch<>, head<>, key<>, value<>>(v, s.batch, s.heads, s.keys, s.values),
      view<float, batch<>, head<>, query<>, value<>>(o, s.batch, s.heads, s.queries, s.values));
}

} // namespace

attention_status attention_workspace(const attention_sizes* sizes, size_t* bytes) {
    return guarded([&] {
        with_arrays(*sizes, nullptr, nullptr, nullptr, nullptr, [&](auto q, auto k, auto v, auto) {
            *bytes = static_cast<size_t>(attend(*sizes).workspace_bytes(q, k, v));
        });
    });
}

attention_status attention_run(const attention_sizes* sizes, const float* q, const float* k, const float* v,
                               float* o, void* memory, size_t bytes) {
    return guarded([&] {
        if (!memory) throw resource_error("the workspace is a null pointer");
        with_arrays(*sizes, q, k, v, o, [&](auto queries, auto keys, auto values, auto out) {
            attend (*sizes)(out, queries, keys, values, workspace({static_cast<std::byte*>(memory), bytes}));
        });
    });
}

const char* attention_message(void) { return message; }
