#include <numeric>
#include <utility>

#include "diversity/differential.h"
#include "facts/facts.h"
#include "instances/recipes/recipes.h"

// Instances of the theorems on pairs of points and on coupled runs: steps at and below the
// thresholds, few paths.
namespace graddiv::recipes {
namespace {

using Sum = std::shared_ptr<const FiniteSum>;

// A row of rational length: L is rational then, and the ties of tight instances can be decided.
Vector<Rational> row(Choices& choices, long d) {
  const Rational scale = choices.once_in(8) ? choices.rational() : choices.positive();
  if (d == 1) return Vector<Rational>::Constant(1, scale);
  Vector<Rational> direction(2);
  switch (choices.up_to(4)) {
    case 0:
      direction << 1, 0;
      break;
    case 1:
      direction << 0, 1;
      break;
    case 2:
      direction << Rational(3, 5), Rational(4, 5);
      break;
    case 3:
      direction << Rational(-4, 5), Rational(3, 5);
      break;
    default:
      direction << Rational(5, 13), Rational(-12, 13);
  }
  return scale * direction;
}

Rows rows_of_rational_length(Choices choices, long n, long d) {
  Rows rows{Matrix<Rational>(n, d), Vector<Rational>(n)};
  const bool alike = choices.once_in(4);
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    const Vector<Rational> x = row(own, d);
    const Rational y = own.rational();
    // Alike but for the last, the replacement: B̄_S = 1 then.
    const bool copy = alike && i > 0 && i + 1 < n;
    const Vector<Rational> chosen = copy ? Vector<Rational>(rows.X.row(0).transpose()) : x;
    rows.X.row(i) = chosen.transpose();
    rows.y(i) = copy ? rows.y(0) : y;
  }
  return rows;
}

enum class Sign { positive, not_negative, any };

Rational eigenvalue(Choices& choices, Sign sign) {
  if (sign == Sign::positive) return choices.positive();
  const Rational x = choices.rational();
  return sign == Sign::not_negative ? abs(x) : x;
}

// Quadratic functions with eigenvalues of the given sign; the last, a replacement, may have any.
Sum quadratics(Choices choices, long n, long d, Sign sign) {
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < n; ++i) {
    Choices own = function(choices, i);
    const Matrix<Rational> Q =
        d == 1 ? Matrix<Rational>::Identity(1, 1) : orthogonal(own, static_cast<int>(d));
    Vector<Rational> eigenvalues(d);
    const bool is_free = sign != Sign::any && i + 1 == n && n > 1 && own.once_in(4);
    for (long j = 0; j < d; ++j) eigenvalues(j) = eigenvalue(own, is_free ? Sign::any : sign);
    Vector<Rational> c = own.vector(d);
    terms.push_back({with_eigenvalues(Q, eigenvalues), std::move(c), own.rational()});
  }
  return quadratic_sum(std::move(terms));
}

Sum losses(Choices choices, long n, long d, Loss loss) {
  auto [X, y] = rows_of_rational_length(choices, n, d);
  const Rational tau = loss == Loss::huber ? choices.positive() : Rational(1);
  return graddiv::generalized_linear(X, y, loss, tau);
}

// 2/((β+λ)(1+δ̄)), with λ = 0 for functions that are convex only; absent where every step will do.
std::optional<Rational> largest_step(const Sum& sum, long B, bool strongly) {
  const Facts facts(Problem{sum});
  const auto beta = facts.component_smoothness().value;
  const auto lambda = facts.component_strong_convexity().value;
  if (!beta || (strongly && !lambda)) return std::nullopt;
  const Rational curvature = strongly ? Rational(*beta + *lambda) : *beta;
  if (curvature <= 0) return std::nullopt;
  const auto infimum = differential_infimum(*sum).value;
  const Rational delta = infimum ? Rational((B - 1) / *infimum) : Rational(0);
  return Rational(2 / (curvature * (1 + delta)));
}

// At the threshold, below it, and now and then above it.
Rational step_at(Choices& choices, const std::optional<Rational>& threshold) {
  if (!threshold) return choices.positive();
  const Rational share =
      choices.once_in(10)
          ? Rational(2)
          : choices.one_of<Rational>({1, Rational(1, 2), Rational(3, 4), Rational(1, 8)});
  const Rational step = *threshold * share;
  // Thresholds from irrational eigenvalues are long.
  return bit_size(step) > 40 ? simplest_between(step * 9 / 10, step) : step;
}

struct Limits {
  long sequences;
  long batch = 4;
  long iterations = 3;
};

Run few_paths(Choices choices, const Sum& sum, Vector<Rational> start, const Limits& limits,
              bool strongly, bool has_threshold = true) {
  const long B = several(choices, limits.batch);
  const long K = choices.between(1, limits.iterations);
  const Run run =
      shortened({std::move(start), {1}, {B}, static_cast<int>(K)}, sum->size(), limits.sequences);
  const auto threshold = has_threshold ? largest_step(sum, run.batch(0), strongly) : std::nullopt;
  Run result = run;
  result.steps = {step_at(choices, threshold)};
  if (!has_threshold) result.steps.front() /= choices.one_of<Rational>({1, 2, 4});
  return result;
}

Domain some_domain(Choices choices, const Vector<Rational>& start, bool may_be_ball) {
  if (may_be_ball && choices.once_in(2)) return ball_around(choices, start);
  return box_around(choices, start);
}

// The last function is the replacement of one of the others.
Instance with_neighbour(Choices choices, const Sum& all, const Domain& domain,
                        Vector<Rational> start,
                        Run (*run_of)(Choices, const Sum&, Vector<Rational>)) {
  const int n = all->size() - 1;
  std::vector<int> indices(static_cast<std::size_t>(n));
  std::iota(indices.begin(), indices.end(), 0);
  const Sum sum = select(all, indices);
  Instance result{{sum, domain}, run_of(choices.part(part::run), sum, std::move(start))};
  result.neighbour = Neighbour{static_cast<int>(choices.up_to(n - 1)), select(all, {n})};
  return result;
}

Vector<Rational> start_of(Choices choices, long d) {
  return somewhere(choices.part(part::start), d);
}

Run convex_run(Choices choices, const Sum& sum, Vector<Rational> start) {
  const bool is_slow = !sum->facts().is_rational;
  return few_paths(choices, sum, std::move(start), {.sequences = is_slow ? 27 : 600}, false);
}
Run strongly_convex_run(Choices choices, const Sum& sum, Vector<Rational> start) {
  return few_paths(choices, sum, std::move(start), {.sequences = 300}, true);
}
Run smooth_run(Choices choices, const Sum& sum, Vector<Rational> start) {
  // Every step multiplies the digits of Geman–McClure.
  const bool is_slow =
      !sum->facts().is_rational || !sum->facts(0).curvature.lower || !sum->facts().is_quadratic();
  return few_paths(choices, sum, std::move(start), {.sequences = is_slow ? 27 : 600}, false, false);
}

}  // namespace

Instance convex_steps(Choices choices) {
  const long d = choices.between(1, 2);
  const long n = several(choices, 4);
  const auto kind = choices.up_to(3);
  Sum sum;
  if (kind == 0) {
    sum = quadratics(choices, n, d, Sign::not_negative);
  } else if (kind == 1) {
    sum = losses(choices, n, d, Loss::huber);
  } else {
    auto [X, y] = rows_of_rational_length(choices, n, d);
    sum = kind == 2 ? graddiv::least_squares(X, y) : linear_sum(X, y);
  }
  Vector<Rational> start = start_of(choices, d);
  const Domain domain =
      choices.once_in(2) ? some_domain(choices.part(part::domain), start, true) : Domain::all();
  Run run = few_paths(choices.part(part::run), sum, std::move(start),
                      {.sequences = 1000, .batch = 5}, false);
  return {{sum, domain}, std::move(run)};
}

Instance strongly_convex_steps(Choices choices) {
  const long d = choices.between(1, 3);
  const long n = several(choices, 4);
  const Sum sum = quadratics(choices, n, d, Sign::positive);
  Vector<Rational> start = start_of(choices, d);
  const Domain domain =
      choices.once_in(2) ? some_domain(choices.part(part::domain), start, true) : Domain::all();
  Run run = few_paths(choices.part(part::run), sum, std::move(start),
                      {.sequences = 1000, .batch = 5}, true);
  return {{sum, domain}, std::move(run)};
}

Instance stability_convex(Choices choices) {
  const long n = several(choices, 3);
  const auto kind = choices.up_to(4);
  const bool has_bounded_slopes = kind >= 2;
  const long d = kind == 2 || kind == 3 ? choices.between(1, 2) : 1;
  Sum all;
  if (kind == 0) {
    all = quadratics(choices, n + 1, d, Sign::not_negative);
  } else if (kind == 2) {
    auto [X, y] = rows_of_rational_length(choices, n + 1, d);
    all = linear_sum(X, y);
  } else {
    all = losses(choices, n + 1, d,
                 kind == 1   ? Loss::squared
                 : kind == 3 ? Loss::huber
                             : Loss::logistic);
  }
  Vector<Rational> start = start_of(choices, d);
  const Domain domain = !has_bounded_slopes || choices.once_in(4)
                            ? some_domain(choices.part(part::domain), start, d == 1)
                            : Domain::all();
  return with_neighbour(choices, all, domain, std::move(start), convex_run);
}

Instance stability_strongly_convex(Choices choices) {
  const long d = choices.between(1, 2);
  const long n = several(choices, 3);
  const Sum all = quadratics(choices, n + 1, d, Sign::positive);
  Vector<Rational> start = start_of(choices, d);
  const Domain domain = some_domain(choices.part(part::domain), start, true);
  return with_neighbour(choices, all, domain, std::move(start), strongly_convex_run);
}

Instance stability_smooth(Choices choices) {
  const long n = several(choices, 3);
  const auto kind = choices.up_to(3);
  const long d = kind == 1 ? choices.between(1, 2) : 1;
  const Sum all = kind == 0 ? quadratics(choices, n + 1, d, Sign::any)
                            : losses(choices, n + 1, d,
                                     kind == 1   ? Loss::huber
                                     : kind == 2 ? Loss::geman_mcclure
                                                 : Loss::logistic);
  const bool has_bounded_slopes = kind == 1 || kind == 3;
  Vector<Rational> start = start_of(choices, d);
  const Domain domain = !has_bounded_slopes || choices.once_in(4)
                            ? some_domain(choices.part(part::domain), start, d == 1)
                            : Domain::all();
  return with_neighbour(choices, all, domain, std::move(start), smooth_run);
}

Instance population(Choices choices) {
  const long n = several(choices, 3);
  const auto kind = choices.up_to(3);
  Sum sum;
  if (kind == 0) {
    sum = quadratics(choices, n, 1, Sign::any);
  } else {
    auto [X, y] = rows_of_rational_length(choices, n, choices.between(1, 2));
    sum = kind == 1   ? linear_sum(X, y)
          : kind == 2 ? graddiv::least_squares(X, y)
                      : graddiv::generalized_linear(X, y, Loss::huber, choices.positive());
  }
  Vector<Rational> start = start_of(choices, sum->dimension());
  const Domain domain =
      choices.once_in(3) ? some_domain(choices.part(part::domain), start, false) : Domain::all();
  Run run = few_paths(choices.part(part::run), sum, std::move(start),
                      {.sequences = 81, .batch = 3, .iterations = 3}, false, false);
  return {{sum, domain}, std::move(run)};
}

}  // namespace graddiv::recipes
