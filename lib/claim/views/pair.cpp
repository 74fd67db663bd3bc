#include <algorithm>

#include "claim/effort.h"
#include "claim/mean_over_draws.h"
#include "claim/not_certified.h"
#include "claim/reference.h"
#include "claim/views/pair_state.h"
#include "diversity/diversity.h"
#include "number/exact.h"
#include "sgd/step.h"

namespace graddiv {
namespace {

/// Distinct exact points of W, the start (or the point of W nearest to it) first.
class Points {
 public:
  explicit Points(const Domain& domain) : domain_(domain) {}
  void add(Spot spot, const Vector<Enclosure>& w) {
    if (points_.size() >= effort::pairs.points) return;
    const Vector<Enclosure> inside = short_point_beside(domain_.project(w), domain_);
    const bool known = std::any_of(points_.begin(), points_.end(), [&](const NamedPoint& p) {
      return std::equal(p.w.begin(), p.w.end(), inside.begin(),
                        [](const auto& x, const auto& y) { return x.same_as(y); });
    });
    if (!known) points_.push_back({spot, inside});
  }
  const std::vector<NamedPoint>& all() const { return points_; }

 private:
  const Domain& domain_;
  std::vector<NamedPoint> points_;
};

}  // namespace

std::vector<NamedPoint> telling_points(const Problem& problem, const Run& run) {
  using enum Spot::Kind;
  const Domain& W = problem.domain;
  Points points(W);
  const Vector<Enclosure> w_0 = enclose(run.start);
  points.add({start}, w_0);
  if (W.kind() == Domain::Kind::box) {
    points.add({lower_corner}, enclose(W.lower()));
    points.add({upper_corner}, enclose(W.upper()));
  } else if (W.kind() == Domain::Kind::ball) {
    points.add({centre}, enclose(W.center()));
  } else if (W.kind() == Domain::Kind::product) {
    const Domain box = W.bounding_box();
    points.add({middle}, enclose(Vector<Rational>((box.lower() + box.upper()) / 2)));
  } else {
    points.add({origin}, Vector<Enclosure>::Constant(w_0.size(), Enclosure(0)));
  }
  for (int j = 0; j < w_0.size(); ++j) {
    Vector<Enclosure> next = w_0;
    next[j] += 1;
    points.add({start_plus, j + 1}, next);
    next[j] -= 2;
    points.add({start_minus, j + 1}, next);
  }
  if (run.iterations > 0) {
    const enumeration::Draws draws(problem, w_0);
    for (std::size_t i = 0; i < draws.gradients().size(); ++i) {
      const std::vector<Drawn> always_this{{i, run.batch(0)}};
      points.add({after_a_step, static_cast<int>(i) + 1},
                 mini_batch_step(W, w_0, draws.gradients(), always_this, run.gamma(0)));
    }
  }
  return points.all();
}

PointPair pair_of(const Problem& problem, NamedPoint first, NamedPoint second) {
  auto both = std::make_shared<PointPair::State>();
  both->problem = problem;
  both->differences = gradients(problem, first.w);
  const auto others = gradients(problem, second.w);
  for (std::size_t i = 0; i < others.size(); ++i) both->differences[i] -= others[i];
  both->place = Place::between(first.spot, second.spot);
  both->w = std::move(first.w);
  both->w_prime = std::move(second.w);
  return PointPair(std::move(both));
}

PointPair::PointPair(std::shared_ptr<const State> state) : state_(std::move(state)) {}

const Place& PointPair::place() const { return state_->place; }
Enclosure PointPair::squared_distance() const {
  return Vector<Enclosure>(state_->w - state_->w_prime).squaredNorm();
}
Enclosure PointPair::squared_gradient_difference() const {
  return sum_gradients(state_->differences).full_gradient_norm2();
}

Enclosure PointPair::inverse_batch_size_bound() const {
  return sum_gradients(state_->differences).inverse_batch_size_bound();
}

PointPair PointPair::with_exact_derivatives() const {
  const Matrix<Rational>* X = state_->problem.sum->facts().rows.get();
  if (X == nullptr) throw NotCertified("the functions are not generalized linear");
  if (inverse_batch_size_bound().is_exact()) return *this;
  auto exact = std::make_shared<State>(*state_);
  for (std::size_t i = 0; i < exact->differences.size(); ++i) {
    Vector<Enclosure>& difference = exact->differences[i];
    if (is_exact(difference)) continue;
    const Vector<Enclosure> x =
        enclose(Vector<Rational>(X->row(static_cast<Eigen::Index>(i)).transpose()));
    // Δ_i = a_i x_i, so a_i = ⟨Δ_i, x_i⟩ / ‖x_i‖².
    difference = x * exact_beside(difference.dot(x) / x.squaredNorm()).as_surrogate();
    exact->place.is_surrogate = true;
  }
  return PointPair(std::move(exact));
}

// The two steps are one walk in R^{2d}, whose gradients are those at w over those at w'.
Enclosure PointPair::expected_squared_distance_after_step(const Enclosure& gamma,
                                                          const Enclosure& B) const {
  const Problem& problem = state_->problem;
  const Vector<Enclosure>& w = state_->w;
  const Vector<Enclosure>& w_prime = state_->w_prime;
  const Eigen::Index d = w.size();
  auto both = gradients(problem, w);
  const auto others = gradients(problem, w_prime);
  for (std::size_t i = 0; i < both.size(); ++i) {
    Vector<Enclosure> pair(2 * d);
    pair << both[i], others[i];
    both[i] = pair;
  }
  const enumeration::Draws draws(std::move(both));
  Vector<Enclosure> from(2 * d);
  from << w, w_prime;
  return mean_over_draws(draws, B, [&](const std::vector<Drawn>& drawn) {
    const Vector<Enclosure> to =
        mini_batch_step(Domain::all(), from, draws.gradients(), drawn, gamma);
    // One point has one projection, also where that is irrational and its enclosures tell nothing.
    if (certainly_equal(to.head(d), to.tail(d))) return Enclosure(0);
    const Vector<Enclosure> first = problem.domain.project(Vector<Enclosure>(to.head(d)));
    const Vector<Enclosure> second = problem.domain.project(Vector<Enclosure>(to.tail(d)));
    return Enclosure(Vector<Enclosure>(first - second).squaredNorm());
  });
}

bool PointPair::is_all_exact() const {
  return is_exact(state_->w) && is_exact(state_->w_prime) &&
         std::ranges::all_of(state_->differences, is_exact);
}

}  // namespace graddiv
