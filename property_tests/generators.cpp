#include "property_tests/generators.h"

#include <stdexcept>

#include "property_tests/recipes/recipes.h"

namespace graddiv {

const std::vector<InstanceClass>& instance_classes() {
  static const std::vector<InstanceClass> classes = {
      {"strongly-convex", "quadratic sums of given λ and β, run to the horizon of the rate",
       generator_of(recipes::strongly_convex)},
      {"strongly-convex-serial", "the same with B = 1",
       generator_of(recipes::strongly_convex_serial)},
      {"convex", "sums of convex quadratics, F perhaps singular", generator_of(recipes::convex)},
      {"rank-deficient", "least squares with d > rank X", generator_of(recipes::rank_deficient)},
      {"indefinite-parts", "quadratic sums with indefinite parts and a convex F",
       generator_of(recipes::indefinite_parts)},
      {"sparse", "functions of few coordinates each", generator_of(recipes::sparse)},
      {"generalized-linear", "generalized linear functions with all losses",
       generator_of(recipes::generalized_linear)},
      {"generalized-linear-rational", "generalized linear functions with rational losses",
       generator_of(recipes::generalized_linear_rational)},
      {"linear", "linear functions, often with Σ∇f_i = 0", generator_of(recipes::linear)},
      {"gaussian-rows", "linear functions with Gaussian rows, mostly as many as glm-gaussian needs",
       generator_of(recipes::gaussian_rows)},
      {"rademacher-rows",
       "linear functions with rows of signs, mostly as many as glm-rademacher needs",
       generator_of(recipes::rademacher_rows)},
      {"any-quadratic", "quadratic sums with any symmetric matrices",
       generator_of(recipes::any_quadratic)},
      {"convex-runs", "convex F of all families, run to the horizon of the rate",
       generator_of(recipes::convex_runs)},
      {"convex-serial", "the same with B = 1", generator_of(recipes::convex_serial)},
      {"smooth-runs", "smooth F, convex or not, run to the horizon of the rate",
       generator_of(recipes::smooth_runs)},
      {"smooth-serial", "the same with B = 1", generator_of(recipes::smooth_serial)},
      {"pl", "PL functions, mostly not strongly convex, run to the horizon of the rate",
       generator_of(recipes::pl)},
      {"pl-serial", "the same with B = 1", generator_of(recipes::pl_serial)},
      {"convex-steps", "convex functions of all families, a step at or below the threshold",
       generator_of(recipes::convex_steps)},
      {"strongly-convex-steps", "strongly convex quadratics, a step at or below the threshold",
       generator_of(recipes::strongly_convex_steps)},
      {"stability-convex", "convex functions with a neighbouring data set, few paths",
       generator_of(recipes::stability_convex)},
      {"stability-strongly-convex",
       "strongly convex quadratics with a neighbouring data set, few paths",
       generator_of(recipes::stability_strongly_convex)},
      {"stability-smooth", "smooth functions with a neighbouring data set, few paths",
       generator_of(recipes::stability_smooth)},
      {"population", "few examples, every sample of which is listed, and very few paths",
       generator_of(recipes::population)},
      {"bounded", "any rational family on a box or a ball that holds the start",
       generator_of(recipes::bounded)},
      {"dropout", "runs with dropout", generator_of(recipes::dropout)},
      {"langevin", "runs with Langevin noise", generator_of(recipes::langevin)},
      {"quantization", "runs with quantization, mostly of gradients of rational length",
       generator_of(recipes::quantization)},
      {"mechanism-strongly-convex", "strongly-convex with dropout or Langevin noise",
       generator_of(recipes::mechanism_strongly_convex)},
      {"mechanism-convex", "convex functions with dropout or Langevin noise, run to the horizon",
       generator_of(recipes::mechanism_convex)},
      {"mechanism-smooth", "smooth functions with dropout or Langevin noise, run to the horizon",
       generator_of(recipes::mechanism_smooth)},
      {"mechanism-pl", "PL functions with dropout or Langevin noise, run to the horizon",
       generator_of(recipes::mechanism_pl)},
      {"replicated-blocks",
       "lower-replicated from 0, any steps and batches, on R^d, a ball or a product of balls",
       generator_of(recipes::replicated_blocks)},
      {"valley-blocks", "lower-fixed-step with steps about the largest stable one",
       generator_of(recipes::valley_blocks)},
      {"unequal-valley-blocks", "lower-fixed-step with blocks of unequal shares: m no integer",
       generator_of(recipes::unequal_valley_blocks)},
      {"noise-floor", "lower-noise-floor with stable and unstable steps",
       generator_of(recipes::noise_floor)},
      {"nonsmooth", "absolute values, hinges and maxima of affine functions, on R^d or a box",
       generator_of(recipes::nonsmooth)},
      {"any-rational", "any rational family, domain, steps and batches",
       generator_of(recipes::any_rational)},
  };
  return classes;
}

const InstanceClass& find_instance_class(const std::string& name) {
  std::string known;
  for (const InstanceClass& candidate : instance_classes()) {
    if (candidate.name == name) return candidate;
    known += (known.empty() ? "" : ", ") + candidate.name;
  }
  throw std::out_of_range("no class of instances \"" + name + "\"; known: " + known);
}

void showValue(const Instance& instance, std::ostream& out) { out << to_text(instance); }

}  // namespace graddiv
