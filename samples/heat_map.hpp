// SPDX-License-Identifier: BSL-1.0
// Matrices as pictures: heat_map, with names of rows and columns, numbers in the cells and a colour bar where wanted.
#pragma once

#include "figure.hpp"

#include <numbers>

namespace figure {

// Light to dark in equal steps of lightness (Oklab, Ottosson 2020), from almost white over teal to a dark blue.
inline std::string shade(double t) {
    const double L = 0.985 - 0.68 * t, C = 0.1 * std::sin(std::numbers::pi * t) + 0.05 * t;
    const double hue = (210 + 52 * t) / 180 * std::numbers::pi, a = C * std::cos(hue), b = C * std::sin(hue);
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(L + 0.3963377774 * a + 0.2158037573 * b),
                 m = cube(L - 0.1055613458 * a - 0.0638541728 * b),
                 s = cube(L - 0.0894841775 * a - 1.2914855480 * b);
    const double linear[] = {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                             -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                             -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    std::string colour = "#";
    for (double x : linear) {
        const double y = x <= 0.0031308 ? 12.92 * x : 1.055 * std::pow(x, 1 / 2.4) - 0.055;
        char hex[8];
        std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(std::clamp(y, 0., 1.) * 255 + 0.5));
        colour += hex;
    }
    return colour;
}

struct heat {
    double cell = 26;                                 // its side
    bool numbers = true;                              // written into the cells
    bool bar = true;                                  // a colour bar at the right
    double low = 0, high = 1;                         // the ends of the colours
    std::string quantity = "weight";                  // what they stand for
    std::vector<std::string> columns = {}, rows = {}; // names of ticks; without them numbers
};

inline constexpr int shades = 48;
inline int shade_of(double x, const heat& h) {
    return static_cast<int>(std::clamp((x - h.low) / (h.high - h.low), 0., 1.) * (shades - 1) + 0.5);
}
inline std::string shade_number(int i) { return shade(static_cast<double>(i) / (shades - 1)); }

inline void draw_bar(panel& p, const heat& h) {
    const double x = p.width + 14, width = 11, n = shades;
    p.drawing += "<g shape-rendering=\"crispEdges\">\n";
    for (int i = 0; i < shades; ++i)
        p.drawing += "<rect x=\"" + number(x) + "\" y=\"" + number(p.height * (n - 1 - i) / n) +
                     "\" width=\"" + number(width) + "\" height=\"" +
                     number(p.height / n + (i > 0 ? 0.5 : 0)) + "\" fill=\"" + shade_number(i) + "\"/>\n";
    p.drawing += "</g>\n<rect x=\"" + number(x) + "\" y=\"0\" width=\"" + number(width) + "\" height=\"" +
                 number(p.height) + "\" fill=\"none\" stroke=\"#222222\" stroke-width=\"0.7\"/>\n";
    const scale s(h.low, h.high, p.height, 5);
    for (double t : s.ticks()) {
        const double y = p.height - s(t);
        p.drawing += line(x + width, y, x + width + 4, y, "stroke=\"#222222\"");
        p.drawing += text(x + width + 8, y + 4, shown(t, s.decimals), "");
    }
    const double label = x + width + 8 + widest(s) + 14;
    p.drawing += text(0, 0, h.quantity,
                      "text-anchor=\"middle\" transform=\"translate(" + number(label) + " " +
                          number(p.height / 2) + ") rotate(-90)\"");
    p.right = label - p.width + 10;
}

// A matrix, its first axis down the page; NaN stays grey, as what a mask hides.
template <class Tensor> panel heat_map(const labels& l, const Tensor& values, const heat& h = {}) {
    static_assert(Tensor::rank == 2);
    const auto rows = values.extent_at(0), columns = values.extent_at(1);
    const double width = h.cell * static_cast<double>(columns), height = h.cell * static_cast<double>(rows);
    const scale y(-0.5, static_cast<double>(rows) - 0.5, height, std::min(static_cast<double>(rows), 6.));
    const scale x(-0.5, static_cast<double>(columns) - 0.5, width,
                  std::min(static_cast<double>(columns), 6.));
    const auto name = [](const std::vector<std::string>& names, double t) {
        return names.empty() ? shown(t, 0) : names.at(static_cast<std::size_t>(t));
    };
    double ticks = 0;
    for (double t : y.ticks()) ticks = std::max(ticks, text_width(name(h.rows, t)) + 4);
    panel p = framed(width, height, l, ticks);
    std::string& d = p.drawing;

    // Cells of one shade are one path, neighbours in a row one rectangle, in units of cells.
    std::vector<std::string> paths(shades);
    for (std::ptrdiff_t i = 0; i < rows; ++i)
        for (std::ptrdiff_t j = 0; j < columns;) {
            const double v = static_cast<double>(values(i, j));
            const std::ptrdiff_t start = j++;
            if (std::isnan(v)) continue;
            const int k = shade_of(v, h);
            while (j < columns && shade_of(static_cast<double>(values(i, j)), h) == k &&
                   !std::isnan(values(i, j)))
                ++j;
            paths[static_cast<std::size_t>(k)] += "M" + std::to_string(start) + " " + std::to_string(i) +
                                                  "h" + std::to_string(j - start) + "v1h-" +
                                                  std::to_string(j - start) + "z";
        }
    d += "<rect width=\"" + number(width) + "\" height=\"" + number(height) + "\" fill=\"#ececec\"/>\n";
    d += "<g transform=\"scale(" + number(h.cell) + ")\" shape-rendering=\"crispEdges\">\n";
    for (int k = 0; k < shades; ++k)
        if (const std::string& path = paths[static_cast<std::size_t>(k)]; !path.empty())
            d += "<path fill=\"" + shade_number(k) + "\" d=\"" + path + "\"/>\n";
    d += "</g>\n<rect width=\"" + number(width) + "\" height=\"" + number(height) +
         "\" fill=\"none\" stroke=\"#222222\" stroke-width=\"0.7\"/>\n";

    if (h.numbers)
        for (std::ptrdiff_t i = 0; i < rows; ++i)
            for (std::ptrdiff_t j = 0; j < columns; ++j) {
                const double v = static_cast<double>(values(i, j));
                if (std::isnan(v)) continue;
                const std::string ink = shade_of(v, h) > shades / 2 ? "#ffffff" : black;
                d += text(x(static_cast<double>(j)), y(static_cast<double>(i)) + 3.5, shown(v, 2),
                          "text-anchor=\"middle\" font-size=\"9.5\" fill=\"" + ink + "\"");
            }
    for (double t : y.ticks()) d += text(-6, y(t) + 4, name(h.rows, t), "text-anchor=\"end\"");
    for (double t : x.ticks()) d += text(x(t), height + 15, name(h.columns, t), "text-anchor=\"middle\"");
    write_labels(p, l, ticks - 4);
    if (h.bar) draw_bar(p, h);
    return p;
}

} // namespace figure
