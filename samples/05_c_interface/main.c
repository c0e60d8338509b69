/* SPDX-License-Identifier: BSL-1.0 */
/* Attention from C: one head with two queries and three keys, held against plain loops. */
#include "c_interface.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { queries = 2, keys = 3, features = 4, values = 2 };

static float expected(const float* q, const float* k, const float* v, int i, int f) {
    double sum = 0, result = 0;
    for (int j = 0; j <= i + keys - queries; ++j) {
        double score = 0;
        for (int d = 0; d < features; ++d) score += (double)q[i * features + d] * k[j * features + d];
        const double weight = exp(score / sqrt(features));
        sum += weight;
        result += weight * v[j * values + f];
    }
    return (float)(result / sum);
}

int main(void) {
    const float q[queries * features] = {1, 0, 2, 0, 0, 1, 0, 1};
    const float k[keys * features] = {1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1};
    const float v[keys * values] = {1, 0, 0, 1, 2, 3};
    float o[queries * values] = {0};
    const attention_sizes sizes = {1, 1, queries, keys, features, values};

    size_t bytes = 0;
    if (attention_workspace(&sizes, &bytes) != attention_done) return 1;
    void* workspace = malloc(bytes);
    if (!workspace) return 1;
    const attention_status status = attention_run(&sizes, q, k, v, o, workspace, bytes);
    int wrong = status != attention_done;
    for (int i = 0; i < queries; ++i) {
        printf("query %d:", i);
        for (int f = 0; f < values; ++f) {
            printf(" %7.4f", (double)o[i * values + f]);
            wrong |= !(fabsf(o[i * values + f] - expected(q, k, v, i, f)) < 1e-6f);
        }
        printf("\n");
    }

    /* What goes wrong is a number and a sentence. */
    wrong |= attention_run(&sizes, q, k, v, o, workspace, 64) != attention_small_workspace;
    printf("%s\n",
           attention_message()[0] ? "64 bytes of workspace are refused" : "64 bytes of workspace are enough");
    const attention_sizes negative = {1, 1, queries, keys, -4, values};
    wrong |= attention_run(&negative, q, k, v, o, workspace, bytes) != attention_bad_sizes;
    printf("%s\n", attention_message());
    free(workspace);
    return wrong;
}
