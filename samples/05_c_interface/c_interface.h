/* SPDX-License-Identifier: BSL-1.0 */
/* Causal attention for C and whatever can call C: o = softmax(q transpose(k) / sqrt(features), causal) v.
   Arrays are float, in C order, and are the caller's; nothing is allocated and nothing is thrown. */
#ifndef C_INTERFACE_H
#define C_INTERFACE_H

#include <stddef.h>

#define ATTENTION_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    ptrdiff_t batch, heads, queries, keys, features, values;
} attention_sizes;

typedef enum {
    attention_done = 0,
    attention_bad_sizes = 1, /* a size is negative, or an array has more elements than memory can hold */
    attention_small_workspace = 2, /* fewer bytes than attention_workspace says */
    attention_failed = 3           /* anything else */
} attention_status;

/* How many bytes attention_run needs beside its arrays. They may lie at any address. */
ATTENTION_API attention_status attention_workspace(const attention_sizes* sizes, size_t* bytes);

/* q (batch, heads, queries, features), k (batch, heads, keys, features), v (batch, heads, keys, values) to
   o (batch, heads, queries, values). The queries are the last ones: query i sees keys up to i + keys - queries.
   Where it does not return attention_done, o is as it was. */
ATTENTION_API attention_status attention_run(const attention_sizes* sizes, const float* q, const float* k,
                                             const float* v, float* o, void* workspace, size_t bytes);

/* What was wrong in this thread's last call, for people; "" where nothing was. */
ATTENTION_API const char* attention_message(void);

#ifdef __cplusplus
}
#endif

#endif
