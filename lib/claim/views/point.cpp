#include <algorithm>

#include "claim/mean_over_draws.h"
#include "claim/not_certified.h"
#include "claim/reference.h"
#include "claim/views/point_state.h"
#include "number/exact.h"
#include "sgd/step.h"

namespace graddiv {

GradientSums Point::State::sums_of_copies(int r) const {
  auto copies = graddiv::gradients(replicate(problem, r), w);
  return sum_gradients(has_exact_gradients ? exact_beside(std::move(copies)) : copies);
}

Point::Point(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const Place& Point::place() const { return state_->place; }
Enclosure Point::second_moment() const { return state_->sums.second_moment(); }
Enclosure Point::gradient_norm2() const { return state_->sums.full_gradient_norm2(); }
Enclosure Point::objective() const { return graddiv::objective(state_->problem, state_->w); }
Enclosure Point::inverse_gradient_diversity() const {
  return state_->sums.inverse_gradient_diversity();
}
Enclosure Point::inverse_batch_size_bound() const {
  return state_->sums.inverse_batch_size_bound();
}

Enclosure Point::inverse_gradient_diversity_of_copies(int r) const {
  return state_->sums_of_copies(r).inverse_gradient_diversity();
}
Enclosure Point::inverse_batch_size_bound_of_copies(int r) const {
  return state_->sums_of_copies(r).inverse_batch_size_bound();
}

Truth Point::gradients_are_equal() const {
  Truth equal = Truth::yes;
  for (const auto& g : state_->gradients) {
    for (Eigen::Index j = 0; j < g.size(); ++j)
      equal = equal && (g[j] == state_->gradients.front()[j]);
  }
  return equal;
}

Point Point::from_minimizer() const {
  auto other = std::make_shared<State>(*state_);
  const Vector<Enclosure> minimizer = state_->minimizer();
  other->reference = [minimizer] { return minimizer; };
  return Point(std::move(other));
}

Point Point::with_exact_derivatives() const {
  const Matrix<Rational>* X = state_->problem.sum->facts().rows.get();
  if (X == nullptr) throw NotCertified("the functions are not generalized linear");
  auto exact = std::make_shared<State>(*state_);
  for (std::size_t i = 0; i < exact->gradients.size(); ++i) {
    Vector<Enclosure>& g = exact->gradients[i];
    if (is_exact(g)) continue;
    const Vector<Enclosure> x =
        enclose(Vector<Rational>(X->row(static_cast<Eigen::Index>(i)).transpose()));
    // ∇f_i = a_i x_i, so a_i = ⟨∇f_i, x_i⟩ / ‖x_i‖².
    g = x * exact_beside(g.dot(x) / x.squaredNorm()).as_surrogate();
    exact->place.is_surrogate = true;
  }
  exact->sums = sum_gradients(exact->gradients);
  return Point(std::move(exact));
}

Point Point::with_exact_gradients() const {
  if (std::ranges::all_of(state_->gradients, is_exact)) return *this;
  auto exact = std::make_shared<State>(*state_);
  exact->gradients = exact_beside(state_->gradients);
  exact->has_exact_gradients = true;
  exact->sums = sum_gradients(exact->gradients);
  exact->place.is_surrogate = true;
  return Point(std::move(exact));
}

Enclosure Point::distance() const {
  return Vector<Enclosure>(state_->w - state_->reference()).squaredNorm();
}

Enclosure Point::slope_towards_reference() const {
  return mean_of(state_->gradients).dot(state_->w - state_->reference());
}

Enclosure Point::expected_squared_sum(const Enclosure& B) const {
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<Drawn>& drawn) {
    Vector<Enclosure> sum = Vector<Enclosure>::Zero(state_->w.size());
    for (const auto& [i, count] : drawn) sum += draws.gradients()[i] * Enclosure(count);
    return sum.squaredNorm();
  });
}

Enclosure Point::expected_distance_after_step(const Enclosure& gamma, const Enclosure& B) const {
  const Vector<Enclosure> reference = state_->reference();
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<Drawn>& drawn) {
    const Vector<Enclosure> next =
        mini_batch_step(state_->problem.domain, state_->w, draws.gradients(), drawn, gamma);
    return Vector<Enclosure>(next - reference).squaredNorm();
  });
}

Enclosure Point::expected_change_of_objective(const Enclosure& gamma, const Enclosure& B) const {
  const Problem& problem = state_->problem;
  const Vector<Enclosure>& w = state_->w;
  const Vector<Enclosure> zero = Vector<Enclosure>::Zero(w.size());
  const enumeration::Draws draws(state_->gradients);
  return mean_over_draws(draws, B, [&](const std::vector<Drawn>& drawn) {
    // The step is known to more digits than the point it leads to.
    const Vector<Enclosure> step =
        mini_batch_step(Domain::all(), zero, draws.gradients(), drawn, gamma);
    return certainly_equal(step, zero) ? Enclosure(0) : change_of_objective(problem, w, step);
  });
}

bool Point::is_all_exact() const {
  return is_exact(state_->w) && std::ranges::all_of(state_->gradients, is_exact);
}

}  // namespace graddiv
