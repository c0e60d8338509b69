// SPDX-License-Identifier: BSL-1.0
// Figures for a paper, as SVG: line_plot and bar_plot, and heat_map of heat_map.hpp, make panels; save puts panels beside
// each other in a file.
// One unit is one CSS pixel, 3/4 of a point. The same numbers give the same file, byte by byte.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace figure {

// A plot box and the space that its labels take around it; the drawing's origin is the box's upper left corner.
struct panel {
    double width, height, left, right, top, bottom;
    std::string drawing;
};

struct labels {
    std::string title, x, y;
};

// Colours that are told apart in print and by colour-blind readers (Okabe and Ito 2008).
inline constexpr const char *black = "#222222", *grey = "#8a8a8a", *blue = "#0072b2", *orange = "#d55e00",
                            *green = "#009e73", *sky = "#56b4e9";

// ---- text and numbers

inline std::string number(double x, int decimals = 2) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, x);
    std::string s = text;
    if (s.find('.') != std::string::npos) s.erase(s.find_last_not_of('0') + 1);
    if (s.back() == '.') s.pop_back();
    return s == "-0" ? "0" : s;
}
// With the minus sign of typography.
inline std::string shown(double x, int decimals) {
    const bool negative = x < 0 && number(x, decimals) != "0";
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, std::fabs(x));
    return (negative ? "\u2212" : "") + std::string(text);
}
inline std::string escaped(const std::string& text) {
    std::string s;
    for (char c : text) s += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return s;
}
// About how wide a text is at 11 px.
inline double text_width(const std::string& text) {
    const auto letters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
    return 5.9 * static_cast<double>(letters);
}
inline std::string text(double x, double y, const std::string& what, const std::string& more) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" " + more + ">" + escaped(what) +
           "</text>\n";
}
inline std::string line(double x1, double y1, double x2, double y2, const std::string& more = "") {
    return "<path d=\"M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2) + "\" " +
           more + "/>\n";
}

// ---- scales

// From numbers to places along an axis, with ticks at 1, 2 or 5 times a power of ten.
struct scale {
    double low, high, length;
    double step = 1;
    int decimals = 0;

    scale(double from, double to, double pixels, double ticks) : low(from), high(to), length(pixels) {
        const double rough = (high - low) / ticks, power = std::pow(10., std::floor(std::log10(rough)));
        for (double m : {1., 2., 5., 10.})
            if (step = m * power; step >= rough * 0.999) break;
        decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step * 1.001))));
    }
    double operator()(double x) const { return (x - low) / (high - low) * length; }
    // The ticks that are inside.
    std::vector<double> ticks() const {
        std::vector<double> t;
        for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i)
            t.push_back(i * step);
        return t;
    }
};

inline double widest(const scale& s) {
    double w = 0;
    for (double t : s.ticks()) w = std::max(w, text_width(shown(t, s.decimals)));
    return w;
}

// ---- frames

inline void write_labels(panel& p, const labels& l, double tick_width) {
    const std::string middle = "text-anchor=\"middle\"";
    if (!l.title.empty())
        p.drawing += text(p.width / 2, -10, l.title, middle + " font-size=\"12\" font-weight=\"bold\"");
    if (!l.x.empty()) p.drawing += text(p.width / 2, p.height + 34, l.x, middle);
    if (!l.y.empty()) {
        const std::string at = number(-tick_width - 18) + " " + number(p.height / 2);
        p.drawing += text(0, 0, l.y, middle + " transform=\"translate(" + at + ") rotate(-90)\"");
    }
}
inline panel framed(double width, double height, const labels& l, double tick_width) {
    return {width,
            height,
            tick_width + (l.y.empty() ? 12 : 32),
            14,
            l.title.empty() ? 12. : 30.,
            l.x.empty() ? 26. : 44.,
            ""};
}
// Axes left and below, a little outside of the box, with ticks that point away from it.
inline panel with_axes(const labels& l, const scale& x, const scale& y) {
    const double width = x.length, height = y.length, ticks = widest(y) + 6;
    panel p = framed(width, height, l, ticks);
    std::string& d = p.drawing;
    for (double t : y.ticks()) {
        const double at = height - y(t);
        d += line(0, at, width, at, "stroke=\"#e6e6e6\"");
        d += text(-9, at + 4, shown(t, y.decimals), "text-anchor=\"end\"");
    }
    d += "<g stroke=\"#222222\">\n";
    for (double t : y.ticks()) d += line(-5, height - y(t), 0, height - y(t));
    for (double t : x.ticks()) d += line(x(t), height, x(t), height + 5);
    d += line(0, 0, 0, height) + line(0, height, width, height) + "</g>\n";
    for (double t : x.ticks()) d += text(x(t), height + 18, shown(t, x.decimals), "text-anchor=\"middle\"");
    write_labels(p, l, ticks);
    return p;
}

// ---- lines and points

struct curve {
    std::string name;
    std::vector<double> x, y;
    const char* colour = black;
    enum { solid, dashed, points } style = solid;
};

// Curves over a common x, with a legend at the right.
inline panel line_plot(const labels& l, const std::vector<curve>& curves, double width = 300,
                       double height = 200) {
    double x0 = 1e300, x1 = -1e300, y0 = 1e300, y1 = -1e300, names = 0;
    for (const curve& c : curves) {
        for (double x : c.x) x0 = std::min(x0, x), x1 = std::max(x1, x);
        for (double y : c.y) y0 = std::min(y0, y), y1 = std::max(y1, y);
        names = std::max(names, text_width(c.name));
    }
    const scale rough(y0, y1, height, 5);
    const scale y(rough.step * std::floor(y0 / rough.step + 1e-9),
                  rough.step * std::ceil(y1 / rough.step - 1e-9), height, 5);
    const scale rough_x(x0, x1, width, 6);
    const scale x(rough_x.step * std::floor(x0 / rough_x.step + 1e-9),
                  rough_x.step * std::ceil(x1 / rough_x.step - 1e-9), width, 6);
    panel p = with_axes(l, x, y);
    double entry = 8;
    for (const curve& c : curves) {
        const std::string paint = std::string("fill=\"none\" stroke=\"") + c.colour +
                                  "\" stroke-width=\"1.6\" stroke-linejoin=\"round\"" +
                                  (c.style == curve::dashed ? " stroke-dasharray=\"5 3\"" : "");
        const std::string dot = std::string("r=\"2.2\" fill=\"") + c.colour + "\" fill-opacity=\"0.65\"/>\n";
        const auto circle = [&](double cx, double cy) {
            return "<circle cx=\"" + number(cx, 1) + "\" cy=\"" + number(cy, 1) + "\" " + dot;
        };
        if (c.style == curve::points) {
            for (std::size_t i = 0; i < c.x.size(); ++i) p.drawing += circle(x(c.x[i]), height - y(c.y[i]));
            p.drawing += circle(width + 25, entry);
        } else {
            std::string path = "<path d=\"";
            for (std::size_t i = 0; i < c.x.size(); ++i)
                path += (i == 0 ? "M" : "L") + number(x(c.x[i]), 1) + " " + number(height - y(c.y[i]), 1);
            p.drawing += path + "\" " + paint + "/>\n" + line(width + 14, entry, width + 36, entry, paint);
        }
        p.drawing += text(width + 42, entry + 4, c.name, "");
        entry += 18;
    }
    p.right = names + 52;
    return p;
}

// ---- bars

// A bar for each number, from 0; high is the upper end of the axis, 0 for that of the numbers.
inline panel bar_plot(const labels& l, const std::vector<double>& values, double high = 0,
                      const char* colour = blue, double width = 300, double height = 150) {
    const double n = static_cast<double>(values.size());
    const double low = std::min(0., *std::min_element(values.begin(), values.end()));
    const double most = high > 0 ? high : std::max(0., *std::max_element(values.begin(), values.end()));
    const scale rough(low, most, height, 4);
    const scale y(rough.step * std::floor(low / rough.step + 1e-9),
                  rough.step * std::ceil(most / rough.step - 1e-9), height, 4);
    const scale x(-0.5, n - 0.5, width, std::min(n, 6.));
    panel p = with_axes(l, x, y);
    p.drawing += std::string("<g fill=\"") + colour + "\">\n";
    const double wide = std::max(0.8 * width / n, 1.);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double from = height - y(std::max(values[i], 0.)), to = height - y(std::min(values[i], 0.));
        if (to - from < 0.005) continue;
        p.drawing += "<rect x=\"" + number(x(static_cast<double>(i)) - wide / 2) + "\" y=\"" + number(from) +
                     "\" width=\"" + number(wide) + "\" height=\"" + number(to - from) + "\"/>\n";
    }
    p.drawing += "</g>\n" + line(0, height - y(0), width, height - y(0), "stroke=\"#222222\"");
    return p;
}

// ---- the file

// Panels in a row, boxes aligned at their upper edge.
inline void save(const std::string& path, const std::vector<panel>& panels) {
    double width = 0, top = 0, below = 0;
    for (const panel& p : panels) {
        width += p.left + p.width + p.right;
        top = std::max(top, p.top);
        below = std::max(below, p.height + p.bottom);
    }
    std::ofstream file(path, std::ios::binary);
    const std::string size = number(std::ceil(width)) + "\" height=\"" + number(std::ceil(top + below));
    file << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << size << "\" viewBox=\"0 0 "
         << number(std::ceil(width)) << " " << number(std::ceil(top + below))
         << "\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"11\">\n"
         << "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    double x = 0;
    for (const panel& p : panels) {
        file << "<g transform=\"translate(" << number(x + p.left) << " " << number(top)
             << ")\" fill=\"#222222\">\n"
             << p.drawing << "</g>\n";
        x += p.left + p.width + p.right;
    }
    file << "</svg>\n";
    if (!file) throw std::runtime_error(path + ": cannot be written");
}

} // namespace figure
