// SPDX-License-Identifier: BSL-1.0
// What is wrong with a call, as a type: error::none, error::earlier (an operand is a mistake that has been said), or a
// sentence. Asking does not say it: the function that the user calls makes the object, which does.
#pragma once

#include <heed/dsl/diagnose/sentences_of_rows.hpp>
#include <heed/dsl/diagnose/sentences_of_states.hpp>

namespace heed::dsl {

template <class Sentence> struct verdict {
    using type = Sentence;
};
template <class Sentence> inline constexpr bool is_fine = false;
template <> inline constexpr bool is_fine<error::none> = true;

constexpr verdict<error::none> first_mistake() { return {}; }
template <class... V> constexpr auto first_mistake(verdict<error::none>, V... rest) {
    return first_mistake(rest...);
}
template <class M, class... V> constexpr verdict<M> first_mistake(verdict<M>, V...) { return {}; }

// For a class: static_assert(said(check())) says it in the class that the user names.
template <class Sentence> constexpr bool said(Sentence) { return true; }

} // namespace heed::dsl
