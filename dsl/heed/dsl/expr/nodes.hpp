// SPDX-License-Identifier: BSL-1.0
// The kinds of inner nodes. The whole tree on one screen; what makes a node well formed is in build.hpp.
#pragma once

#include <heed/dsl/expr/leaves.hpp>
#include <heed/dsl/expr/operations.hpp>

namespace heed::dsl {

// Element by element, broadcasting by name.
template <class Op, class... C> struct map : expression_base {
    using kids_t = hana::basic_tuple<C...>;
    using operation = Op;
    using shape_t = typename merged<form_of<C>...>::shape_t;
    static constexpr is node_kind = is::map;
    static constexpr int loose = merged<form_of<C>...>::loose;
    static constexpr kind element = Op::template result<C::element...>;
    kids_t kids;
    constexpr explicit map(C... c) : kids(static_cast<C&&>(c)...) {}
};

// Sum over the axes in `Over` of A times B. Shape says the order of the axes that are left.
template <class Over, class Shape, class A, class B> struct contraction : expression_base {
    using kids_t = hana::basic_tuple<A, B>;
    using over_t = Over;
    using shape_t = Shape;
    static constexpr is node_kind = is::contraction;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
    kids_t kids;
    constexpr contraction(A a, B b) : kids(static_cast<A&&>(a), static_cast<B&&>(b)) {}
};

// One value per row of `Over`: of X where Condition holds; Sink is a further score without a value.
template <class Op, class Over, class X, class Condition = everything, class Sink = nothing>
struct reduction : expression_base {
    using kids_t = hana::basic_tuple<X, Condition, Sink>;
    using operation = Op;
    using over_t = names<Over>;
    using shape_t = without<shape_of<X>, names<Over>>;
    static constexpr is node_kind = is::reduction;
    static constexpr int loose = X::loose - (place_of<Over, shape_of<X>> < X::loose ? 1 : 0);
    static constexpr kind element = Op::element;
    kids_t kids;
    constexpr explicit reduction(X x, Condition c = {}, Sink s = {})
        : kids(static_cast<X&&>(x), static_cast<Condition&&>(c), static_cast<Sink&&>(s)) {}
};

// The weights of X along `Over`: one per element where Condition holds, 0 elsewhere.
template <class Kind, class Over, class X, class Condition = everything, class Sink = nothing>
struct normaliser : expression_base {
    using kids_t = hana::basic_tuple<X, Condition, Sink>;
    using normaliser_t = Kind;
    using over_t = names<Over>;
    using shape_t = shape_of<X>;
    static constexpr is node_kind = is::normaliser;
    static constexpr int loose = X::loose;
    static constexpr kind element = kind::real;
    kids_t kids;
    constexpr explicit normaliser(X x, Condition c = {}, Sink s = {})
        : kids(static_cast<X&&>(x), static_cast<Condition&&>(c), static_cast<Sink&&>(s)) {}
};
// A function of the rows of X along `Over` that is itself a formula, F::of<Over>(x, parameter). It stays one node until
// the loops are planned, so that what X needs is found once, however often the formula reads it. Like a normaliser it
// has a condition, which always holds.
template <class F, class Over, class X, class P> struct row_function : expression_base {
    using kids_t = hana::basic_tuple<X, everything, P>;
    using normaliser_t = F;
    using over_t = names<Over>;
    using shape_t = shape_of<X>;
    static constexpr is node_kind = is::normaliser;
    static constexpr int loose = X::loose;
    static constexpr kind element = kind::real;
    kids_t kids;
    constexpr row_function(X x, P p) : kids(static_cast<X&&>(x), everything{}, static_cast<P&&>(p)) {}
};
template <class E> inline constexpr bool is_row_function = false;
template <class F, class Over, class X, class P>
inline constexpr bool is_row_function<row_function<F, Over, X, P>> = true;

// What a reduction gives: a name for messages, and the kind of the result.
struct logsumexp_of {
    static constexpr const char* text = "logsumexp";
    static constexpr kind element = kind::real;
};
struct sum_of {
    static constexpr const char* text = "sum";
    static constexpr kind element = kind::real;
};
struct mean_of {
    static constexpr const char* text = "mean";
    static constexpr kind element = kind::real;
};
struct max_of {
    static constexpr const char* text = "max";
    static constexpr kind element = kind::real;
};
struct min_of {
    static constexpr const char* text = "min";
    static constexpr kind element = kind::real;
};
// The place of the first of the largest; a NaN is larger than any number. -1 where there is nothing.
struct argmax_of {
    static constexpr const char* text = "argmax";
    static constexpr kind element = kind::integer;
};

// X seen otherwise. V is one of the four below; none of them moves data.
template <class V, class X> struct viewed : expression_base {
    using kids_t = hana::basic_tuple<X>;
    using view_t = V;
    using shape_t = typename V::template shape<shape_of<X>>;
    static constexpr is node_kind = is::view;
    static constexpr int loose = V::template loose<shape_of<X>, X::loose>;
    static constexpr kind element = X::element;
    kids_t kids;
    [[no_unique_address]] V how;
    constexpr viewed(V v, X x) : kids(static_cast<X&&>(x)), how(v) {}
};
// The last two axes exchanged.
struct swapped {
    template <class List> struct swap_last {
        template <int... I>
        static auto order(std::integer_sequence<int, I...>)
            -> axes<at<List, (I < List::rank - 2 ? I : 2 * List::rank - 3 - I)>...>;
        using type = decltype(order(std::make_integer_sequence<int, List::rank>{}));
    };
    template <class List> using shape = typename swap_last<List>::type;
    template <class List, int L> static constexpr int loose = L;
};
// Axis From under the name To.
template <class From, class To> struct renamed {
    template <class List> struct rename;
    template <class... Axes> struct rename<axes<Axes...>> {
        template <class A>
        using one =
            axis_named<std::conditional_t<same_type<name_of<A>, From>, To, name_of<A>>, A::static_extent>;
        using type = axes<one<Axes>...>;
    };
    template <class List> using shape = typename rename<List>::type;
    template <class List, int L> static constexpr int loose = L;
};
// One index of an axis.
template <class Name> struct selected {
    extent index;
    template <class List> using shape = without<List, names<Name>>;
    template <class List, int L> static constexpr int loose = L - (place_of<Name, List> < L ? 1 : 0);
};
// Indices begin, begin + 1, ... end - 1 of an axis.
template <class Name> struct sliced {
    extent begin, end;
    template <class List> struct open;
    template <class... Axes> struct open<axes<Axes...>> {
        using type = axes<std::conditional_t<same_type<name_of<Axes>, Name>,
                                             typename axis_parts<Axes>::dynamic_t, Axes>...>;
    };
    template <class List> using shape = typename open<List>::type;
    template <class List, int L> static constexpr int loose = L;
};

// The axes of a table, with those of the index where Name was; axes that both have stay where the table has them.
template <class Name, class Table, class Index> struct lookup_form {
    using table = shape_of<Table>;
    static constexpr int place = place_of<Name, table>;
    using before = part<table, 0, place>;
    using after = part<table, place + 1, table::rank - place - 1>;
    using rest = concat<before, after>;
    using ordered = concat<concat<before, without<typename form_of<Index>::ordered_t, rest>>, after>;
    using loose = without<typename form_of<Index>::loose_t, ordered>;
    using type = form<typename sharpen_all<concat<loose, ordered>, rest, shape_of<Index>>::type, loose::rank>;
};

// Table at the index along the axis Name.
template <class Name, class Table, class Index> struct lookup : expression_base {
    using kids_t = hana::basic_tuple<Table, Index>;
    using name_t = Name;
    using form_t = typename lookup_form<Name, Table, Index>::type;
    using shape_t = typename form_t::shape_t;
    static constexpr is node_kind = is::lookup;
    static constexpr int loose = form_t::loose;
    static constexpr kind element = Table::element;
    kids_t kids;
    constexpr lookup(Table t, Index i) : kids(static_cast<Table&&>(t), static_cast<Index&&>(i)) {}
};

// The state that a step gets, inside what that step returns. Step tells states apart. The axes are those of the state
// in its order, also where they are seen under other names.
template <class Step, class Shape> struct state_before : expression_base {
    using step_t = Step;
    using shape_t = Shape;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
};
template <class E> inline constexpr bool is_state = false;
template <class Step, class Shape> inline constexpr bool is_state<state_before<Step, Shape>> = true;

// What is seen of a running state: it after each step, it before each step, or it after the last one.
enum class moment { after, before, last };

// A running state: Initial, and at 0, 1, ... along the axis Name what Update is with the one before for the state.
// State has the axes of the state.
template <moment When, class Name, class Step, class State, class Initial, class Update>
struct scan : expression_base {
    using kids_t = hana::basic_tuple<Initial, Update>;
    using name_t = Name;
    using step_t = Step;
    using state_t = State;
    using all_t = concat<
        axes<at<shape_of<Update>, (has<Name, shape_of<Update>> ? place_of<Name, shape_of<Update>> : 0)>>,
        State>;
    using shape_t = std::conditional_t<When == moment::last, State, all_t>;
    static constexpr moment when = When;
    static constexpr is node_kind = is::scan;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
    kids_t kids;
    constexpr scan(Initial i, Update u) : kids(static_cast<Initial&&>(i), static_cast<Update&&>(u)) {}
};

// Several results of one formula.
template <class... E> struct several : expression_base {
    using kids_t = hana::basic_tuple<E...>;
    using shape_t = axes<>;
    static constexpr is node_kind = is::outputs;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
    kids_t kids;
    constexpr explicit several(E... e) : kids(static_cast<E&&>(e)...) {}
};

} // namespace heed::dsl
