#include "campaign/readable.h"

#include <algorithm>

#include "facts/facts.h"
#include "number/exact.h"

namespace graddiv {

namespace {

const Rational clear_gap(1, 5);  // the sides are as 5 to 4

}  // namespace

std::optional<Rational> gap_of(const Finding& finding) {
  std::optional<Rational> largest;
  for (const ConclusionFinding& f : finding.conclusions) {
    const Comparison& c = f.conclusion.comparison;
    const bool is_false = f.conclusion.applies == Truth::yes && f.holds == Truth::no;
    if (!is_false || !c.left.is_bounded() || !c.right.is_bounded()) continue;
    const Rational apart = std::max(Rational(lower_end(c.left) - upper_end(c.right)),
                                    Rational(lower_end(c.right) - upper_end(c.left)));
    Rational size = 0;
    for (const Enclosure* side : {&c.left, &c.right})
      size = std::max({size, Rational(abs(lower_end(*side))), Rational(abs(upper_end(*side)))});
    const Rational gap = size == 0 ? Rational(0) : Rational(std::max(apart, Rational(0)) / size);
    if (!largest || gap > *largest) largest = gap;
  }
  return largest;
}

Readable::Corners Readable::corners_of(const Instance& instance) {
  const bool is_idle = !instance.run.has_positive_steps();
  // Of what is too large for exact facts it takes too long to ask.
  if (instance.problem.sum->in_doubles() != nullptr) return {.has_idle_step = is_idle};
  const Facts facts(instance.problem);
  const auto& beta = facts.smoothness().value;
  const auto& lambda = facts.strong_convexity().value;
  const auto& optimum = facts.minimizer().value;
  bool is_optimal = optimum.has_value();
  for (Eigen::Index j = 0; is_optimal && j < optimum->size(); ++j)
    is_optimal = (optimum->coeff(j) == enclose(instance.run.start(j))).truth() == Truth::yes;
  return {.has_idle_step = is_idle,
          .has_no_curvature = beta && *beta == 0,
          .starts_at_optimum = is_optimal,
          .is_round = instance.problem.dimension() > 1 && beta && lambda && *beta == *lambda};
}

Readable::Readable(const Instance& instance, const Finding& finding)
    : corners_(corners_of(instance)) {
  if (const auto gap = gap_of(finding)) gap_ = std::min(*gap, clear_gap);
}

bool Readable::allows(const Instance& smaller, const Finding& finding) const {
  const auto gap = gap_of(finding);
  if (gap_ && (!gap || *gap < *gap_)) return false;
  const Corners corners = corners_of(smaller);
  return (!corners.has_idle_step || corners_.has_idle_step) &&
         (!corners.has_no_curvature || corners_.has_no_curvature) &&
         (!corners.starts_at_optimum || corners_.starts_at_optimum) &&
         (!corners.is_round || corners_.is_round);
}

}  // namespace graddiv
