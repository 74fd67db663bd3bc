#pragma once

#include "instances/choices.h"
#include "instances/classes.h"

// How the instances of each class are made. A recipe takes the shape (n, d, and what kind of
// functions) from part 0 of its choices, and everything else from parts of their own: see `part`.
namespace graddiv {

using Recipe = Instance (*)(Choices);
Recipe recipe_of(InstanceClass id);

}  // namespace graddiv

namespace graddiv::recipes {

namespace part {
inline constexpr std::size_t spectrum = 1;
inline constexpr std::size_t start = 2;
inline constexpr std::size_t run = 3;
inline constexpr std::size_t domain = 4;
inline constexpr std::size_t mechanism = 20;
inline constexpr std::size_t function = 5;  ///< and 6, 7, …: one a function
}  // namespace part

/// The choices of function i.
inline Choices function(const Choices& choices, Eigen::Index i) {
  return choices.part(part::function + static_cast<std::size_t>(i));
}

/// Functions of x_iᵀw with targets y_i: X is n×d.
struct Rows {
  Matrix<Rational> X;
  Vector<Rational> y;
};

// Quadratic sums on R^d (quadratic_recipes.cpp).

/// F has the smallest eigenvalue λ and the largest eigenvalue β, both drawn; the f_i are alike, or
/// perturbed such that the perturbations cancel (some f_i are then indefinite), or have one
/// eigenvector each (rank one or zero).
/// 2γλB ≤ 1 and the horizon of `rate-strongly-convex` is reached on most draws.
Instance strongly_convex(Choices choices);
/// The same with what puts a mechanism into a run.
using Noise = Instance(Choices, Instance);
Instance strongly_convex_with_noise(Choices choices, Noise* noise);
/// The same with B = 1.
Instance strongly_convex_serial(Choices choices);
/// The same with n ≤ 2, d ≤ 2, B ≤ 3, for domains where every path counts.
Instance strongly_convex_of_few_paths(Choices choices);
/// Every f_i is convex; F may be singular, or zero.
Instance convex(Choices choices);
/// Some f_i are indefinite or of low rank, F is convex; mostly strongly so, with a run to the
/// horizon.
Instance indefinite_parts(Choices choices);
/// f_i with any symmetric matrices.
Instance any_quadratic(Choices choices);

// Functions of xᵀw (linear_recipes.cpp).

Instance rank_deficient(Choices choices);  ///< least squares with d > rank X
Instance least_squares(Choices choices);
Instance linear(Choices choices);
/// |x_iᵀw − y_i| and hinges, some with a third piece, some with a quadratic: convex, not smooth,
/// with subgradients chosen by the order of the pieces.
Instance maxima(Choices choices);
Instance generalized_linear(Choices choices);           ///< all losses
Instance generalized_linear_rational(Choices choices);  ///< squared, huber, geman-mcclure
Instance one_loss(Choices choices, Loss loss);
/// Least squares, linear functions and quadratics, each of which touches few coordinates.
Instance sparse(Choices choices);

// Linear functions with rows of a law (random_row_recipes.cpp).

/// Mostly n ≥ d for which d/18 > 1 and the stated probability is positive; else small ones.
Instance gaussian_rows(Choices choices);
/// Mostly nd/(n+d) > 26; else small ones.
Instance rademacher_rows(Choices choices);

// Runs to the horizon of a rate (rate_recipes.cpp), mini-batch and serial.

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

// Runs with a mechanism, fresh or shared (mechanism_recipes.cpp).

Instance dropout(Choices choices);
Instance langevin(Choices choices);
/// Mostly gradients of rational length, so that all probabilities are exact.
Instance quantization(Choices choices);

// Pairs of points and coupled runs (stability_recipes.cpp): steps at, below and now and then above
// the thresholds of the theorems.

/// Convex, smooth f_i on any domain: quadratics, least squares, Huber, linear.
Instance convex_steps(Choices choices);
/// Strongly convex quadratics on any domain.
Instance strongly_convex_steps(Choices choices);
/// Convex f_i with a neighbour: quadratics on a bounded W; linear, Huber and logistic also on R^d.
Instance stability_convex(Choices choices);
/// Strongly convex quadratics on a bounded W, with a neighbour.
Instance stability_strongly_convex(Choices choices);
/// Smooth f_i, convex or not, with a neighbour: quadratics, Huber, Geman–McClure, logistic.
Instance stability_smooth(Choices choices);
/// Few examples of equal probability, rational, and very few paths: every sample of them is listed.
Instance population(Choices choices);

// The problems of the lower bounds (worst_case_recipes.cpp).

/// lower-replicated with p = 2K from 0: any steps, of any sign, any batches, on R^d or a ball about
/// 0.
Instance replicated_blocks(Choices choices);
/// lower-fixed-step: steps at, beside and far from the largest stable one; a start of ones, on the
/// steep coordinates alone, or any.
Instance valley_blocks(Choices choices);
Instance unequal_valley_blocks(Choices choices);  ///< m no integer
/// lower-noise-floor: steps with ηB below, at and above 2.
Instance noise_floor(Choices choices);

// Mixtures (mixed_recipes.cpp).

/// Any rational family on a box or a ball that holds the start.
Instance bounded(Choices choices);
/// Any rational family on any domain, sometimes with a start outside of it, sometimes with a step
/// and a batch for each iteration.
Instance any_rational(Choices choices);

/// maxima() on R^d or a box.
Instance nonsmooth(Choices choices);

// Runs and domains (run_recipes.cpp).

/// 1 once in fourteen times, else 2, …, most: most instances are no corner.
long several(Choices& choices, long most);
/// A vector of Choices::rational(), zero once in ten times or so.
Vector<Rational> somewhere(Choices choices, Eigen::Index d);

/// The run cut down such that n^(B_0 + … + B_{K−1}) ≤ sequences.
Run shortened(Run run, int n, long sequences);
/// A run so short that its index sequences can be listed one by one:
/// n^(B_0 + … + B_{K−1}) ≤ sequences.
Run short_run(Choices choices, int n, Vector<Rational> start, long sequences = 4096);
/// The same with a step and a batch for each iteration, each perhaps constant after all.
Run varying_short_run(Choices choices, int n, Vector<Rational> start, long sequences = 4096);
/// What a run meets at its start, in doubles.
struct Outlook {
  double second_moment = 0;  ///< M²(w_0), or M_Q²(w_0)
  double gradient2 = 0;      ///< ‖∇F(w_0)‖²
  double one_plus_delta(long B) const;
};
Outlook outlook_from(const Problem& problem, const Run& run);

/// How much of the start's distance a rate aims at, at most and as drawn, such that a batch of this
/// 1 + δ gets nearer.
double largest_share(double one_plus_delta);
double share_of_start(Choices& choices, double one_plus_delta);

/// s = 2γλB ≤ 1 (or 2γμB) and iterations that reach the horizon of a linear rate, where these can
/// be afforded: K ≥ log(2D_0/ε)/s for ε = s · scale, mostly a share of D_0 = start_over_scale · scale
/// (or F(w_0) − F*); one iteration where they cannot. Some break s ≤ 1, or end before.
struct LinearRate {
  Rational s;
  long iterations;
};
LinearRate linear_rate(Choices& choices, double start_over_scale, double one_plus_delta,
                       long most_iterations);
/// A box or a ball that holds w; one with a single point at the corner.
Domain box_around(Choices choices, const Vector<Rational>& w);
Domain ball_around(Choices choices, const Vector<Rational>& w);

/// Q with QᵀQ = I exactly: a product of up to two reflections I − 2vvᵀ/vᵀv.
Matrix<Rational> orthogonal(Choices choices, int d);
/// Q diag(eigenvalues) Qᵀ.
Matrix<Rational> with_eigenvalues(const Matrix<Rational>& Q, const Vector<Rational>& eigenvalues);

}  // namespace graddiv::recipes
