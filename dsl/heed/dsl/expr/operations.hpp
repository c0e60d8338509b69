// SPDX-License-Identifier: BSL-1.0
// The element-wise operations. An operation has a name, the kind of its result, and nothing else: how it is computed
// is said once for scalars (loop/scalar.hpp) and once for vectors (loop/isa/apply.inc).
#pragma once

#include <heed/dsl/expr/node.hpp>

namespace heed::dsl {

template <kind... K> inline constexpr kind widest = kind::boolean;
template <kind First, kind... K>
inline constexpr kind widest<First, K...> = First > widest<K...> ? First : widest<K...>;

// Arithmetic: integers stay integers, anything else is real.
struct arithmetic {
    template <kind... K> static constexpr kind result = widest<K..., kind::integer>;
};
// Functions of real numbers.
struct transcendental {
    template <kind...> static constexpr kind result = kind::real;
};
// Conditions.
struct logical {
    template <kind...> static constexpr kind result = kind::boolean;
};

namespace op {
struct add : arithmetic {
    static constexpr const char* text = "+";
};
struct subtract : arithmetic {
    static constexpr const char* text = "-";
};
struct multiply : arithmetic {
    static constexpr const char* text = "*";
};
struct divide : arithmetic {
    static constexpr const char* text = "/";
};
struct remainder : arithmetic {
    static constexpr const char* text = "%";
};
struct negate : arithmetic {
    static constexpr const char* text = "-";
};
struct absolute : arithmetic {
    static constexpr const char* text = "abs";
};
struct square : arithmetic {
    static constexpr const char* text = "square";
};
struct min : arithmetic {
    static constexpr const char* text = "min";
};
struct max : arithmetic {
    static constexpr const char* text = "max";
};
struct relu : arithmetic {
    static constexpr const char* text = "relu";
};
struct exp : transcendental {
    static constexpr const char* text = "exp";
};
struct log : transcendental {
    static constexpr const char* text = "log";
};
struct sqrt : transcendental {
    static constexpr const char* text = "sqrt";
};
struct rsqrt : transcendental {
    static constexpr const char* text = "rsqrt";
};
struct tanh : transcendental {
    static constexpr const char* text = "tanh";
};
struct gelu : transcendental {
    static constexpr const char* text = "gelu";
};
struct silu : transcendental {
    static constexpr const char* text = "silu";
};
struct sigmoid : transcendental {
    static constexpr const char* text = "sigmoid";
};
struct sin : transcendental {
    static constexpr const char* text = "sin";
};
struct cos : transcendental {
    static constexpr const char* text = "cos";
};
struct pow : transcendental {
    static constexpr const char* text = "pow";
};
struct less : logical {
    static constexpr const char* text = "<";
};
struct less_equal : logical {
    static constexpr const char* text = "<=";
};
struct greater : logical {
    static constexpr const char* text = ">";
};
struct greater_equal : logical {
    static constexpr const char* text = ">=";
};
struct equal : logical {
    static constexpr const char* text = "==";
};
struct not_equal : logical {
    static constexpr const char* text = "!=";
};
struct both : logical {
    static constexpr const char* text = "&&";
};
struct either : logical {
    static constexpr const char* text = "||";
};
struct negation : logical {
    static constexpr const char* text = "!";
};
// uniform(seed, i, ...): a real number of integers.
struct uniform {
    static constexpr const char* text = "uniform";
    template <kind...> static constexpr kind result = kind::real;
};
// where(condition, a, b).
struct where {
    static constexpr const char* text = "where";
    template <kind, kind A, kind B> static constexpr kind result = widest<A, B>;
};
} // namespace op

} // namespace heed::dsl
