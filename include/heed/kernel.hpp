// SPDX-License-Identifier: BSL-1.0
// A formula over symbols, to be called with tensors:
//   symbol<"Q", float, head<8>, query<>, feature<64>> Q;
//   kernel attend{softmax(Q * transpose(K) / 8.f) * V};
//   attend(o, Q = q, K = k, V = v);
#pragma once

#include <heed/evaluate.hpp>

namespace heed::dsl {

template <class Symbol, class First, class... Rest>
constexpr auto find_binding(const First& first, const Rest&... rest) {
    if constexpr (binds<First, Symbol>)
        return first.array;
    else
        return find_binding<Symbol>(rest...);
}
// The formula with the arrays that stand for its symbols.
template <class E, class... Arguments> constexpr auto bind(const E& e, const Arguments&... arguments) {
    if constexpr (is_symbol<E>)
        return find_binding<E>(arguments...);
    else if constexpr (children<E> == 0)
        return e;
    else
        return transform_children(e, [&](const auto& c) { return bind(c, arguments...); });
}

} // namespace heed::dsl

namespace heed {

// Holds the formula. A call checks the tensors' extents (shape_error) before anything is read or written; options of
// evaluate_into may stand among the tensors.
template <class E> class kernel {
public:
    explicit constexpr kernel(E e) : formula_(static_cast<E&&>(e)) {}

    template <class Out, class... Arguments> void operator()(Out&& out, const Arguments&... arguments) const {
        run(dsl::kernel_check<Out, E, Arguments...>(), out, arguments...);
    }
    constexpr const E& formula() const { return formula_; }

    // How many bytes workspace(...) has to have for such a call. Only extents are read.
    template <class... Arguments> extent workspace_bytes(const Arguments&... arguments) const {
        return count_bytes(dsl::arguments_check<E, Arguments...>(), arguments...);
    }

private:
    template <class Check, class Out, class... Arguments>
    void run(Check, Out& out, const Arguments&... arguments) const {
        if constexpr (dsl::is_fine<Check>) {
            const auto bound = dsl::bind(formula_, arguments...);
            std::apply([&](const auto&... options) { dsl::evaluate_out(Check(), out, bound, options...); },
                       std::tuple_cat(option(arguments)...));
        }
    }
    template <class Check, class... Arguments>
    extent count_bytes(Check, const Arguments&... arguments) const {
        if constexpr (!dsl::is_fine<Check>)
            return 0;
        else {
            const auto bound = dsl::bind(formula_, arguments...);
            return std::apply(
                [&](const auto&... options) { return dsl::bytes_to_evaluate(Check(), bound, options...); },
                std::tuple_cat(option(arguments)...));
        }
    }
    template <class A> static constexpr auto option(const A& a) {
        if constexpr (dsl::is_binding<A>)
            return std::tuple{};
        else
            return std::tuple<const A&>(a);
    }
    E formula_;
};
template <class X> kernel(X) -> kernel<X>;

} // namespace heed
