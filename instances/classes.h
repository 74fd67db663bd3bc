#pragma once

#include <cstdint>
#include <string>
#include <vector>

// The registry of the classes of random instances: one line a class, with the recipe of the same
// name in instances/recipes/. All have small rational coefficients and are biased to the corners
// (n = 1, d = 1, B = 1, equal functions, zero gradients, λ = β, large κ, w_0 = w*).
#define GRADDIV_INSTANCE_CLASSES(X)                                                             \
  X(strongly_convex, "quadratic sums of given λ and β, run to the horizon of the rate")         \
  X(strongly_convex_serial, "the same with B = 1")                                              \
  X(convex, "sums of convex quadratics, F perhaps singular")                                    \
  X(rank_deficient, "least squares with d > rank X")                                            \
  X(indefinite_parts, "quadratic sums with indefinite parts and a convex F")                    \
  X(sparse, "functions of few coordinates each")                                                \
  X(generalized_linear, "generalized linear functions with all losses")                         \
  X(generalized_linear_rational, "generalized linear functions with rational losses")           \
  X(linear, "linear functions, often with Σ∇f_i = 0")                                           \
  X(gaussian_rows, "linear functions with Gaussian rows, mostly as many as glm-gaussian needs") \
  X(rademacher_rows,                                                                            \
    "linear functions with rows of signs, mostly as many as glm-rademacher needs")              \
  X(any_quadratic, "quadratic sums with any symmetric matrices")                                \
  X(convex_runs, "convex F of all families, run to the horizon of the rate")                    \
  X(convex_serial, "the same with B = 1")                                                       \
  X(smooth_runs, "smooth F, convex or not, run to the horizon of the rate")                     \
  X(smooth_serial, "the same with B = 1")                                                       \
  X(pl, "PL functions, mostly not strongly convex, run to the horizon of the rate")             \
  X(pl_serial, "the same with B = 1")                                                           \
  X(convex_steps, "convex functions of all families, a step at or below the threshold")         \
  X(strongly_convex_steps, "strongly convex quadratics, a step at or below the threshold")      \
  X(stability_convex, "convex functions with a neighbouring data set, few paths")               \
  X(stability_strongly_convex,                                                                  \
    "strongly convex quadratics with a neighbouring data set, few paths")                       \
  X(stability_smooth, "smooth functions with a neighbouring data set, few paths")               \
  X(population, "few examples, every sample of which is listed, and very few paths")            \
  X(bounded, "any rational family on a box or a ball that holds the start")                     \
  X(dropout, "runs with dropout")                                                               \
  X(langevin, "runs with Langevin noise")                                                       \
  X(quantization, "runs with quantization, mostly of gradients of rational length")             \
  X(mechanism_strongly_convex, "strongly-convex with dropout or Langevin noise")                \
  X(mechanism_convex, "convex functions with dropout or Langevin noise, run to the horizon")    \
  X(mechanism_smooth, "smooth functions with dropout or Langevin noise, run to the horizon")    \
  X(mechanism_pl, "PL functions with dropout or Langevin noise, run to the horizon")            \
  X(replicated_blocks,                                                                          \
    "lower-replicated from 0, any steps and batches, on R^d, a ball or a product of balls")     \
  X(valley_blocks, "lower-fixed-step with steps about the largest stable one")                  \
  X(unequal_valley_blocks, "lower-fixed-step with blocks of unequal shares: m no integer")      \
  X(noise_floor, "lower-noise-floor with stable and unstable steps")                            \
  X(nonsmooth, "absolute values, hinges and maxima of affine functions, on R^d or a box")       \
  X(any_rational, "any rational family, domain, steps and batches")

namespace graddiv {

struct Instance;

/// Declared in claim/theorem.h, so that a statement can name the classes it is tried on.
enum class InstanceClass : int {
#define GRADDIV_NAME(name, summary) name,
  GRADDIV_INSTANCE_CLASSES(GRADDIV_NAME)
#undef GRADDIV_NAME
};

const std::vector<InstanceClass>& instance_classes();
std::string to_string(InstanceClass id);   ///< "strongly-convex"
std::string summary_of(InstanceClass id);  ///< one line

/// The `number`-th random instance of a class, for a seed: the same on every machine, and
/// independent of all others drawn. Safe to call from several threads.
Instance draw(InstanceClass drawn_from, std::uint64_t seed, std::int64_t number);

}  // namespace graddiv
