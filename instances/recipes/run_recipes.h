#pragma once

#include "instances/recipes/parts.h"

// What recipes share: runs and domains.
namespace graddiv::recipes {

/// 1 once in 24 times, else 2, …, most: most instances are no corner.
long several(Choices& choices, long most);
/// A vector of Choices::rational(), zero once in twenty times or so.
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
/// be afforded: K ≥ log(2D_0/ε)/s for ε = s · scale, mostly a share of D_0 = start_over_scale ·
/// scale (or F(w_0) − F*); one iteration where they cannot. Some break s ≤ 1, or end before.
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
