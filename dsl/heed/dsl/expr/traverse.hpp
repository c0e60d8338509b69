// SPDX-License-Identifier: BSL-1.0
// Walking and rebuilding trees. A pass says what it does with the nodes it knows; everything else is rebuilt from its
// transformed children. Passes that move subtrees out leave a placeholder behind.
#pragma once

#include <heed/dsl/expr/build.hpp>

namespace heed::dsl {

// The node again, with other children.
template <class Op, class... C, class... New> constexpr auto with_children(const map<Op, C...>&, New... c) {
    return map<Op, New...>(static_cast<New&&>(c)...);
}
template <class Over, class Shape, class A, class B, class NA, class NB>
constexpr auto with_children(const contraction<Over, Shape, A, B>&, NA a, NB b) {
    return contraction<Over, Shape, NA, NB>(static_cast<NA&&>(a), static_cast<NB&&>(b));
}
template <class Op, class Over, class X, class C, class S, class NX, class NC, class NS>
constexpr auto with_children(const reduction<Op, Over, X, C, S>&, NX x, NC c, NS s) {
    return reduction<Op, Over, NX, NC, NS>(static_cast<NX&&>(x), static_cast<NC&&>(c), static_cast<NS&&>(s));
}
template <class K, class Over, class X, class C, class S, class NX, class NC, class NS>
constexpr auto with_children(const normaliser<K, Over, X, C, S>&, NX x, NC c, NS s) {
    return normaliser<K, Over, NX, NC, NS>(static_cast<NX&&>(x), static_cast<NC&&>(c), static_cast<NS&&>(s));
}
template <class F, class Over, class X, class P, class NX, class NP>
constexpr auto with_children(const row_function<F, Over, X, P>&, NX x, everything, NP p) {
    return row_function<F, Over, NX, NP>(static_cast<NX&&>(x), static_cast<NP&&>(p));
}
// The formula that a row function is.
template <class F, class Over, class X, class P>
constexpr auto formula_of(const row_function<F, Over, X, P>& e) {
    return F::template of<Over>(child<0>(e), child<2>(e));
}
// The node again along another axis.
template <class Over, class K, class Old, class X, class C, class S, class NX, class NC, class NS>
constexpr auto along_axis(const normaliser<K, Old, X, C, S>&, NX x, NC c, NS s) {
    return normaliser<K, Over, NX, NC, NS>(x, c, s);
}
template <class Over, class F, class Old, class X, class P, class NX, class NP>
constexpr auto along_axis(const row_function<F, Old, X, P>&, NX x, everything, NP p) {
    return row_function<F, Over, NX, NP>(x, p);
}
template <class V, class X, class NX> constexpr auto with_children(const viewed<V, X>& e, NX x) {
    return viewed<V, NX>(e.how, static_cast<NX&&>(x));
}
template <class Name, class T, class I, class NT, class NI>
constexpr auto with_children(const lookup<Name, T, I>&, NT t, NI i) {
    return lookup<Name, NT, NI>(static_cast<NT&&>(t), static_cast<NI&&>(i));
}
template <moment W, class Name, class Step, class State, class I, class U, class NI, class NU>
constexpr auto with_children(const scan<W, Name, Step, State, I, U>&, NI i, NU u) {
    return scan<W, Name, Step, State, NI, NU>(static_cast<NI&&>(i), static_cast<NU&&>(u));
}
template <class... E, class... New> constexpr auto with_children(const several<E...>&, New... e) {
    return several<New...>(static_cast<New&&>(e)...);
}

// The node with f applied to every child; a leaf is itself.
template <class E, class F> constexpr auto transform_children(const E& e, const F& f) {
    if constexpr (children<E> == 0)
        return e;
    else if constexpr (children<E> == 1)
        return with_children(e, f(child<0>(e)));
    else if constexpr (children<E> == 2)
        return with_children(e, f(child<0>(e)), f(child<1>(e)));
    else if constexpr (children<E> == 3)
        return with_children(e, f(child<0>(e)), f(child<1>(e)), f(child<2>(e)));
    else
        return hana::unpack(e.kids, [&](const auto&... c) { return with_children(e, f(c)...); });
}

// Stands for the I-th subtree that a pass moved out. Tag says which pass.
template <class Tag, int I, class Form, kind K> struct placeholder : expression_base {
    using tag_t = Tag;
    using shape_t = typename Form::shape_t;
    static constexpr int index = I;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = Form::loose;
    static constexpr kind element = K;
};

// A tree and the subtrees moved out of it.
template <class Tree, class... Out> struct extracted {
    Tree tree;
    hana::basic_tuple<Out...> out;
    static constexpr int size = static_cast<int>(sizeof...(Out));
};

template <class Tuple, class E> constexpr auto appended(const Tuple& t, const E& e) {
    return hana::unpack(t, [&](const auto&... x) {
        return hana::basic_tuple<std::remove_cvref_t<decltype(x)>..., E>(x..., e);
    });
}
template <class Tree, class... Out>
constexpr extracted<Tree, Out...> make_extracted(Tree tree, hana::basic_tuple<Out...> out) {
    return {static_cast<Tree&&>(tree), static_cast<hana::basic_tuple<Out...>&&>(out)};
}

template <class Pass, class E, class Tuple> constexpr auto extract(const E& e, const Tuple& out);

// The same for the children of E from number sizeof...(Done) on; `done` are those before.
template <class Pass, class E, class Tuple, class... Done>
constexpr auto extract_children(const E& e, const Tuple& out, const Done&... done) {
    constexpr int next = static_cast<int>(sizeof...(Done));
    if constexpr (next == children<E>)
        return make_extracted(with_children(e, done...), out);
    else {
        auto one = extract<Pass>(child<next>(e), out);
        return extract_children<Pass>(e, one.out, done..., one.tree);
    }
}

// Moves out every topmost subtree for which Pass::takes<E> holds, appending to `out`; Pass::inside<E> is the pass for
// the children of E. Pass::prepare(e, out) may move further subtrees out of it first.
template <class Pass, class E, class Tuple> constexpr auto extract(const E& e, const Tuple& out) {
    if constexpr (Pass::template takes<E>) {
        const auto moved = Pass::prepare(e, out);
        constexpr int place = static_cast<int>(decltype(hana::length(moved.out))::value);
        return make_extracted(placeholder<typename Pass::tag, place, form_of<E>, E::element>{},
                              appended(moved.out, moved.tree));
    } else if constexpr (children<E> == 0)
        return make_extracted(e, out);
    else
        return extract_children<typename Pass::template inside<E>>(e, out);
}

// The tree with every placeholder of Tag replaced by what `with` has at its index.
template <class Tag, class E, class Tuple> constexpr auto substitute(const E& e, const Tuple& with) {
    if constexpr (requires { typename E::tag_t; }) {
        if constexpr (same_type<typename E::tag_t, Tag>)
            return hana::at_c<E::index>(with);
        else
            return e;
    } else
        return transform_children(e, [&](const auto& c) { return substitute<Tag>(c, with); });
}

// Whether two trees of one type also hold the same values: the same memory, the same numbers.
template <class E> constexpr bool same_values(const E& a, const E& b) {
    if constexpr (requires { a.pointer; })
        return a.pointer == b.pointer && a.extents == b.extents && a.strides == b.strides;
    else if constexpr (requires { a.value; })
        return a.value == b.value;
    else if constexpr (requires { a.count; })
        return a.count == b.count;
    else if constexpr (requires { a.how.index; })
        return a.how.index == b.how.index && same_values(child<0>(a), child<0>(b));
    else if constexpr (requires { a.how.begin; })
        return a.how.begin == b.how.begin && a.how.end == b.how.end && same_values(child<0>(a), child<0>(b));
    else if constexpr (children<E> == 0)
        return true;
    else
        return hana::unpack(a.kids, [&](const auto&... x) {
            return hana::unpack(b.kids, [&](const auto&... y) { return (same_values(x, y) && ...); });
        });
}

// Whether a node for which Question::holds<E> is true occurs in E.
template <class Question, class E> constexpr bool occurs();
template <class Question, class... C> constexpr bool occurs_in(names<C...>) {
    return (occurs<Question, C>() || ...);
}
template <class Question, class E> constexpr bool occurs() {
    if constexpr (Question::template holds<E>)
        return true;
    else if constexpr (children<E> == 0)
        return false;
    else
        return occurs_in<Question>(typename children_of<E>::list{});
}

} // namespace heed::dsl
