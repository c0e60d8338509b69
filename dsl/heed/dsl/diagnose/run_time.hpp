// SPDX-License-Identifier: BSL-1.0
// Mistakes that only show when tensors arrive. Nothing has been read or written when one of these is thrown.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace heed {

// Extents that do not fit one another, or do not fit the axes they are given for. The message names the axis, both
// extents and both operands.
struct shape_error : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};
// An index outside the axis that it looks up, or outside what select and slice view.
struct index_error : std::out_of_range {
    using std::out_of_range::out_of_range;
};

// Memory given to workspace(bytes) that is too small, a cache that is full, or an instruction set that this processor
// does not have.
struct resource_error : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

} // namespace heed

namespace heed::error {

[[noreturn, gnu::cold, gnu::noinline]] inline void short_workspace(std::ptrdiff_t has, std::ptrdiff_t needs) {
    throw resource_error("workspace(bytes): " + std::to_string(has) + " bytes are given, " +
                         std::to_string(needs) + " are needed; see workspace_bytes(expression, ...)");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void no_instruction_set(const char* set) {
    throw resource_error(std::string("instructions(set): ") + set +
                         " is not among available_instruction_sets()");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void cache_full(std::ptrdiff_t more, std::ptrdiff_t has,
                                                              std::ptrdiff_t room) {
    throw resource_error("append: requires room for " + std::to_string(more) + " more; " +
                         std::to_string(has) + " of " + std::to_string(room) + " are there already");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void blocks_used_up(std::ptrdiff_t needs, std::ptrdiff_t has) {
    throw resource_error("append: requires " + std::to_string(needs) + " free blocks, of which there are " +
                         std::to_string(has) + "; close(sequence) frees those of a sequence");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void truncated_outside(std::ptrdiff_t n, std::ptrdiff_t has) {
    throw index_error("truncate(" + std::to_string(n) + "): requires a number from 0 to the " +
                      std::to_string(has) + " that are there");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void sequence_not_open(int sequence) {
    throw index_error("paged_cache: requires a sequence that is open, from open(); " +
                      std::to_string(sequence) + " is not");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void empty_block(std::ptrdiff_t slots) {
    throw shape_error("paged_cache(blocks, x, ...): requires blocks of one or more keys, not " +
                      std::to_string(slots));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void
offsets_disordered(std::ptrdiff_t place, std::ptrdiff_t offset, std::ptrdiff_t before) {
    throw shape_error(
        "segments<axis>(offsets): requires offsets that begin with 0 and never decrease; number " +
        std::to_string(place) + " is " + std::to_string(offset) +
        (place == 0 ? std::string() : " after " + std::to_string(before)));
}

[[noreturn]] inline void short_span(std::ptrdiff_t has, std::ptrdiff_t needs) {
    throw shape_error("view: the span has " + std::to_string(has) + " elements, the extents need " +
                      std::to_string(needs));
}
[[noreturn]] inline void wrong_extent(int place, std::ptrdiff_t declared, std::ptrdiff_t given) {
    throw shape_error("tensor: axis number " + std::to_string(place) + " is given extent " +
                      std::to_string(given) +
                      (declared < 0 ? std::string("; an extent is not negative")
                                    : ", but its type says " + std::to_string(declared)));
}

// A number of elements or bytes that no std::ptrdiff_t holds.
[[noreturn, gnu::cold, gnu::noinline]] inline void too_large(const std::ptrdiff_t* extents, int rank) {
    std::string text = "tensor: the extents";
    for (int i = 0; i < rank; ++i) text += (i ? ", " : " ") + std::to_string(extents[i]);
    throw shape_error(text + " are together more than memory can hold");
}

// An operand, for a message: its axes as the compiler spells them (see axis_text), and their extents.
struct described {
    const char* const* axes;
    const std::ptrdiff_t* extents;
    int rank;
};

// The axis in `... [with Name = heed::dsl::name<mine::key>]`, without the namespaces it is in: `key`.
[[gnu::cold, gnu::noinline]] inline std::string axis_text(const char* spelling) {
    const std::string s = spelling;
    std::size_t end = s.rfind('>');
    if (end == std::string::npos) end = s.size();
    std::size_t begin = s.rfind('<', end) + 1;
    if (const std::size_t colon = s.rfind(':', end); colon != std::string::npos && colon >= begin)
        begin = colon + 1;
    return s.substr(begin, end - begin);
}
// `(head 8, key 512, value 64)`; `a number` where there is no axis; `?` for an extent that is not known.
[[gnu::cold, gnu::noinline]] inline std::string operand_text(const described& x) {
    if (x.rank == 0) return "a number";
    std::string text = "(";
    for (int i = 0; i < x.rank; ++i)
        text += (i ? ", " : "") + axis_text(x.axes[i]) + " " +
                (x.extents[i] < 0 ? std::string("?") : std::to_string(x.extents[i]));
    return text + ")";
}

// `call` is what the user wrote: `A * B`, `softmax`, `+`. The two places are those of one axis in the two operands.
[[noreturn, gnu::cold, gnu::noinline]] inline void
extents_clash(const char* call, const described& a, int place_in_a, const described& b, int place_in_b) {
    throw shape_error(std::string(call) + ": requires equal extents where both operands have the axis; " +
                      axis_text(a.axes[place_in_a]) + " is " + std::to_string(a.extents[place_in_a]) +
                      " in " + operand_text(a) + " and " + std::to_string(b.extents[place_in_b]) + " in " +
                      operand_text(b));
}
[[noreturn, gnu::cold, gnu::noinline]] inline void corner_needed(const char* query, std::ptrdiff_t queries,
                                                                 const char* key, std::ptrdiff_t keys) {
    throw shape_error("causal: " + axis_text(query) + " and " + axis_text(key) + " differ in extent, " +
                      std::to_string(queries) + " and " + std::to_string(keys) +
                      "; did you mean causal.top_left or causal.bottom_right (so too of window and prefix)?");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void extent_unknown(const char* axis) {
    const std::string name = axis_text(axis);
    throw shape_error("position<" + name + ">: requires a tensor beside it to have the axis " + name);
}
[[noreturn, gnu::cold, gnu::noinline]] inline void negative_range(const char* axis, std::ptrdiff_t n) {
    throw shape_error("range<" + axis_text(axis) + ">(" + std::to_string(n) +
                      "): requires an extent of 0 or more");
}
[[noreturn, gnu::cold, gnu::noinline]] inline void state_extent_unknown(const char* axis) {
    const std::string name = axis_text(axis);
    throw shape_error(
        "running<axis>(initial, step): requires a tensor in initial or in the step to have the axis " + name);
}
[[noreturn, gnu::cold, gnu::noinline]] inline void selected_outside(const char* axis, std::ptrdiff_t index,
                                                                    const described& x) {
    throw index_error("select<" + axis_text(axis) + ">(x, " + std::to_string(index) +
                      "): requires an index inside the axis of x, which is " + operand_text(x));
}
[[noreturn, gnu::cold, gnu::noinline]] inline void sliced_outside(const char* axis, std::ptrdiff_t begin,
                                                                  std::ptrdiff_t end, const described& x) {
    throw index_error(
        "slice<" + axis_text(axis) + ">(x, " + std::to_string(begin) + ", " + std::to_string(end) +
        "): requires 0 <= begin <= end <= the extent of the axis of x, which is " + operand_text(x));
}
[[noreturn, gnu::cold, gnu::noinline]] inline void
gathered_outside(const char* axis, std::ptrdiff_t index, std::ptrdiff_t extent, const described& table) {
    const std::string name = axis_text(axis);
    throw index_error("gather<" + name + ">(table, index): index " + std::to_string(index) + " is outside " +
                      name + ", which has extent " + std::to_string(extent) + " in the table " +
                      operand_text(table));
}

[[noreturn, gnu::cold, gnu::noinline]] inline void rotated_outside(const char* axis, std::ptrdiff_t n) {
    const std::string name = axis_text(axis);
    throw shape_error("rotary<" + name + ">(x, position): requires " +
                      (n < 0 ? "the extent of " + name + " to be known when the formula is written"
                             : "an even extent of " + name + ", not " + std::to_string(n)));
}

} // namespace heed::error
