#include "constructions/catalogue.h"
#include "instances/recipes/recipes.h"
#include "number/exact.h"

// The problems of the lower bounds (theory D), with any parameters and any runs that can be listed.
namespace graddiv::recipes {
namespace {

struct Shape {
  long m;  // blocks
  long r;  // copies
};

Shape any_shape(Choices& choices) {
  return choices.one_of<Shape>({{1, 1}, {1, 2}, {2, 1}, {3, 1}, {2, 2}, {3, 2}});
}

// A step of any sign, near the scale 1/(aB) of the block or far from it.
Rational any_step(Choices& choices, const Rational& scale) {
  const Rational near = scale * choices.one_of<Rational>({1, {1, 2}, {1, 3}, 2, -1, {3, 2}});
  switch (choices.up_to(3)) {
    case 0:
      return near;
    case 1:
      return scale * choices.rational();
    case 2:
      return 100 * near;
    default:
      return 0;
  }
}

// W about 0: as small as w* allows, the radius G/a of the theory, or larger than every step.
Domain ball_for(Choices choices, long m, long p, const Rational& radius) {
  const Vector<Rational> origin = Vector<Rational>::Zero(m * p);
  // ‖w*‖² = (m/p) radius² ≤ m radius²
  const Rational chosen = choices.one_of<Rational>({radius, radius * m, radius / 2, radius * 1000});
  const Domain ball_of_a_block = Domain::ball(origin.head(p), chosen);
  return choices.once_in(2) ? Domain::product(std::vector<Domain>(m, ball_of_a_block))
                            : Domain::ball(origin, chosen);
}

}  // namespace

// The law of a run has at most 2^(number of draws) points: for m = 1 a single one.
Instance replicated_blocks(Choices choices) {
  const auto [m, r] = any_shape(choices);
  const long K = choices.between(1, m == 1 ? 6 : 3);
  const Rational lambda = choices.positive();
  const Rational G = choices.positive();
  const Rational a = m * lambda;
  Choices own = choices.part(part::run);
  Run run{Vector<Rational>::Zero(m * 2 * K), {}, {}, static_cast<int>(K)};
  const bool resists = own.once_in(4);  // γ_k = 1/(aB(K+k)) attains the bound for m = 1
  const bool is_projected = own.once_in(3);
  // γab = 1 takes a block exactly to 0; from an irrational point of a sphere that cannot be told.
  const Rational aside = is_projected && !resists ? Rational(9, 10) : Rational(1);
  for (long k = 1; k <= K; ++k) {
    const long B = own.between(1, m == 1 ? 9 : 4);
    const Rational scale = 1 / (a * B);
    run.batches.push_back(B);
    run.steps.push_back(resists ? Rational(scale / (K + k))
                                : Rational(any_step(own, scale) * aside));
  }
  Problem problem =
      find_construction("lower-replicated")
          .problem({{"blocks", m}, {"copies", r}, {"iterations", K}, {"lambda", lambda}, {"G", G}});
  if (is_projected) problem.domain = ball_for(choices.part(part::domain), m, 2 * K, G / a);
  return {std::move(problem), std::move(run)};
}

namespace {

// m(1+δ) = B+m−1: steps at, beside and far from the largest stable one.
Instance on_valleys(Choices choices, const Rational& m, long r) {
  const Rational lambda = choices.positive();
  const Rational beta = lambda * choices.one_of<Rational>({1, {3, 2}, 10, 2, 1000});
  Problem problem =
      find_construction("lower-fixed-step")
          .problem({{"blocks", m}, {"copies", r}, {"lambda", lambda}, {"beta", beta}});
  Choices own = choices.part(part::run);
  const long B = own.between(1, 12);
  const Rational threshold = Rational(2) / (beta * (B + m - 1));
  const Rational step =
      threshold * own.one_of<Rational>({1, {1, 2}, {999, 1000}, {1001, 1000}, 2, {1, 10}});
  Vector<Rational> start = Vector<Rational>::Zero(problem.dimension());
  const auto kind = own.one_of({0, 1, 2});  // any, on the steep coordinates alone, ones
  for (long j = 0; j / 2 + 1 <= m; ++j) {
    if (kind == 0) start(j) = own.rational();
    if (kind == 1) start(j) = j % 2 == 0 ? Rational(0) : own.rational();
    if (kind == 2) start(j) = 1;
  }
  const auto K = static_cast<int>(own.between(1, 20));
  return {std::move(problem), {std::move(start), {step}, {B}, K}};
}

}  // namespace

Instance valley_blocks(Choices choices) {
  const auto [m, r] = any_shape(choices);
  return on_valleys(choices, m, r);
}

Instance unequal_valley_blocks(Choices choices) {
  const auto m = choices.one_of<Rational>({{3, 2}, {5, 2}, {4, 3}, {12, 5}, {101, 100}});
  return on_valleys(choices, m, 1);
}

Instance noise_floor(Choices choices) {
  const long copies = choices.between(1, 3);
  const Rational lambda = choices.positive();
  const Rational zeta = abs(choices.rational());
  Choices own = choices.part(part::run);
  const long B = own.between(1, 8);
  const Rational step = own.one_of<Rational>({1, {1, 2}, {1, 10}, {3, 2}, 2, 3}) / (lambda * B);
  const auto K = static_cast<int>(own.between(1, 20));
  return {find_construction("lower-noise-floor")
              .problem({{"copies", copies}, {"lambda", lambda}, {"zeta", zeta}}),
          {choices.part(part::start).vector(1), {step}, {B}, K}};
}

}  // namespace graddiv::recipes
