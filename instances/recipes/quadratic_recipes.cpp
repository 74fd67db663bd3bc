#include <algorithm>
#include <cmath>
#include <utility>

#include "instances/recipes/promises.h"
#include "instances/recipes/recipes.h"

namespace graddiv::recipes {
namespace {

using Terms = std::vector<QuadraticTerm>;

Matrix<Rational> symmetric(Choices& choices, int d) {
  Matrix<Rational> result(d, d);
  for (int i = 0; i < d; ++i) {
    for (int j = 0; j <= i; ++j) result(i, j) = result(j, i) = choices.integer();
  }
  return result;
}

// A sum of at most d squares ⟨u, w⟩², perhaps none.
Matrix<Rational> semidefinite(Choices& choices, int d) {
  Matrix<Rational> result = Matrix<Rational>::Zero(d, d);
  for (long rank = choices.up_to(d); rank > 0; --rank) {
    const Vector<Rational> u = choices.matrix(d, 1);
    result += u * u.transpose();
  }
  return result;
}

// n symmetric matrices whose sum is zero.
std::vector<Matrix<Rational>> cancelling(Choices choices, int n, int d) {
  Matrix<Rational> last = Matrix<Rational>::Zero(d, d);
  std::vector<Matrix<Rational>> result;
  for (int i = 0; i + 1 < n; ++i) {
    Choices own = function(choices, i);
    result.push_back(symmetric(own, d));
    last -= result.back();
  }
  result.push_back(last);
  return result;
}

// The minimiser of F = (1/n) Σ f_i, where the mean of the A_i is H = Q diag(eigenvalues) Qᵀ:
// H w* = (1/n) Σ A_i c_i.
Vector<Rational> minimizer(const Terms& terms, const Matrix<Rational>& Q,
                           const Vector<Rational>& eigenvalues) {
  Vector<Rational> right = Vector<Rational>::Zero(Q.rows());
  for (const QuadraticTerm& term : terms) right += term.A * term.c;
  const Vector<Rational> inverse = eigenvalues.cwiseInverse();
  return with_eigenvalues(Q, inverse) * right / Rational(terms.size());
}

// λ first, λκ last.
Vector<Rational> spectrum(Choices choices, int d, const Rational& largest_kappa = 100) {
  const Rational lambda = choices.positive();
  const Rational kappa =
      std::min(choices.one_of<Rational>({1, 2, Rational(3, 2), 4, 10, 100}), largest_kappa);
  Vector<Rational> result = Vector<Rational>::Constant(d, lambda);
  if (d == 3 && choices.once_in(2)) result(1) = lambda * (1 + kappa) / 2;
  if (d > 1) result(d - 1) = lambda * kappa;
  return result;
}

enum class Parts { alike, perturbed, one_eigenvector_each };

Terms strongly_convex_terms(Choices& shape, int n, const Matrix<Rational>& Q,
                            const Vector<Rational>& eigenvalues) {
  const int d = static_cast<int>(Q.rows());
  const Matrix<Rational> H = with_eigenvalues(Q, eigenvalues);
  const auto parts = shape.one_of({Parts::alike, Parts::perturbed, Parts::one_eigenvector_each});
  const bool one_centre = shape.once_in(4);
  const bool equal = shape.once_in(8);

  std::vector<Matrix<Rational>> A(static_cast<std::size_t>(n), H);
  if (parts == Parts::perturbed && !equal) {
    const auto perturbations = cancelling(shape, n, d);
    for (std::size_t i = 0; i < A.size(); ++i) A[i] += perturbations[i];
  }
  if (parts == Parts::one_eigenvector_each && !equal) {
    // Eigenvector j belongs to function j mod n alone, n times as strong.
    for (int i = 0; i < n; ++i) {
      Vector<Rational> own = Vector<Rational>::Zero(d);
      for (int j = i; j < d; j += n) own(j) = eigenvalues(j) * n;
      A[static_cast<std::size_t>(i)] = with_eigenvalues(Q, own);
    }
  }
  Terms terms;
  for (int i = 0; i < n; ++i) {
    Choices own = function(shape, one_centre || equal ? 0 : i);
    if (i == 0 || !(one_centre || equal)) {
      Vector<Rational> c = own.vector(d);
      terms.push_back({A[static_cast<std::size_t>(i)], std::move(c), own.rational()});
    } else {
      terms.push_back({A[static_cast<std::size_t>(i)], terms[0].c, terms[0].offset});
    }
  }
  return terms;
}

// At the minimiser, near it, or far from it.
Vector<Rational> start_from(const Vector<Rational>& w, Choices choices) {
  const Rational scale = choices.one_of<Rational>({1, 3, 10, 10, Rational(1, 8)});
  const Vector<Rational> direction = somewhere(choices, w.size());
  return w + scale * direction;
}

struct Largest {
  long n = 5;
  long d = 3;
  long batch = 8;
  Rational kappa = 100;
  long iterations = 150;
};

// With s = 2γλB ≤ 1, ε = γM²/λ = s M²/(2λ²B), and the horizon is T = KB ≥ log(2D_0/ε)/(2γλ).
Run run_to_the_horizon(Choices choices, const Problem& problem, const Rational& lambda,
                       const Vector<Rational>& minimizer, const Largest& largest,
                       Noise* noise = nullptr) {
  Instance at_start{problem, {start_from(minimizer, choices.part(part::start)), {1}, {1}, 1}};
  if (noise != nullptr) at_start = noise(choices, std::move(at_start));
  const Vector<Rational>& start = at_start.run.start;
  Choices own = choices.part(part::run);
  const long B = several(own, largest.batch);
  const Outlook outlook = outlook_from(problem, at_start.run);
  const double scale =
      outlook.second_moment / (2 * Rational(lambda * lambda * B).convert_to<double>());
  const double distance = Rational((start - minimizer).squaredNorm()).convert_to<double>();
  const double ratio = scale > 0 ? distance / scale : 0;
  const auto [s, K] = linear_rate(own, ratio, outlook.one_plus_delta(B), largest.iterations);
  return {start, {s / (2 * lambda * B)}, {B}, static_cast<int>(K), at_start.run.mechanism};
}

Instance strongly_convex_within(Choices choices, const Largest& largest, Noise* noise = nullptr) {
  const int d = static_cast<int>(choices.between(1, largest.d));
  const int n = static_cast<int>(several(choices, largest.n));
  const Matrix<Rational> Q = orthogonal(choices.part(part::spectrum), d);
  const Vector<Rational> eigenvalues = spectrum(choices.part(part::spectrum), d, largest.kappa);
  Terms terms = strongly_convex_terms(choices, n, Q, eigenvalues);
  const Vector<Rational> best = minimizer(terms, Q, eigenvalues);
  const Problem problem{quadratic_sum(std::move(terms)), Domain::all()};
  return {problem, run_to_the_horizon(choices, problem, eigenvalues(0), best, largest, noise)};
}

Instance with_short_run(Choices choices, Terms terms) {
  const int n = static_cast<int>(terms.size());
  const Eigen::Index d = terms.front().c.size();
  Run run = short_run(choices.part(part::run), n, somewhere(choices.part(part::start), d));
  return {{quadratic_sum(std::move(terms)), Domain::all()}, std::move(run)};
}

}  // namespace

Matrix<Rational> orthogonal(Choices choices, int d) {
  Matrix<Rational> Q = Matrix<Rational>::Identity(d, d);
  for (long reflections = choices.up_to(2); reflections > 0; --reflections) {
    const Vector<Rational> v = choices.matrix(d, 1);
    const Rational norm2 = v.squaredNorm();
    if (norm2 == 0) continue;
    const Vector<Rational> image = Q * v * Rational(2 / norm2);
    Q -= image * v.transpose();
  }
  return Q;
}

Matrix<Rational> with_eigenvalues(const Matrix<Rational>& Q, const Vector<Rational>& eigenvalues) {
  const Matrix<Rational> scaled = Q * eigenvalues.asDiagonal();
  return scaled * Q.transpose();
}

Instance strongly_convex(Choices choices) { return strongly_convex_within(choices, {}); }
Instance strongly_convex_with_noise(Choices choices, Noise* noise) {
  return strongly_convex_within(choices, {}, noise);
}
Instance strongly_convex_serial(Choices choices) {
  return strongly_convex_within(choices, {.batch = 1});
}
Instance strongly_convex_of_few_paths(Choices choices) {
  return strongly_convex_within(choices,
                                {.n = 2, .d = 2, .batch = 3, .kappa = 2, .iterations = 10});
}

Instance convex(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 3));
  const int n = static_cast<int>(several(choices, 4));
  const bool equal = choices.once_in(8);
  Terms terms;
  for (int i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    Matrix<Rational> A = semidefinite(own, d);
    Vector<Rational> c = own.vector(d);
    terms.push_back({std::move(A), std::move(c), own.rational()});
  }
  if (equal) terms.assign(terms.size(), terms.front());
  return with_short_run(choices, std::move(terms));
}

namespace {

/// A common centre makes sure that F, singular perhaps, has a minimiser.
Instance indefinite_parts_about_one_centre(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 3));
  const int n = static_cast<int>(choices.between(2, 4));
  Choices mean = choices.part(part::spectrum);
  const Matrix<Rational> H = semidefinite(mean, d);
  const Vector<Rational> centre = mean.vector(d);
  Terms terms;
  for (const Matrix<Rational>& perturbation : cancelling(choices, n, d))
    terms.push_back({H + perturbation, centre, 0});
  return with_short_run(choices, std::move(terms));
}

Instance strongly_convex_of_indefinite_parts(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 3));
  const int n = static_cast<int>(choices.between(2, 4));
  const auto perturbations = cancelling(choices, n, d);
  Choices mean = choices.part(part::spectrum);
  const Matrix<Rational> Q = orthogonal(mean, d);
  const Vector<Rational> eigenvalues = spectrum(mean, d);
  const Matrix<Rational> H = with_eigenvalues(Q, eigenvalues);
  Terms terms;
  for (int i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    Vector<Rational> c = own.vector(d);
    terms.push_back({H + perturbations[static_cast<std::size_t>(i)], std::move(c), own.rational()});
  }
  const Vector<Rational> best = minimizer(terms, Q, eigenvalues);
  const Problem problem{quadratic_sum(std::move(terms)), Domain::all()};
  return {problem, run_to_the_horizon(choices, problem, eigenvalues(0), best, {.batch = 4})};
}

}  // namespace

Instance indefinite_parts(Choices choices) {
  if (choices.once_in(6)) return indefinite_parts_about_one_centre(choices);
  return promising(choices, Rate::strongly_convex,
                   [&] { return strongly_convex_of_indefinite_parts(choices); });
}

Instance any_quadratic(Choices choices) {
  const int d = static_cast<int>(choices.between(1, 3));
  const int n = static_cast<int>(several(choices, 4));
  Terms terms;
  for (int i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    Matrix<Rational> A = symmetric(own, d);
    Vector<Rational> c = own.vector(d);
    terms.push_back({std::move(A), std::move(c), own.rational()});
  }
  return with_short_run(choices, std::move(terms));
}

}  // namespace graddiv::recipes
