// SPDX-License-Identifier: BSL-1.0
// Evaluating a formula: evaluate(e, ...) and evaluate_into(output, e, ...). Further arguments, in any order:
// on(executor), workspace(bytes), instructions(set); or `reference`, the oracle.
#pragma once

#include <heed/dsl/loop/reference.hpp>
#include <heed/dsl/loop/verdicts.hpp>
#include <heed/softmax.hpp>

namespace heed::dsl {

// A result's view: of a tensor, or the view itself.
template <class T, class... Axes> constexpr view<T, Axes...> writer(tensor<T, Axes...>& t) {
    return t.writer();
}
template <class T, class... Axes> constexpr view<T, Axes...> writer(const view<T, Axes...>& v) { return v; }

// One result or several, as a tuple of views.
template <class Out> constexpr auto writers(Out& out) { return std::tuple{writer(out)}; }
template <class... Out> constexpr auto writers(std::tuple<Out...>& outs) {
    return std::apply([](auto&... o) { return std::tuple{writer(o)...}; }, outs);
}

// Root is the whole formula, which may know an extent that e has positions of only.
template <class Root, class Out, class E> void check_output(const Root& root, const Out& out, const E& e) {
    [&]<class... Axes>(axes<Axes...>) {
        const extent needed[sizeof...(Axes) + 1] = {shown_extent<name_of<Axes>>(e, root)...};
        for (int i = 0; i < Out::rank; ++i)
            if (out.extent_at(i) != needed[i])
                error::extents_clash("evaluate_into", describe<shape_of<Out>>(out.extents.data()), i,
                                     describe<shape_of<Out>>(needed), i);
    }(shape_of<Out>{});
}

// Memory for one call, where the caller gives none.
struct owned_memory {
    std::byte* bytes;
    explicit owned_memory(extent n)
        : bytes(static_cast<std::byte*>(::operator new(static_cast<std::size_t>(n), std::align_val_t{64}))) {}
    owned_memory(const owned_memory&) = delete;
    owned_memory& operator=(const owned_memory&) = delete;
    ~owned_memory() { ::operator delete(static_cast<void*>(bytes), std::align_val_t{64}); }
};

// Runs e in `memory`; only counts what it takes where that has no base.
template <class E, class Outs, class... O>
void run_in(memory_plan& memory, const E& e, const Outs& outs, const O&... options) {
    const auto& executor = find_executor(options...);
    using executor_t = std::remove_cvref_t<decltype(executor)>;
    const session<real_of<E>, E, executor_t> s{e, executor, find_instructions(options...), memory};
    s.run(program_of(e), outs);
}
// The bytes that takes, from a place that is aligned to 64.
template <class E, class Outs, class... O>
extent count_bytes(const E& e, const Outs& outs, const O&... options) {
    memory_plan memory;
    run_in(memory, e, outs, options...);
    return memory.most;
}

// One loop, which takes all its memory at once.
struct is_running {
    template <class E> static constexpr bool holds = what<E> == is::scan;
};
template <class E>
inline constexpr bool is_one_loop =
    decltype(program_of(std::declval<const E&>()))::stages_n == 0 &&
    decltype(program_of(std::declval<const E&>()))::roots_n == 1 && !occurs<is_running, E>();

// Runs e, checked and rewritten, into outs (a tuple of views).
template <class E, class Outs, class... O> void run(const E& e, const Outs& outs, const O&... options) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        if constexpr (what<E> == is::outputs)
            (check_output(e, std::get<I>(outs), child<static_cast<int>(I)>(e)), ...);
        else
            check_output(e, std::get<0>(outs), e);
    }(std::make_index_sequence<std::tuple_size_v<Outs>>{});
    memory_plan memory;
    if constexpr ((std::is_same_v<O, in_workspace> || ...)) {
        const std::span<std::byte> given = find_workspace(options...);
        memory.skew = static_cast<extent>(-reinterpret_cast<std::uintptr_t>(given.data()) & 63);
        if (static_cast<extent>(given.size()) > memory.skew) {
            memory.size = static_cast<extent>(given.size()) - memory.skew;
            memory.base = given.data() + memory.skew;
        }
        // One loop alone looks by itself whether it fits.
        const extent needed = is_one_loop<E> && memory.base ? 0 : count_bytes(e, outs, options...);
        if (needed > 0 && static_cast<extent>(given.size()) < needed + memory.skew)
            error::short_workspace(static_cast<extent>(given.size()), needed + memory.skew);
        if (memory.base) run_in(memory, e, outs, options...);
    } else {
        const extent needed = count_bytes(e, outs, options...);
        const owned_memory own(needed + 64);
        memory.base = own.bytes;
        run_in(memory, e, outs, options...);
    }
}

template <class Shape> struct result_of;
template <class... Axes> struct result_of<axes<Axes...>> {
    template <class E, class Root>
    static std::array<extent, sizeof...(Axes)> extents([[maybe_unused]] const E& e,
                                                       [[maybe_unused]] const Root& root) {
        return {shown_extent<name_of<Axes>>(e, root)...};
    }
    template <class U, class E, class Root> static auto make(const E& e, const Root& root) {
        return tensor<U, Axes...>::with_extents(extents(e, root));
    }
    template <class U, class E, class Root> static auto without_memory(const E& e, const Root& root) {
        return view<U, Axes...>(static_cast<U*>(nullptr), extents(e, root));
    }
};
// A tensor for the value of e, whose axes are in the order that the user's expression says.
template <class User, class E, class Root> auto result_for(const E& e, const Root& root) {
    return result_of<shape_of<User>>::template make<stored<E::element, real_of<Root>>>(e, root);
}

// Where the value of e would go, to ask what computing it takes.
template <class User, class E, class Root> auto place_for(const E& e, const Root& root) {
    return result_of<shape_of<User>>::template without_memory<stored<E::element, real_of<Root>>>(e, root);
}

template <class Check, class X> auto evaluate_reference(Check, const X& x) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        auto e = as_node(x);
        check(e);
        return reference_value(e);
    }
}
template <class Check, class X, class... Options>
auto evaluate_new(Check, const X& x, const Options&... options) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        const auto& user = as_node(x);
        using user_t = std::remove_cvref_t<decltype(user)>;
        check(user);
        const auto e = rewritten(user);
        if constexpr (what<user_t> == is::outputs) {
            auto results = [&]<int... I>(std::integer_sequence<int, I...>) {
                return std::tuple{result_for<child_t<I, user_t>>(child<I>(e), e)...};
            }(std::make_integer_sequence<int, children<user_t>>{});
            run(e, writers(results), options...);
            return results;
        } else {
            auto result = result_for<user_t>(e, e);
            run(e, std::tuple{result.writer()}, options...);
            return result;
        }
    }
}
template <class Check, class Out, class X, class... Options>
void evaluate_out(Check, Out& out, const X& x, const Options&... options) {
    if constexpr (is_fine<Check>) {
        const auto& user = as_node(x);
        auto outs = writers(out);
        check(user);
        run(rewritten(user), outs, options...);
    }
}

template <class Check, class X, class... Options>
extent bytes_to_evaluate(Check, const X& x, const Options&... options) {
    if constexpr (!is_fine<Check>)
        return 0;
    else {
        const auto& user = as_node(x);
        using user_t = std::remove_cvref_t<decltype(user)>;
        check(user);
        const auto e = rewritten(user);
        if constexpr (what<user_t> == is::outputs)
            return [&]<int... I>(std::integer_sequence<int, I...>) {
                return 64 + count_bytes(e, std::tuple{place_for<child_t<I, user_t>>(child<I>(e), e)...},
                                        options...);
            }(std::make_integer_sequence<int, children<user_t>>{});
        else
            return 64 + count_bytes(e, std::tuple{place_for<user_t>(e, e)}, options...);
    }
}

} // namespace heed::dsl

namespace heed {

// The value of an expression in a new tensor, its axes in the expression's order; a std::tuple for outputs(...).
// Throws shape_error or index_error, before anything is computed, where extents or indices do not fit.
template <dsl::operand X, class... Options> auto evaluate(const X& x, const Options&... options) {
    if constexpr ((std::is_same_v<Options, reference_t> || ...))
        return dsl::evaluate_reference(dsl::reference_check<const X&>(), x);
    else
        return dsl::evaluate_new(dsl::evaluate_check<const X&, Options...>(), x, options...);
}

// The value of an expression, written to `out`: a tensor or view with its axes in any order, and for outputs(...) a
// std::tuple of them, such as std::tie(o, l). The output must not overlap what the expression reads.
template <class Out, dsl::operand X, class... Options>
void evaluate_into(Out&& out, const X& x, const Options&... options) {
    dsl::evaluate_out(dsl::evaluate_into_check<Out, const X&, Options...>(), out, x, options...);
}

// How many bytes workspace(...) has to have for evaluating x with the same options, at any address.
template <dsl::operand X, class... Options> extent workspace_bytes(const X& x, const Options&... options) {
    return dsl::bytes_to_evaluate(dsl::evaluate_check<const X&, Options...>(), x, options...);
}

} // namespace heed
