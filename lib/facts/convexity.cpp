#include "facts/convexity.h"

#include "facts/curvature.h"
#include "facts/large.h"
#include "facts/semidefinite.h"
#include "facts/verify.h"
#include "number/exact.h"

namespace graddiv::convexity {

using proof::Bracket, proof::DualityGap, proof::KktPoint, proof::Nearness, proof::Semidefinite;
using Inequality = Semidefinite::Inequality;

// A quadratic F on the ball {‖v − c‖ ≤ R} is least at a w on its sphere with ∇F(w) = −ν(w − c), ν ≥
// 0, where F + (ν/2)‖· − c‖² is convex: w is a minimiser of this, and what was added is largest
// there.
std::optional<Rational> asked_by(const Problem& problem, const KktPoint& proof) {
  if (proof.found == KktPoint::Found::faces) return std::nullopt;
  const bool on_sphere = proof.found == KktPoint::Found::sphere &&
                         problem.domain.kind() == Domain::Kind::ball &&
                         proof.multipliers.size() == 1 && proof.multipliers(0).is_exact();
  if (!on_sphere || !problem.sum->facts().is_quadratic()) return Rational(0);
  return Rational(-exact_value(proof.multipliers(0)));
}

std::optional<Rational> asked_by(const Problem& problem, const Bracket& proof) {
  if (proof.of == Bracket::Of::derivative || curvature::is_certainly_convex(problem))
    return Rational(0);
  return Rational(-proof.lower);
}

std::optional<Rational> asked_by(const Problem&, const Nearness& proof) {
  switch (proof.rule) {
    case Nearness::Rule::strong_convexity:
      return proof.lambda;
    case Nearness::Rule::sphere_multiplier:
    case Nearness::Rule::strong_convexity_about_point:
      return Rational(0);
    case Nearness::Rule::weights_of_pieces:
      break;
  }
  return std::nullopt;
}

std::optional<Rational> asked_by(const Problem&, const DualityGap& proof) {
  switch (proof.rule) {
    case DualityGap::Rule::frank_wolfe:
      return Rational(0);
    case DualityGap::Rule::strong_convexity:
      if (proof.near == nullptr) return proof.lambda;
      break;  // near w only
    case DualityGap::Rule::sphere_multiplier:
    case DualityGap::Rule::convex_minorant:
      return Rational(-proof.lambda);
    case DualityGap::Rule::lower_bounds:
    case DualityGap::Rule::weights_of_pieces:
      break;
  }
  return std::nullopt;
}

Semidefinite claim(const Problem& problem, const Rational& t) {
  return {problem.sum->facts().is_quadratic() ? Inequality::hessian : Inequality::curvature_bounds,
          t};
}

namespace {

/// ∇²F ⪰ tI on W, which is bounded: found anew.
bool holds_on_W(const Problem& problem, const Rational& t) {
  if (!problem.domain.is_bounded()) return false;
  const auto lambda = Facts(problem).strong_convexity_on_W().value;
  return lambda && *lambda >= t;
}

}  // namespace

bool is_shown(const Problem& problem, const std::optional<Rational>& t,
              const proof::Convexity& proof) {
  if (!t) return true;
  if (large::is_large(problem))
    return *t > 0 ? large::is_strongly_convex(problem, *t) : large::is_convex(problem);
  if (proof == nullptr && *t == 0 && curvature::is_certainly_convex(problem)) return true;
  if (proof == nullptr && holds_on_W(problem, *t)) return true;
  if (proof == nullptr && *t == 0) return false;
  const Semidefinite asked = claim(problem, *t);
  if (proof && (proof->bound != asked.bound || proof->inequality != asked.inequality)) return false;
  const auto matrices = matrices_of(problem, asked);
  return !matrices.empty() &&
         verify::definiteness(matrices.front(), proof ? proof->factors : nullptr).semidefinite;
}

}  // namespace graddiv::convexity
