// SPDX-License-Identifier: BSL-1.0
// A tree as the formula that it is: `softmax(Q * transpose(K) / 8, causal) * V`. A symbol is its name, an array its axes.
// Inside a loop positions are the loop's variables: `key <= query` there, `position<key> <= position<query>` elsewhere.
#pragma once

#include <heed/dsl/expr/extents.hpp>
#include <heed/dsl/fuse/nest.hpp>
#include <heed/dsl/print/text.hpp>

namespace heed::dsl::print {

template <class List> struct spelled_names;
template <class... Name> struct spelled_names<names<Name...>> {
    static constexpr const char* at[sizeof...(Name) + 1] = {spelling_of<Name>()..., nullptr};
};
template <class List> std::string axes_text(const char* between = ", ") {
    return axis_words({spelled_names<names_in<List>>::at, nullptr, length_of<List>}, between);
}
template <class Name> std::string axis_text() { return error::axis_text(spelling_of<Name>()); }

template <class E> inline constexpr bool is_array = false;
template <class T, class... Axes> inline constexpr bool is_array<view<T, Axes...>> = true;
template <class T, class... Axes> inline constexpr bool is_array<tensor<T, Axes...>> = true;

// Whether Over is what softmax(x) and logsumexp(x) normalise unasked.
template <class X, class Over> constexpr bool is_last_axis() {
    if constexpr (rank_of<X> == 0)
        return false;
    else
        return same_type<name_of<at<shape_of<X>, rank_of<X> - 1>>, at<Over, 0>>;
}

class writer {
public:
    const registry& arrays;
    bool in_loop = false;             // the words of a loop, not the language
    int tiles = 1;                    // how many products the loop computes tile by tile
    const char* tile_name = "scores"; // what they are called
    int streams = 1;                  // how many sums the loop carries
    const char* argument = "x";       // what the function of a normaliser is given

    template <class E> std::string operator()(const E& e) const { return write(e).text; }

    // The masks of a normaliser and its sink: `, causal, sink((head))`.
    template <class C, class S> std::string arguments(const C& condition, const S& sink) const {
        std::string s;
        if constexpr (!std::is_same_v<C, everything>) s += ", " + mask(condition);
        if constexpr (!std::is_same_v<S, nothing>) s += ", sink(" + (*this)(sink) + ")";
        return s;
    }

private:
    template <class E> phrase write(const E& e) const {
        if constexpr (what<E> == is::leaf)
            return {leaf(e), leaf_level(e)};
        else if constexpr (what<E> == is::map)
            return map_phrase(e);
        else if constexpr (what<E> == is::contraction)
            return product(e);
        else if constexpr (what<E> == is::lookup)
            return call("gather<" + axis_text<typename E::name_t>() + ">",
                        (*this)(child<0>(e)) + ", " + (*this)(child<1>(e)));
        else if constexpr (what<E> == is::scan)
            return running(e);
        else if constexpr (what<E> == is::view)
            return seen(e.how, (*this)(child<0>(e)));
        else if constexpr (what<E> == is::outputs)
            return call("outputs",
                        hana::unpack(e.kids, [&](const auto&... c) { return list((*this)(c)...); }));
        else { // a normaliser or a reduction: what joint<E> says the user called
            using X = child_t<0, E>;
            constexpr bool plain = what<E> == is::normaliser || same_type<reduction_of<E>, logsumexp_of>;
            std::string choice = kind_text(e);
            if (!plain || !is_last_axis<X, typename E::over_t>())
                choice += (choice.empty() ? "" : ", ") + axes_text<typename E::over_t>();
            const std::string function = joint<E>::call();
            const std::string called = choice.empty() ? function : function + "<" + choice + ">";
            if constexpr (is_row_function<E>)
                return call(called, (*this)(child<0>(e)) + ", " + (*this)(child<2>(e)));
            else
                return call(called, (*this)(child<0>(e)) + arguments(child<1>(e), child<2>(e)));
        }
    }
    // The Kind of normalise<Kind>(x), where it is one of the user's.
    template <class E> static std::string kind_text(const E&) { return {}; }
    template <class K, class Over, class X, class C, class S>
    static std::string kind_text(const normaliser<K, Over, X, C, S>&) {
        if constexpr (requires { K::text; })
            return {};
        else
            return type_text(spelling_of<K>());
    }
    template <class E> struct operation_in {
        using type = void;
    };
    template <class E>
        requires(what<E> == is::reduction)
    struct operation_in<E> {
        using type = typename E::operation;
    };
    template <class E> using reduction_of = typename operation_in<E>::type;

    static std::string list(const std::string& first) { return first; }
    template <class... S> static std::string list(const std::string& first, const S&... more) {
        return first + ", " + list(more...);
    }

    template <class E> std::string leaf(const E& e) const {
        if constexpr (requires { typename E::tag_t; })
            return standing_for(e);
        else if constexpr (is_state<E>)
            return "state";
        else if constexpr (requires { E::text(); })
            return E::text();
        else if constexpr (is_array<E>) {
            if constexpr (requires { e.pointer; })
                if (arrays.has(e.pointer)) return arrays.name(e.pointer);
            return "(" + axes_text<shape_of<E>>() + ")";
        } else if constexpr (requires { e.value; }) {
            if constexpr (E::element == kind::boolean)
                return e.value ? "true" : "false";
            else if constexpr (E::element == kind::integer)
                return std::to_string(e.value);
            else
                return number_text(e.value);
        } else if constexpr (requires { E::is_corner; }) {
            if constexpr (E::which != corner::bottom_right)
                return "0";
            else
                return "(extent of " + axis_text<typename E::key_t>() + " - of " +
                       axis_text<typename E::query_t>() + ")";
        } else if constexpr (requires { typename E::name_t; }) {
            const std::string axis = axis_text<typename E::name_t>();
            if (in_loop) return axis;
            if constexpr (requires { e.count; })
                return "range<" + axis + ">(" + std::to_string(e.count) + ")";
            else
                return "position<" + axis + ">";
        } else
            return std::is_same_v<E, everything> ? "true" : "nothing";
    }
    template <class E> static constexpr int leaf_level(const E& e) {
        if constexpr (requires { e.value < 0; })
            return e.value < 0 ? level_prefix : level_call;
        else
            return level_call;
    }
    template <class Tag, int I, class Form, kind K>
    std::string standing_for(const placeholder<Tag, I, Form, K>&) const {
        if (std::is_same_v<Tag, readout_tag>) return "product";
        if (std::is_same_v<Tag, slot_tag>)
            return tile_name + (tiles == 1 ? std::string() : std::to_string(I + 1));
        if (std::is_same_v<Tag, kind_tag>) return I == 0 ? argument : "maximum";
        if (std::is_same_v<Tag, logsumexp_tag>) return "logsumexp" + stream_number(I);
        return (std::is_same_v<Tag, stream_tag> ? "sum" + stream_number(I) : "t" + std::to_string(I + 1));
    }

    std::string stream_number(int i) const { return streams == 1 ? "" : std::to_string(i + 1); }

    template <class Op, class A> phrase map_phrase(const map<Op, A>& e) const {
        if constexpr (std::is_same_v<Op, op::negate> || std::is_same_v<Op, op::negation>)
            return prefix(Op::text, write(child<0>(e)));
        else
            return call(Op::text, (*this)(child<0>(e)));
    }
    template <class Op, class A, class B> phrase map_phrase(const map<Op, A, B>& e) const {
        if constexpr (std::is_same_v<Op, op::multiply> && !is_scale<A> && !is_scale<B>)
            return call("hadamard", (*this)(child<0>(e)) + ", " + (*this)(child<1>(e)));
        else {
            const phrase a = write(child<0>(e)), b = write(child<1>(e));
            if (level_of(Op::text) == level_call) return call(Op::text, a.text + ", " + b.text);
            // What a corner adds that is none is left out.
            if (in_loop && level_of(Op::text) == level_sum && b.text == "0") return a;
            if (in_loop && std::is_same_v<Op, op::add> && b.level == level_prefix && b.text[0] == '-')
                return infix("-", a, {b.text.substr(1), level_call});
            return infix(Op::text, a, b);
        }
    }
    template <class Op, class A, class B, class C> phrase map_phrase(const map<Op, A, B, C>& e) const {
        return call(Op::text,
                    (*this)(child<0>(e)) + ", " + (*this)(child<1>(e)) + ", " + (*this)(child<2>(e)));
    }
    template <class Op, class... C> phrase map_phrase(const map<Op, C...>& e) const {
        return call(Op::text, hana::unpack(e.kids, [&](const auto&... c) { return list((*this)(c)...); }));
    }
    // `running<token>(0, state -> state + (token, feature))`, and when it is seen.
    template <class E> phrase running(const E& e) const {
        const phrase p = call("running<" + axis_text<typename E::name_t>() + ">",
                              (*this)(child<0>(e)) + ", state -> " + (*this)(child<1>(e)));
        return E::when == moment::before ? call("before_step", p.text)
               : E::when == moment::last ? call("last_state", p.text)
                                         : p;
    }
    template <class E> phrase product(const E& e) const {
        if (joint<E>::call()[0] == 'A') return infix("*", write(child<0>(e)), write(child<1>(e)));
        return call("dot<" + axes_text<typename E::over_t>() + ">",
                    (*this)(child<0>(e)) + ", " + (*this)(child<1>(e)));
    }
    static phrase seen(swapped, const std::string& x) { return call("transpose", x); }
    template <class From, class To> static phrase seen(renamed<From, To>, const std::string& x) {
        return call("relabel<" + axis_text<From>() + ", " + axis_text<To>() + ">", x);
    }
    template <class Name> static phrase seen(selected<Name> v, const std::string& x) {
        return call("select<" + axis_text<Name>() + ">", x + ", " + std::to_string(v.index));
    }
    template <class Name> static phrase seen(sliced<Name> v, const std::string& x) {
        return call("slice<" + axis_text<Name>() + ">",
                    x + ", " + std::to_string(v.begin) + ", " + std::to_string(v.end));
    }

    // Conditions that have a name in the language, by their trees.
    template <class K, class Q, corner C>
    using diagonal_t = map<op::add, position_of<Q>, corner_offset<K, Q, C>>;
    template <class K, class Q, corner C>
    using causal_t = map<op::less_equal, position_of<K>, diagonal_t<K, Q, C>>;

    template <corner C> static std::string cornered(const std::string& mask) {
        return mask + (C == corner::top_left       ? ".top_left"
                       : C == corner::bottom_right ? ".bottom_right"
                                                   : "");
    }
    template <class C> std::string mask(const C& c) const { return "keep(" + (*this)(c) + ")"; }
    template <class C> std::string mask(const map<op::negation, C>& c) const {
        return "drop(" + (*this)(child<0>(c)) + ")";
    }
    template <class A, class B> std::string mask(const map<op::both, A, B>& c) const {
        return mask(child<0>(c)) + ", " + mask(child<1>(c));
    }
    template <class K, class Q, corner C> std::string mask(const causal_t<K, Q, C>&) const {
        return cornered<C>("causal");
    }
    template <class K, class Q, corner C, class W>
    std::string
    mask(const map<op::both, causal_t<K, Q, C>,
                   map<op::greater, position_of<K>, map<op::subtract, diagonal_t<K, Q, C>, W>>>& c) const {
        return cornered<C>("window(" + (*this)(child<1>(child<1>(child<1>(c)))) + ")");
    }
    template <class K, class Q, corner C, class N>
    std::string mask(const map<op::either, map<op::less, position_of<K>, N>, causal_t<K, Q, C>>& c) const {
        return cornered<C>("prefix(" + (*this)(child<1>(child<0>(c))) + ")");
    }
    template <class K, class T, class... Axes>
    std::string mask(const map<op::less, position_of<K>, view<T, Axes...>>& c) const {
        return "padding(" + (*this)(child<1>(c)) + ")";
    }
    template <class From, class To, class S>
    std::string mask(const map<op::equal, viewed<renamed<From, To>, S>, S>& c) const {
        return "same(" + (*this)(child<1>(c)) + ")";
    }
    template <class From, class To, class S>
    std::string mask(const map<op::equal, S, viewed<renamed<From, To>, S>>& c) const {
        return "same(" + (*this)(child<0>(c)) + ")";
    }
    template <class From, class Q, class K, class S>
    std::string
    mask(const map<op::equal, viewed<renamed<From, Q>, S>, viewed<renamed<From, K>, S>>& c) const {
        return "same(" + (*this)(child<0>(child<0>(c))) + ")";
    }
};

struct is_symbol_node {
    template <class E> static constexpr bool holds = requires { E::text(); };
};
template <class E> inline constexpr bool has_symbols = occurs<is_symbol_node, E>();

// The formula with arrays that are not there in place of its symbols; their dynamic extents are -1.
template <text Name, class T, class... Axes>
view<const T, Axes...> stand_in(const symbol<Name, T, Axes...>& s, registry& arrays) {
    view<const T, Axes...> v;
    v.pointer = static_cast<const T*>(arrays.add(s.text()));
    v.extents = {Axes::static_extent...};
    return v;
}
template <class E> auto stand_in(const E& e, registry& arrays) {
    if constexpr (children<E> == 0)
        return leaf_of(e);
    else
        return transform_children(e, [&](const auto& c) { return stand_in(c, arrays); });
}

} // namespace heed::dsl::print
