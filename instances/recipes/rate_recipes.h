#pragma once

#include "instances/recipes/parts.h"

// Runs to the horizon of a rate, mini-batch and serial.
namespace graddiv::recipes {

/// F convex, strongly or not, smooth or not, on R^d or a box: quadratics, Huber, logistic, linear,
/// absolute values and hinges.
Instance convex_runs(Choices choices);
Instance convex_serial(Choices choices);
/// F smooth, convex or not: quadratics with indefinite parts, Huber, Geman–McClure, sine, logistic.
Instance smooth_runs(Choices choices);
Instance smooth_serial(Choices choices);
/// F PL, mostly not strongly convex: rank-deficient least squares, singular quadratics, r² + 3 sin²
/// r.
Instance pl(Choices choices);
Instance pl_serial(Choices choices);

/// Such runs with a mechanism (rate_recipes.cpp).
Instance mechanism_strongly_convex(Choices choices);
Instance mechanism_convex(Choices choices);
Instance mechanism_smooth(Choices choices);
Instance mechanism_pl(Choices choices);

}  // namespace graddiv::recipes
