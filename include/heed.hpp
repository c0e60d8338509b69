// SPDX-License-Identifier: BSL-1.0
// heed: attention written as a formula, checked and fused while it compiles.
#pragma once

// First, so that an error about a formula has a short include trace.
#include <heed/dsl/diagnose/sentences.hpp>
#include <heed/dsl/diagnose/sentences_of_rows.hpp>
#include <heed/dsl/diagnose/sentences_of_states.hpp>

#include <heed/axis.hpp>
#include <heed/concepts.hpp>
#include <heed/evaluate.hpp>
#include <heed/executor.hpp>
#include <heed/explain.hpp>
#include <heed/kernel.hpp>
#include <heed/mask.hpp>
#include <heed/math.hpp>
#include <heed/merge.hpp>
#include <heed/nn.hpp>
#include <heed/normaliser.hpp>
#include <heed/plan.hpp>
#include <heed/product.hpp>
#include <heed/random.hpp>
#include <heed/reduction.hpp>
#include <heed/rotary.hpp>
#include <heed/running.hpp>
#include <heed/softmax.hpp>
#include <heed/tensor.hpp>
