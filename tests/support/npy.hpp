// SPDX-License-Identifier: BSL-1.0
// Reads and writes .npy files (NumPy's format, version 1 to 3): little endian, C order, of float16, float32, float64,
// int32, int64, uint8 and bool. What is not that throws std::runtime_error with the file's name and what is wrong.
#pragma once

#include <heed/dsl/expr/storage.hpp>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace heed_tests::npy {

struct array {
    std::string path, element; // element as NumPy writes it: f2 f4 f8 i4 i8 u1 b1
    std::vector<std::ptrdiff_t> shape;
    std::vector<char> bytes;

    std::size_t size() const {
        std::size_t n = 1;
        for (std::ptrdiff_t e : shape) n *= static_cast<std::size_t>(e);
        return n;
    }
    // The elements in order, converted.
    template <class T> std::vector<T> as() const {
        if (element == "f2") return convert<heed::f16, T>();
        if (element == "f4") return convert<float, T>();
        if (element == "f8") return convert<double, T>();
        if (element == "i4") return convert<std::int32_t, T>();
        if (element == "i8") return convert<std::int64_t, T>();
        return convert<std::uint8_t, T>();
    }

private:
    template <class From, class T> std::vector<T> convert() const {
        std::vector<T> to(size());
        for (std::size_t i = 0; i < to.size(); ++i) {
            From x;
            std::memcpy(&x, bytes.data() + i * sizeof x, sizeof x);
            if constexpr (std::is_arithmetic_v<T>)
                to[i] = static_cast<T>(x);
            else
                to[i] = T(static_cast<float>(x));
        }
        return to;
    }
};

[[noreturn]] inline void wrong(const std::string& path, const std::string& what) {
    throw std::runtime_error(path + ": " + what);
}

// What follows `'key':` in the header, a dictionary of Python.
inline std::string entry(const std::string& path, const std::string& header, const std::string& key) {
    const std::size_t at = header.find("'" + key + "'");
    const std::size_t colon = at == std::string::npos ? at : header.find(':', at);
    if (colon == std::string::npos) wrong(path, "the header has no " + key);
    const std::size_t begin = header.find_first_not_of(' ', colon + 1);
    const bool tuple = begin != std::string::npos && header[begin] == '(';
    const std::size_t end =
        begin == std::string::npos ? begin : header.find_first_of(tuple ? ")" : ",}", begin);
    if (end == std::string::npos) wrong(path, "the header ends within " + key);
    return header.substr(begin, end - begin);
}

inline array read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) wrong(path, "cannot be opened");
    char start[8];
    if (!file.read(start, 8) || std::memcmp(start, "\x93NUMPY", 6) != 0) wrong(path, "is no .npy file");
    unsigned char length[4] = {};
    file.read(reinterpret_cast<char*>(length), start[6] == 1 ? 2 : 4);
    std::string header(length[0] + 256u * length[1] + 65536u * length[2] + 16777216u * length[3], ' ');
    if (!file.read(header.data(), static_cast<std::streamsize>(header.size())))
        wrong(path, "ends within its header");

    array a;
    a.path = path;
    const std::string descr = entry(path, header, "descr");
    if (descr.size() != 5) wrong(path, "has elements of type " + descr + ", which this reader does not know");
    a.element = descr.substr(2, 2);
    std::size_t bytes = 0;
    for (const auto& [name, size] :
         {std::pair{"f2", 2}, {"f4", 4}, {"f8", 8}, {"i4", 4}, {"i8", 8}, {"u1", 1}, {"b1", 1}})
        if (a.element == name) bytes = static_cast<std::size_t>(size);
    if (bytes == 0 || descr[1] == '>')
        wrong(path, "has elements of type " + descr + ", which this reader does not know");
    if (entry(path, header, "fortran_order") != "False")
        wrong(path, "is in Fortran order, C order is needed");

    const std::string shape = entry(path, header, "shape");
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] < '0' || shape[i] > '9') continue;
        std::ptrdiff_t e = 0;
        for (; i < shape.size() && shape[i] >= '0' && shape[i] <= '9'; ++i)
            if (__builtin_mul_overflow(e, 10, &e) || __builtin_add_overflow(e, shape[i] - '0', &e))
                wrong(path, "has a shape that no memory holds");
        a.shape.push_back(e);
    }
    std::ptrdiff_t needed = static_cast<std::ptrdiff_t>(bytes);
    for (std::ptrdiff_t e : a.shape)
        if (__builtin_mul_overflow(needed, e, &needed)) wrong(path, "has a shape that no memory holds");
    const auto here = file.tellg();
    if (file.seekg(0, std::ios::end).tellg() - here < needed) wrong(path, "ends before its last element");
    file.seekg(here);
    a.bytes.resize(static_cast<std::size_t>(needed));
    if (!file.read(a.bytes.data(), needed) && needed > 0) wrong(path, "cannot be read");
    return a;
}

inline void write(const std::string& path, std::span<const float> x,
                  const std::vector<std::ptrdiff_t>& shape) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
    for (std::ptrdiff_t e : shape) header += std::to_string(e) + ",";
    header += "), }";
    header.append(64 - (10 + header.size() + 1) % 64, ' ');
    header += '\n';
    std::ofstream file(path, std::ios::binary);
    const char start[] = {'\x93',
                          'N',
                          'U',
                          'M',
                          'P',
                          'Y',
                          1,
                          0,
                          static_cast<char>(header.size() % 256),
                          static_cast<char>(header.size() / 256)};
    file.write(start, sizeof start);
    file.write(header.data(), static_cast<std::streamsize>(header.size()));
    file.write(reinterpret_cast<const char*>(x.data()), static_cast<std::streamsize>(x.size_bytes()));
    if (!file) wrong(path, "cannot be written");
}

} // namespace heed_tests::npy
