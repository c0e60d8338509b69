// SPDX-License-Identifier: BSL-1.0
// Matrix products, alone and with what follows them in a network: one description for heed, OpenBLAS, the check of one
// against the other, and the table.
#pragma once

#include "measure.hpp"

#include <array>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// x(row, model) * w(model, feature); with `finished`, gelu(x * w + bias).
struct product {
    std::string_view name;
    extent rows, depth, columns;
    bool finished = false;

    // Goal on one AVX-512 core, of the speed of OpenBLAS; 0 where there is none.
    double least_of_openblas = 0;

    constexpr double flops() const {
        return 2 * static_cast<double>(rows) * static_cast<double>(depth) * static_cast<double>(columns);
    }
};

inline constexpr std::array products = {
    product{.name = "p512", .rows = 512, .depth = 512, .columns = 512, .least_of_openblas = 0.9},
    product{.name = "p1024", .rows = 1024, .depth = 1024, .columns = 1024, .least_of_openblas = 0.9},
    product{.name = "p2048", .rows = 2048, .depth = 2048, .columns = 2048, .least_of_openblas = 0.9},
    product{.name = "p2048x512x2048", .rows = 2048, .depth = 512, .columns = 2048, .least_of_openblas = 0.9},
    product{.name = "p512x64x512", .rows = 512, .depth = 64, .columns = 512},
    product{.name = "p512_gelu", .rows = 512, .depth = 512, .columns = 512, .finished = true},
    product{.name = "p1024_gelu", .rows = 1024, .depth = 1024, .columns = 1024, .finished = true},
    product{.name = "p2048_gelu", .rows = 2048, .depth = 2048, .columns = 2048, .finished = true},
    product{.name = "p2048x512x2048_gelu", .rows = 2048, .depth = 512, .columns = 2048, .finished = true},
    product{.name = "p512x64x512_gelu", .rows = 512, .depth = 64, .columns = 512, .finished = true},
};

/// Row-major arrays.
struct product_operands {
    explicit product_operands(const product& what);
    std::vector<float> x, w, bias, o;
};

call heed_product(const product& what, product_operands& at, const setting& how);
/// The product on transpose(w), which is stored with the model axis last.
call heed_product_of_transposed(const product& what, product_operands& at, const setting& how);
/// sgemm, then bias and gelu in a vectorised pass of their own over each row block's result.
call openblas_product(const product& what, product_operands& at, const setting& how);
/// sgemm and nothing else.
call openblas_sgemm(const product& what, product_operands& at, const setting& how);

struct product_result : results {
    product what;
};
/// Throws std::runtime_error where outputs differ by more than rounding.
product_result measure(const product& what, const setting& how, const effort& spent);
double compare(const product& what, const setting& how);

void print_table(std::ostream& out, const std::vector<product_result>& results);
std::vector<std::string> missed_goals(const std::vector<product_result>& results);

} // namespace bench
