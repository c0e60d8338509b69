// SPDX-License-Identifier: BSL-1.0
// The plan of a formula, as a type: its loops in the order they run, and what is stored between them.
#pragma once

#include <heed/dsl/fuse/group.hpp>

namespace heed::dsl {

// The loops of a rewritten root: those of its staged subtrees, then its own.
template <class E, bool Extra = false> struct loops_of {
    using parts = decltype(split(std::declval<const E&>()));
    template <class Tuple> struct staged;
    template <class... S> struct staged<hana::basic_tuple<S...>> {
        template <class... L> struct joined {
            using type = names<>;
        };
        template <class First, class... L> struct joined<First, L...> {
            using type = concat<First, typename joined<L...>::type>;
        };
        using loops = typename joined<typename loops_of<S>::type...>::type;
        static constexpr int temporaries = (0 + ... + (1 + loops_of<S>::temporaries));
    };
    using before = staged<decltype(parts::out)>;
    using tree = decltype(parts::tree);
    using own = decltype(make_nest<Extra>(std::declval<const tree&>()));
    using type = concat<typename before::loops, names<own>>;
    static constexpr int temporaries = before::temporaries;
};
template <bool Extra, class V, class X> struct loops_of<viewed<V, X>, Extra> {
    // A view that could not move to the leaves: its inside, then a copy of what the view shows.
    struct copy_of_view {};
    using type = concat<typename loops_of<X>::type, names<copy_of_view>>;
    static constexpr int temporaries = 1 + loops_of<X>::temporaries;
};
template <bool Extra, class... E> struct loops_of<several<E...>, Extra> {
    using S = several<E...>;
    template <int I> struct one {
        static constexpr int partner = partner_of<I, S>;
        // A logsumexp that an attention computes along the way has no loop of its own.
        static constexpr bool shared = partner >= 0 && !has_values<child_t<I, S>>;
        using loops = loops_of<child_t<I, S>, (partner >= 0)>;
        using type = std::conditional_t<shared, names<>, typename loops::type>;
        static constexpr int temporaries = shared ? 0 : loops::temporaries;
    };
    template <int... I> static auto join(std::integer_sequence<int, I...>) {
        if constexpr (sizeof...(I) == 0)
            return names<>{};
        else
            return join_all(typename one<I>::type{}...);
    }
    template <class First> static First join_all(First) { return {}; }
    template <class First, class Second, class... Rest> static auto join_all(First, Second, Rest... rest) {
        return join_all(concat<First, Second>{}, rest...);
    }
    using type = decltype(join(std::make_integer_sequence<int, static_cast<int>(sizeof...(E))>{}));
    template <int... I> static constexpr int count(std::integer_sequence<int, I...>) {
        return (0 + ... + one<I>::temporaries);
    }
    static constexpr int temporaries =
        count(std::make_integer_sequence<int, static_cast<int>(sizeof...(E))>{});
};

} // namespace heed::dsl

namespace heed {

// The plan of an expression: `loops` is how many loops it takes, `temporaries` how many arrays are stored between
// them, `nests` the loops themselves. Of outputs(...), results whose operands have the same types count as sharing a
// loop; whether they are the same tensors is only seen at run time, and where they are not each has its own.
template <class E> struct plan_of {
    using rewritten_t = decltype(dsl::rewritten(std::declval<const std::remove_cvref_t<E>&>()));
    using nests = typename dsl::loops_of<rewritten_t>::type;
    static constexpr int loops = dsl::length_of<nests>, temporaries = dsl::loops_of<rewritten_t>::temporaries;
};
// Of a formula with a mistake, which has been said: what most assertions expect, so that they add no second error.
template <class E>
    requires dsl::any_reported<E>
struct plan_of<E> {
    using nests = dsl::names<>;
    static constexpr int loops = 1, temporaries = 0;
};

} // namespace heed
