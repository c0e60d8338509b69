// SPDX-License-Identifier: BSL-1.0
// The numbers of isa/exp.inc, isa/math.inc and isa/trigonometry.inc, once for all instruction sets: minimax
// polynomials (Sollya's fpminimax; Remez for the rational ones), highest power first, and split constants.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

// clang-format off: columns of digits
namespace heed::dsl::coefficients {

// The layout of an IEEE number. `upper_half` masks all but the lower half of the mantissa.
template <class T> struct format;
template <> struct format<float> {
    static constexpr int mantissa = 23, bias = 127, upper_half = ~0xfff;
    static constexpr float smallest_normal = 0x1p-126f, infinity = __builtin_inff(), nan = __builtin_nanf("");
};
template <> struct format<double> {
    static constexpr int mantissa = 52, bias = 1023;
    static constexpr long long upper_half = ~0x7ffffffll;
    static constexpr double smallest_normal = 0x1p-1022, infinity = __builtin_inf(), nan = __builtin_nan("");
};

// 2^(r + 1) for r in [-1/2, 1/2], exactly 2 at 0, relative error 9.5e-8 and 5.7e-18.
template <class T> struct exp2;
template <> struct exp2<float> {
    static constexpr float series[] = {
        0x1.5bfd58p-9f, 0x1.3ceaf8p-6f, 0x1.c6b69ap-4f, 0x1.ebf9bap-2f, 0x1.62e42ap0f,  2};
};
template <> struct exp2<double> {
    static constexpr double series[] = {
        0x1.e973178f84e2dp-31, 0x1.e61d4332c8c78p-27, 0x1.b52522bc19eeep-23, 0x1.62bfc6596b95ap-19,
        0x1.ffcbfc6685efdp-16, 0x1.4309130f6cbdcp-12, 0x1.5d87fe789e96fp-9,  0x1.3b2ab6fb9fda6p-6,
        0x1.c6b08d704a12cp-4,  0x1.ebfbdff82c5a6p-2,  0x1.62e42fefa39efp0,   2};
};

// The same by a table: 2^(i / 32), and (2^r - 1) / r for r in [-1/64, 1/64], relative error of 2^r 5.4e-8.
struct exp2_of_32nds {
    static constexpr float powers[] = {
        0x1p0f       , 0x1.059b0ep0f, 0x1.0b5586p0f, 0x1.11301ep0f, 0x1.172b84p0f, 0x1.1d4874p0f,
        0x1.2387a6p0f, 0x1.29e9ep0f , 0x1.306fep0f , 0x1.371a74p0f, 0x1.3dea64p0f, 0x1.44e086p0f,
        0x1.4bfdaep0f, 0x1.5342b6p0f, 0x1.5ab07ep0f, 0x1.6247ecp0f, 0x1.6a09e6p0f, 0x1.71f75ep0f,
        0x1.7a1148p0f, 0x1.82589ap0f, 0x1.8ace54p0f, 0x1.93737cp0f, 0x1.9c4918p0f, 0x1.a5503cp0f,
        0x1.ae89fap0f, 0x1.b7f77p0f , 0x1.c199bep0f, 0x1.cb720ep0f, 0x1.d5818ep0f, 0x1.dfc974p0f,
        0x1.ea4afap0f, 0x1.f50766p0f};
    static constexpr float series[] = {0x1.ebfbdep-3f, 0x1.62e584p-1f};
};

// ln 2 in two parts: any exponent times `high` is exact.
template <class T> struct ln2;
template <> struct ln2<float> {
    static constexpr float high = 0x1.62e4p-1f, low = 0x1.7f7d1cp-20f, inverse = 0x1.715476p0f;
};
template <> struct ln2<double> {
    static constexpr double high = 0x1.62e42fefap-1, low = 0x1.cf79abc9e3b39p-40;
    static constexpr double inverse = 0x1.71547652b82fep0;
};

// e^r = 1 + r + ... on [-ln 2 / 2, ln 2 / 2], relative error 3.3e-9 and 3.8e-18. e^x is 0 up to `zero` and
// infinite from `infinite` on.
template <class T> struct exp;
template <> struct exp<float> {
    static constexpr float series[] = {
        0x1.694c8ep-10f, 0x1.12397ep-7f,  0x1.555a26p-5f,  0x1.555492p-3f,  0x1.fffffap-2f,  1,
        1};
    static constexpr float zero = -104, infinite = 89;
};
template <> struct exp<double> {
    static constexpr double series[] = {
        0x1.ad92e89077d9fp-26, 0x1.28adfccacec9fp-22, 0x1.71df18ef7b114p-19, 0x1.a019995efb4c5p-16,
        0x1.a01a012fee986p-13, 0x1.6c16c18477082p-10, 0x1.1111111126b36p-7,  0x1.55555555506bcp-5,
        0x1.55555555554fep-3,  0x1.000000000000ap-1,  1,                     1};
    static constexpr double zero = -746, infinite = 710;
};

// log(1 + f) = 2 s + s z R(z), s = f / (2 + f), z = s^2, for 1 + f from sqrt(1/2) to sqrt(2). `root` is the
// bits of sqrt(1/2).
template <class T> struct log;
template <> struct log<float> {
    static constexpr float series[] = {0x1.2f016p-2f, 0x1.997b6ap-2f, 0x1.55555cp-1f};
    static constexpr int root = 0x3f3504f3;
    static constexpr float denormal_scale = 0x1p25f, denormal_shift = 25;
};
template <> struct log<double> {
    static constexpr double series[] = {
        0x1.2b7d1f2ae1d4ep-3, 0x1.39fb717ba1901p-3, 0x1.7462caae07025p-3, 0x1.c71c629bb2a23p-3,
        0x1.2492492e25b5cp-2, 0x1.9999999995184p-2, 0x1.5555555555558p-1};
    static constexpr long long root = 0x3fe6a09e667f3bcd;
    static constexpr double denormal_scale = 0x1p54, denormal_shift = 54;
};

// 2^r - 1 = r S(r) on [-1/2, 1/2], relative error 1.3e-8 and 4.4e-17. From `one` on tanh rounds to 1.
template <class T> struct tanh;
template <> struct tanh<float> {
    static constexpr float series[] = {
        0x1.427918p-13f, 0x1.5ef4a2p-10f, 0x1.3b2c58p-7f,  0x1.c6af9ep-5f,  0x1.ebfbdep-3f,  0x1.62e43p-1f};
    static constexpr float one = 9.1f;
};
template <> struct tanh<double> {
    static constexpr double series[] = {
        0x1.eb5b6db20d392p-32, 0x1.e605597478a3p-28,  0x1.b523dc17d5cd1p-24, 0x1.62bfd4fe48ea6p-20,
        0x1.ffcbfd0180baep-17, 0x1.430913093a10fp-13, 0x1.5d87fe7880441p-10, 0x1.3b2ab6fba1ee3p-7,
        0x1.c6b08d704a1acp-5,  0x1.ebfbdff82c598p-3,  0x1.62e42fefa39efp-1};
    static constexpr double one = 19.1;
};

// erf x = x + x S(x^2) on [-1, 1], relative error 1.5e-9 and 1.4e-17.
template <class T> struct erf;
template <> struct erf<float> {
    static constexpr float series[] = {
        0x1.4917a4p-14f, -0x1.a3d812p-11f, 0x1.540172p-8f, -0x1.b7f88cp-6f, 0x1.ce2cf2p-4f, -0x1.81273ep-2f,
        0x1.06eba8p-3f};
};
template <> struct erf<double> {
    static constexpr double series[] = {
        -0x1.ab15c51d25669p-31, 0x1.d6e3ddfeb0021p-27,  -0x1.5bfe7638444bbp-23, 0x1.b97e44280cf9p-20,
        -0x1.f4ca204c771c4p-17, 0x1.f9a2b75531772p-14,  -0x1.c02db0149d904p-11, 0x1.565bccf7e2856p-8,
        -0x1.b82ce311ee09bp-6,  0x1.ce2f21a0408d1p-4,   -0x1.812746b0379b2p-2,  0x1.06eba8214db68p-3};
};

// The normal distribution's tail: the integral of its density from t to infinity is exp(-t^2 / 2) / 2 P(t) /
// Q(t) on [0, limit], relative error 1.0e-8 and 6.8e-18; at the limit t times it is below half the smallest
// denormal number.
template <class T> struct normal_tail;
template <> struct normal_tail<float> {
    static constexpr float p[] = {0x1.07b15ep-7f, 0x1.484be0p-4f, 0x1.7417c0p-2f, 0x1.bed868p-1f, 1};
    static constexpr float q[] = {
        0x1.4a7c6cp-7f, 0x1.9b7c40p-4f, 0x1.dc8514p-2f, 0x1.324342p0f,  0x1.abae60p0f,  1};
    static constexpr float limit = 14.5f;
};
template <> struct normal_tail<double> {
    static constexpr double p[] = {
        0x1.bcaf3a429e684p-22, 0x1.b6d99e8f88c5fp-17, 0x1.a7e3a0bb89f81p-13, 0x1.04f0ff8284cffp-9,
        0x1.c290c37a38197p-7,  0x1.1c09da19c5ff8p-4,  0x1.088ef0539adf0p-2,  0x1.680cb75a912fdp-1,
        0x1.583b006cf49f9p0,   0x1.a58f943d7a201p0,   1};
    static constexpr double q[] = {
        0x1.16aa281a67d0fp-21, 0x1.13022d3024c74p-16, 0x1.0a2d6ae78d2f7p-12, 0x1.4930a6fd01ee8p-9,
        0x1.1e7bca32eb991p-6,  0x1.6e134158244d4p-4,  0x1.5cb545c9a9312p-2,  0x1.ed4873e18f1e0p-1,
        0x1.fa2321c615527p0,   0x1.65c7f0c4d7d78p1,   0x1.38e8deee0de95p1,   1};
    static constexpr double limit = 38.6;
};

// sin r = r + r^3 S(r^2) on [-pi / 2, pi / 2], relative error 6e-9 and 1e-17. pi in three parts for
// arithmetic in double: a multiple of 1/2 below 2^19 times the first two is exact.
template <class T> struct sin;
template <> struct sin<float> {
    static constexpr float series[] = {0x1.6141cap-19f, -0x1.9fb0acp-13f, 0x1.111034p-7f, -0x1.555554p-3f};
};
template <> struct sin<double> {
    static constexpr double series[] = {
        0x1.873e0ab9fd3d8p-49,  -0x1.ae3ae80bb0289p-41, 0x1.6123ae54d98ebp-33,  -0x1.ae64546705642p-26,
        0x1.71de3a51d6a55p-19,  -0x1.a01a01a013729p-13, 0x1.11111111110bap-7,   -0x1.5555555555555p-3};
    static constexpr double pi[] = {0x1.921fb544p1, 0x1.0b4611a6p-33, 0x1.3198a2e037073p-68};
    static constexpr double inverse_pi = 0x1.45f306dc9c883p-2;
    // Beyond this the C library's functions are called.
    static constexpr double limit = 0x1p20;
};

} // namespace heed::dsl::coefficients
