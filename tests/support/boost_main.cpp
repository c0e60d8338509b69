// SPDX-License-Identifier: BSL-1.0
// The main function of every value test, compiled once.
#define BOOST_TEST_MODULE heed
#include <boost/test/unit_test.hpp>
