#include "expectation/moments.h"

#include <algorithm>
#include <map>
#include <type_traits>
#include <utility>

#include "expectation/affine_gradients.h"
#include "expectation/exact_recursion.h"
#include "expectation/linear_form.h"
#include "expectation/moment_growth.h"
#include "number/evidence.h"
#include "number/exact.h"

namespace graddiv::moments {
namespace {

using Term = LinearForm::Term;

const Enclosure& enclosed(const Enclosure& x) { return x; }
Enclosure enclosed(const Rational& x) { return enclose(x); }
Enclosure enclosed(const Interval& x) { return enclose(x); }

bool all_exact(const Vector<Enclosure>& v) {
  return std::ranges::all_of(v, [](const Enclosure& x) { return x.is_exact(); });
}

/// A quantity as a function of the second moments of z = (w, 1) or (w, 1, u).
class Measured {
 public:
  Measured(Quantity q, const Problem& problem, const AffineGradients& gradients,
           const Triangle& triangle, const Reference& reference)
      : d_(problem.dimension()), s_(gradients.constant_scale()), triangle_(triangle) {
    switch (q) {
      case Quantity::distance:
        set_distance(*reference.minimizer);
        break;
      case Quantity::suboptimality:
        set_suboptimality(*quadratic_objective(problem), *reference.optimum);
        break;
      case Quantity::average_suboptimality:
        set_average(*quadratic_objective(problem), *reference.optimum);
        break;
      case Quantity::gradient_norm:
        set_form(quadratic_terms(gradients.square_of_mean(), 0));
        break;
      case Quantity::second_moment:
        set_form(quadratic_terms(gradients.mean_of_squares(), 0));
        break;
      case Quantity::mechanism_variance:
        set_mechanism_variance(gradients);
        break;
    }
  }

  template <class Recursion>
  Enclosure at(int k, const Recursion& moments) const {
    Enclosure value = enclosed(form_->at(k, moments));
    for (int j = 0; j < minimizer_.size(); ++j) {  // ‖w*‖² − 2⟨w*, E w⟩
      const Enclosure& x = minimizer_[j];
      value +=
          square(x) - 2 * x * enclosed(coordinates_[static_cast<std::size_t>(j)].at(k, moments));
    }
    if (optimum_) value -= *optimum_;
    return value.resting_on(rests_on_);
  }

 private:
  // The last coordinate of (w, 1/s) is 1/s: what stands before E w is multiplied by s, and a
  // constant by s².
  Term with_w(int j, const Rational& coefficient, int power_of_k = 0) const {
    return {j, d_, coefficient * s_, power_of_k};
  }
  Term constant(const Rational& value, int power_of_k = 0) const {
    return {d_, d_, value * s_ * s_, power_of_k};
  }

  void set_form(const std::vector<Term>& terms) { form_.emplace(terms, triangle_); }

  void set_distance(const Vector<Enclosure>& minimizer) {
    std::vector<Term> terms;
    for (int j = 0; j < d_; ++j) terms.push_back({j, j, 1});
    if (all_exact(minimizer)) {
      Rational square = 0;
      for (int j = 0; j < d_; ++j) {
        const Rational x = exact_value(minimizer[j], rests_on_);
        terms.push_back(with_w(j, -2 * x));
        square += x * x;
      }
      terms.push_back(constant(square));
    } else {
      minimizer_ = minimizer;
      for (int j = 0; j < d_; ++j)
        coordinates_.emplace_back(std::vector<Term>{with_w(j, 1)}, triangle_);
    }
    set_form(terms);
  }

  /// ½wᵀAw + bᵀw + c − F*.
  void set_suboptimality(const QuadraticFunction& F, const Enclosure& optimum) {
    std::vector<Term> terms = quadratic_terms(F.A.dense(), 0, Rational(1, 2));
    for (int j = 0; j < d_; ++j) terms.push_back(with_w(j, F.b[j]));
    terms.push_back(constant(F.c - exact_part(optimum)));
    set_form(terms);
  }

  /// The same at w = u/k: (½uᵀAu + k bᵀu + k²(c − F*)) / k².
  void set_average(const QuadraticFunction& F, const Enclosure& optimum) {
    std::vector<Term> terms = quadratic_terms(F.A.dense(), d_ + 1, Rational(1, 2));
    for (int j = 0; j < d_; ++j) terms.push_back(with_w(d_ + 1 + j, F.b[j], 1));
    terms.push_back(constant(F.c - exact_part(optimum), 2));
    form_.emplace(terms, triangle_, LinearForm::Divide::by_square_of_k);
  }

  /// tr(v G + c I).
  void set_mechanism_variance(const AffineGradients& gradients) {
    const auto& [of_square, of_one] = gradients.coordinate_variance();
    std::vector<Term> terms = quadratic_terms(gradients.mean_of_squares(), 0, of_square);
    terms.push_back(constant(of_one * d_));
    set_form(terms);
  }

  /// F* where it is exact and becomes part of the form; else 0, and F* is subtracted as an
  /// interval.
  Rational exact_part(const Enclosure& optimum) {
    if (optimum.is_exact()) return exact_value(optimum, rests_on_);
    optimum_ = optimum;
    return 0;
  }

  int d_;
  Rational s_;
  Triangle triangle_;
  Evidence rests_on_;  // what became a coefficient of the form
  std::optional<LinearForm> form_;
  Vector<Enclosure> minimizer_;  // where it is not exact
  std::vector<LinearForm> coordinates_;
  std::optional<Enclosure> optimum_;  // where it is not exact
};

template <class Recursion>
void follow(const Problem& problem, const Run& run, const Reference& reference,
            Trajectory& result) {
  const AffineGradients gradients(problem, run.mechanism);
  const bool track_sum = result.has(Quantity::average_suboptimality);
  Recursion recursion(gradients, track_sum, run.start);
  std::map<Quantity, Measured> measured;
  for (auto& [q, values] : result.values) {
    measured.try_emplace(q, q, problem, gradients, recursion.triangle(), reference);
    values.reserve(static_cast<std::size_t>(run.iterations) + 1);
  }
  for (int k = 0;; ++k) {
    for (auto& [q, values] : result.values) {
      if (k >= first_iteration(q)) values.push_back(measured.at(q).at(k, recursion));
    }
    if (k == run.iterations) return;
    if constexpr (std::is_same_v<Recursion, EnclosureRecursion>) {
      recursion.advance(run.gamma(k), run.batch(k));
    } else {
      recursion.advance(run.step(k), run.batch(k));
    }
  }
}

}  // namespace

std::optional<std::string> refusal(const Problem& problem, const Run& run) {
  if (problem.domain.is_bounded()) {
    return "the domain is a " + std::string(to_string(problem.domain.kind())) +
           ", and the recursion holds only without projection; use enumeration";
  }
  if (!problem.sum->facts().is_quadratic()) {
    return "the gradients of family '" + problem.sum->family() +
           "' are not affine; use enumeration";
  }
  if (run.full_batch) {
    return "the batch is full, and the recursion is one of draws; use enumeration, which follows "
           "the only path there is";
  }
  if (!run.mechanism.coordinate_variance()) {
    return "the covariance of the mechanism '" + run.mechanism.name() +
           "' is not a function of second moments; use enumeration";
  }
  if (run.has_irrational_steps() && problem.dimension() > EnclosureRecursion::largest_dimension) {
    return "the steps c/√k are irrational, and the recursion with such takes at most " +
           std::to_string(EnclosureRecursion::largest_dimension) + " dimensions; use enumeration";
  }
  return std::nullopt;
}

PredictedBits predicted_bits(const Problem& problem, const Run& run, bool track_sum) {
  const AffineGradients gradients(problem, run.mechanism);
  double bits = 0;
  for (const Rational& x : run.start) bits += 2.0 * static_cast<double>(bit_size(x));
  PredictedBits result;
  constexpr double bits_of_word = 64;
  const double of_step = bits_of_word * products_per_step(gradients, track_sum);
  std::map<std::pair<Rational, long>, double> known;  // bits a step, by step size and batch
  for (int k = 0; k < run.iterations; ++k) {
    const auto [entry, is_new] = known.try_emplace({run.step(k), run.batch(k)}, 0.0);
    if (is_new) entry->second = bits_per_step(gradients, track_sum, run.step(k), run.batch(k));
    bits += entry->second;
    result.of_all += 2 * bits;
    result.of_work += bits * (bits + of_step);
  }
  result.of_last = bits;
  return result;
}

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, Arithmetic arithmetic) {
  if (const auto reason = refusal(problem, run)) throw ExpectationError("moments: " + *reason);
  Trajectory result;
  result.engine = Engine::moments;
  result.arithmetic = arithmetic;
  result.iterations = run.iterations;
  for (const Quantity q : quantities) result.values[q];
  if (run.has_irrational_steps()) {
    if (arithmetic == Arithmetic::rational)
      throw ExpectationError(
          "moments: rational arithmetic cannot do steps c/√k, which are irrational; use interval "
          "or auto");
    follow<EnclosureRecursion>(problem, run, reference, result);
  } else if (arithmetic == Arithmetic::rational) {
    follow<ExactRecursion>(problem, run, reference, result);
  } else {
    follow<IntervalRecursion>(problem, run, reference, result);
  }
  return result;
}

}  // namespace graddiv::moments
