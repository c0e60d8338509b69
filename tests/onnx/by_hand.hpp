// SPDX-License-Identifier: BSL-1.0
// The operator Attention of ONNX once more, in plain loops over plain arrays and in double; and random inputs for it.
#pragma once

#include "../../samples/onnx_attention.hpp"

#include <cmath>
#include <random>
#include <sstream>

namespace onnx_tests {

using namespace sample::onnx;

// The element of an array with 3 or 4 axes, of `heads` heads.
template <class T>
double element(const array<const T>& x, extent heads, extent b, extent h, extent i, extent f) {
    const auto& s = x.shape;
    const extent at = s.size() == 4 ? ((b * s[1] + h) * s[2] + i) * s[3] + f
                                    : (b * s[1] + i) * s[2] + h * (s[2] / heads) + f;
    return static_cast<double>(x.data[at]);
}
// The element of a mask that broadcasts from the right; `otherwise` behind the last key, none where there is no mask.
template <class T>
double mask_at(const array<T>& m, double none, double otherwise, std::vector<extent> index) {
    if (!m) return none;
    extent at = 0;
    for (std::size_t j = 0; j < m.shape.size(); ++j) {
        const extent i = index[4 - m.shape.size() + j];
        const bool is_key = j + 1 == m.shape.size();
        if (is_key && i >= m.shape[j]) return otherwise;
        at = at * m.shape[j] + (m.shape[j] == 1 ? 0 : i);
    }
    return static_cast<double>(m.data[at]);
}
inline result<double> join(const array<const float>& past, const array<const float>& x, extent heads) {
    const bool flat = x.shape.size() == 3;
    const extent added = x.shape[flat ? 1 : 2], n = past ? past.shape[2] : 0;
    result<double> all({x.shape[0], heads, n + added, flat ? x.shape[2] / heads : x.shape[3]});
    auto* to = all.elements.data();
    for (extent b = 0; b < all.shape[0]; ++b)
        for (extent h = 0; h < heads; ++h)
            for (extent j = 0; j < n + added; ++j)
                for (extent f = 0; f < all.shape[3]; ++f)
                    *to++ = j < n ? element(past, heads, b, h, j, f) : element(x, heads, b, h, j - n, f);
    return all;
}

inline results<double> by_hand(const attributes& a, const inputs<float>& in) {
    const bool flat = in.q.shape.size() == 3;
    const extent heads = flat ? a.q_num_heads : in.q.shape[1],
                 shared = in.k.shape.size() == 3 ? a.kv_num_heads : in.k.shape[1];
    const auto k = join(in.past_key, in.k, shared), v = join(in.past_value, in.v, shared);
    const extent batches = in.q.shape[0], queries = in.q.shape[flat ? 1 : 2], keys = k.shape[2];
    const extent features = k.shape[3], values = v.shape[3];
    const double scale = a.scale ? *a.scale : 1 / std::sqrt(static_cast<double>(features));
    results<double> out;
    out.y = result<double>(flat ? std::vector{batches, queries, heads * values}
                                : std::vector{batches, heads, queries, values});
    if (in.past_key) out.present_key = k, out.present_value = v;
    if (a.qk_matmul_output_mode) out.qk_matmul_output = result<double>({batches, heads, queries, keys});
    for (extent b = 0; b < batches; ++b)
        for (extent h = 0; h < heads; ++h)
            for (extent i = 0; i < queries; ++i) {
                const extent kh = h / (heads / shared);
                std::vector<double> weight(static_cast<std::size_t>(keys));
                const extent row = ((b * heads + h) * queries + i) * keys;
                const auto show = [&](int mode, extent j, double x) {
                    if (a.qk_matmul_output_mode == mode)
                        out.qk_matmul_output.elements[static_cast<std::size_t>(row + j)] = x;
                };
                double largest = -INFINITY, sum = 0;
                for (extent j = 0; j < keys; ++j) {
                    double s = 0;
                    for (extent f = 0; f < features; ++f)
                        s += element(in.q, heads, b, h, i, f) *
                             element(array<const double>{k.elements.data(), k.shape}, shared, b, kh, j, f);
                    s *= scale;
                    show(0, j, s);
                    if (a.softcap > 0) s = a.softcap * std::tanh(s / a.softcap);
                    show(1, j, s);
                    s += mask_at(in.numeric_mask, 0, -INFINITY, {b, h, i, j});
                    if (mask_at(in.boolean_mask, 1, 0, {b, h, i, j}) == 0) s = -INFINITY;
                    extent offset = 0;
                    if (in.past_key)
                        offset = in.past_key.shape[2];
                    else if (in.nonpad_kv_seqlen)
                        offset = in.nonpad_kv_seqlen.data[b] - queries;
                    if (in.nonpad_kv_seqlen && j >= in.nonpad_kv_seqlen.data[b]) s = -INFINITY;
                    if (a.is_causal && j > i + offset) s = -INFINITY;
                    if (a.left_window_size >= 0 && j < i + offset - a.left_window_size) s = -INFINITY;
                    if (a.right_window_size >= 0 && j > i + offset + a.right_window_size) s = -INFINITY;
                    show(2, j, s);
                    weight[static_cast<std::size_t>(j)] = s;
                    largest = std::fmax(largest, s);
                }
                for (double& w : weight) w = w == -INFINITY ? 0 : std::exp(w - largest), sum += w;
                for (extent j = 0; j < keys; ++j) {
                    double& w = weight[static_cast<std::size_t>(j)];
                    w = w == 0 ? 0 : w / sum;
                    show(3, j, w);
                }
                for (extent e = 0; e < values; ++e) {
                    double y = 0;
                    for (extent j = 0; j < keys; ++j)
                        if (const double w = weight[static_cast<std::size_t>(j)]; w > 0)
                            y += w * v.elements[static_cast<std::size_t>(
                                         ((b * shared + kh) * keys + j) * values + e)];
                    const extent at = flat ? (b * queries + i) * heads * values + h * values + e
                                           : ((b * heads + h) * queries + i) * values + e;
                    out.y.elements[static_cast<std::size_t>(at)] = y;
                }
            }
    return out;
}

// Some attributes and inputs. Where lengths say that keys are padding these are NaN.
class random_case {
public:
    attributes a;

    explicit random_case(std::mt19937& random) : random_(random) {
        const extent batches = any(1, 3), shared = any(1, 3), heads = shared * any(1, 3);
        const extent queries = any(0, 9), added = one_in(8) ? any(60, 150) : any(0, 11), past = any(0, 6);
        const extent features = any(1, 9), values = any(1, 9);
        const bool flat = one_in(2), cached = one_in(3), padded = !cached && one_in(3);
        const extent keys = added + (cached ? past : 0);
        if (one_in(2)) a.scale = 0.3;
        if (one_in(2)) a.softcap = 1.5;
        a.is_causal = one_in(2);
        if (flat) a.q_num_heads = heads, a.kv_num_heads = shared;
        if (one_in(3)) a.left_window_size = any(0, 5);
        if (one_in(3)) a.right_window_size = any(0, 5);
        if (one_in(2)) a.qk_matmul_output_mode = static_cast<int>(any(0, 3));
        const auto shape = [&](extent h, extent n, extent f) {
            return flat ? std::vector{batches, n, h * f} : std::vector{batches, h, n, f};
        };
        q_ = numbers(shape(heads, queries, features));
        k_ = numbers(shape(shared, added, features));
        v_ = numbers(shape(shared, added, values));
        if (cached)
            past_key_ = numbers({batches, shared, past, features}),
            past_value_ = numbers({batches, shared, past, values});
        if (one_in(2)) {
            const std::vector full{one_in(2) ? batches : 1, one_in(2) ? heads : 1, one_in(2) ? queries : 1,
                                   one_in(3) ? any(0, keys) : keys};
            const std::vector<extent> some(full.begin() + any(0, 3), full.end());
            mask_ = numbers(some);
            is_boolean_ = one_in(2);
            if (is_boolean_)
                for (float& x : mask_.elements) x = x > 0;
            else
                for (float& x : mask_.elements)
                    if (one_in(5)) x = -INFINITY;
        }
        if (padded) {
            lengths_ = result<std::int64_t>({batches});
            for (auto& n : lengths_.elements) n = any(0, keys);
            const bool poison = one_in(2);
            for (auto* x : {&k_, &v_})
                for (extent i = 0; poison && i < static_cast<extent>(x->elements.size()); ++i) {
                    const extent f = x->shape.back(), n = x->shape[x->shape.size() - 2];
                    const extent j = i / f % n, b = i / (f * n) / (flat ? 1 : shared);
                    if (j >= lengths_.elements[static_cast<std::size_t>(b)])
                        x->elements[static_cast<std::size_t>(i)] = NAN;
                }
        }
        if (is_boolean_) booleans_ = std::make_unique<bool[]>(mask_.elements.size() + 1);
        for (std::size_t i = 0; is_boolean_ && i < mask_.elements.size(); ++i)
            booleans_[i] = mask_.elements[i] != 0;
    }
    inputs<float> in() const {
        inputs<float> all{q_.all(), k_.all(),        v_.all(),          {},
                          {},       past_key_.all(), past_value_.all(), lengths_.all()};
        if (is_boolean_)
            all.boolean_mask = {booleans_.get(), mask_.shape};
        else
            all.numeric_mask = mask_.all();
        return all;
    }
    std::string text() const {
        std::ostringstream s;
        s << "scale " << a.scale.value_or(0) << ", softcap " << a.softcap << (a.is_causal ? ", causal" : "")
          << ", windows " << a.left_window_size << " " << a.right_window_size << ", mode "
          << a.qk_matmul_output_mode.value_or(-1);
        const auto write = [&](const char* name, const std::vector<extent>& shape) {
            s << ", " << name << " (";
            for (extent e : shape) s << " " << e;
            s << " )";
        };
        write("q", q_.shape), write("k", k_.shape), write("v", v_.shape), write("past", past_key_.shape);
        write(is_boolean_ ? "boolean mask" : "mask", mask_.shape), write("lengths", lengths_.shape);
        return s.str();
    }

private:
    extent any(extent low, extent high) { return std::uniform_int_distribution<extent>(low, high)(random_); }
    bool one_in(extent n) { return any(1, n) == 1; }
    result<float> numbers(std::vector<extent> shape) {
        result<float> x(std::move(shape));
        for (float& e : x.elements) e = static_cast<float>(any(-1000, 1000)) / 500.F;
        return x;
    }
    std::mt19937& random_;
    result<float> q_, k_, v_, past_key_, past_value_, mask_;
    result<std::int64_t> lengths_;
    bool is_boolean_ = false;
    std::unique_ptr<bool[]> booleans_;
};

} // namespace onnx_tests
