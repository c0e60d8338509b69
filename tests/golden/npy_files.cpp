// SPDX-License-Identifier: BSL-1.0
// The reader and writer of .npy files that the golden cases rely on.
#include <boost/test/unit_test.hpp>

#include "support/npy.hpp"

#include <filesystem>

#include <unistd.h>

namespace {

namespace npy = heed_tests::npy;

struct scratch {
    std::string path =
        (std::filesystem::temp_directory_path() / ("heed-npy-" + std::to_string(::getpid()))).string();
    ~scratch() { std::filesystem::remove(path); }
    void put(const std::string& header, const std::string& data) const {
        std::ofstream file(path, std::ios::binary);
        file << std::string("\x93NUMPY\x01\x00", 8) << static_cast<char>(header.size()) << '\0' << header
             << data;
    }
    std::string message() const {
        try {
            npy::read(path);
        } catch (const std::runtime_error& e) {
            return std::string(e.what()).substr(path.size());
        }
        return "read";
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(npy_files, scratch)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
    const std::vector<float> x = {1.5f, -2, 3e-30f, 4, 5, 6};
    npy::write(path, x, {3, 1, 2});
    const auto a = npy::read(path);
    BOOST_TEST(a.shape == (std::vector<std::ptrdiff_t>{3, 1, 2}));
    BOOST_TEST(a.element == "f4");
    BOOST_TEST(a.as<float>() == x);
    BOOST_TEST(std::filesystem::file_size(path) % 64 == 6 * sizeof(float));
    npy::write(path, std::span(x).first(1), {});
    BOOST_TEST(npy::read(path).as<double>() == std::vector<double>{1.5});
    npy::write(path, {}, {0});
    BOOST_TEST(npy::read(path).as<float>().empty());
}

BOOST_AUTO_TEST_CASE(element_types) {
    put("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }",
        std::string("\x01\x00\x00\x00\xff\xff\xff\xff", 8));
    BOOST_TEST(npy::read(path).as<int>() == (std::vector<int>{1, -1}));
    put("{'descr': '<i8', 'fortran_order': False, 'shape': (), }", std::string(8, '\xff'));
    BOOST_TEST(npy::read(path).as<int>() == std::vector<int>{-1});
    put("{'descr': '|b1', 'fortran_order': False, 'shape': (1, 3), }", std::string("\x01\x00\x01", 3));
    BOOST_TEST(npy::read(path).as<int>() == (std::vector<int>{1, 0, 1}));
    put("{'shape': (1, 2), 'fortran_order': False, 'descr': '|u1'}", "\xff\x02");
    BOOST_TEST(npy::read(path).as<int>() == (std::vector<int>{255, 2}));
    put("{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }", std::string("\x00\x3c\x00\xc1", 4));
    BOOST_TEST(npy::read(path).as<float>() == (std::vector<float>{1, -2.5f}));
    BOOST_TEST(npy::read(path).as<heed::f16>()[1].bits == 0xc100);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read) {
    BOOST_TEST(message() == ": cannot be opened");
    std::ofstream(path) << "hello, world";
    BOOST_TEST(message() == ": is no .npy file");
    put("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "abcd");
    BOOST_TEST(message() == ": has elements of type '>f4', which this reader does not know");
    put("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "abcdefgh");
    BOOST_TEST(message() == ": has elements of type '<c8', which this reader does not know");
    put("{'descr': '<f4', 'fortran_order': True, 'shape': (1,), }", "abcd");
    BOOST_TEST(message() == ": is in Fortran order, C order is needed");
    put("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "abcd");
    BOOST_TEST(message() == ": ends before its last element");
    put("{'descr': '<f4', 'fortran_order': False}", "abcd");
    BOOST_TEST(message() == ": the header has no shape");
    std::filesystem::resize_file(path, 20);
    BOOST_TEST(message() == ": ends within its header");
}

BOOST_AUTO_TEST_SUITE_END()
