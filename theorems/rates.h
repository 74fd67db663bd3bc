#pragma once

#include "theorems/shared.h"

// The four rates with the numbers that mutants change. Each stands in the file of its theorem; the
// serial theorems are the same with B = 1, where δ = 0.
namespace graddiv {

struct RateConstants {
  Enclosure bound = 1;                 // of (1+δ/2) ε
  Enclosure delta = Enclosure(1) / 2;  // of δ
  Enclosure horizon = 1;               // of the least T
  Enclosure step = 1;                  // of γ
  bool step_is_limited = true;         // 2γλB ≤ 1, 2γμB ≤ 1
};

Statement strongly_convex_rate(const RateConstants& k);
Statement convex_rate(const RateConstants& k);
Statement smooth_rate(const RateConstants& k);
Statement pl_rate(const RateConstants& k);

/// (1+δ/2) ε, as a mutant may have it.
Enclosure rate_bound(const RateConstants& k, const Enclosure& delta, const Enclosure& epsilon);

/// The statement for serial SGD.
Statement serial(Statement statement);

/// Huber's loss |w| − τ/2 beyond τ, n = 1: the rates of convex and of smooth functions are tight on
/// its slope.
std::string huber_witness(const std::string& tau, const std::string& start, const std::string& step,
                          int batch, int iterations);
/// n = 1, ½(x² + βy²) from (0, 1): a batch as large as the steep direction just bears.
std::string valley_witness(const std::string& beta, const std::string& step, int batch,
                           int iterations);
/// n = 1, f(w) = w on [0, ∞) in the shape of a box, γ = B = 1.
std::string slope_witness(const std::string& start, int iterations);
/// w and −w/2 on [0, ∞) in the shape of a box, γ = B = 1: a random walk with a small drift to the
/// minimiser, reflected there.
std::string reflected_walk_witness(const std::string& start, int iterations);
/// n = 1, w²/2.
std::string parabola_witness(const std::string& start, const std::string& step, int iterations,
                             int batch = 1);

}  // namespace graddiv
