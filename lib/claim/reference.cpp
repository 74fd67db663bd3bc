#include "claim/reference.h"

#include <algorithm>

#include "claim/effort.h"
#include "claim/not_certified.h"
#include "facts/facts.h"
#include "number/evidence.h"
#include "number/exact.h"

namespace graddiv {

bool is_exact(const Vector<Enclosure>& w) {
  return std::all_of(w.begin(), w.end(), [](const Enclosure& x) { return x.is_exact(); });
}

bool certainly_equal(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](const Enclosure& x, const Enclosure& y) { return (x == y) == Truth::yes; });
}

Enclosure exact_beside(const Enclosure& x) {
  constexpr int bits = 64;
  if (!x.is_bounded()) throw NotCertified("an enclosure without bounds has no number beside it");
  Evidence rests_on;
  const Rational middle = (lower_end(x, rests_on) + upper_end(x, rests_on)) / 2;
  // Logistic losses have derivatives like e^{−2000}: what stands in for them need not be as small.
  static const Rational least(1, Integer(1) << 1000U);
  const bool is_tiny = middle != 0 && abs(middle) < least;
  const Rational beside = !is_tiny     ? round_to_bits(middle, bits)
                          : middle > 0 ? least
                                       : Rational(-least);
  return enclose(beside).resting_on(rests_on);
}

namespace {

Vector<Enclosure> all_exact_beside(const Vector<Enclosure>& x) {
  return x.unaryExpr([](const Enclosure& entry) { return exact_beside(entry); });
}

/// An exact point of W near to an exact one.
Vector<Enclosure> exact_point_near(const Vector<Enclosure>& guess, const Domain& W) {
  if (W.kind() == Domain::Kind::product) {
    return by_factors(W, guess, [](const Domain& factor, const Vector<Enclosure>& part) {
      return exact_point_near(part, factor);
    });
  }
  if (W.kind() != Domain::Kind::ball) return W.project(guess);
  // Towards the centre until it certainly lies inside.
  const Vector<Enclosure> center = enclose(W.center());
  Enclosure share = Enclosure(1) / 1'000'000'000'000;
  Vector<Enclosure> inside = guess;
  while (W.contains(inside) != Truth::yes) {
    inside = guess + (center - guess) * share;
    share = min(2 * share, 1);
  }
  return inside;
}

}  // namespace

Vector<Enclosure> exact_beside(const Vector<Enclosure>& w, const Domain& domain) {
  if (is_exact(w)) return w;
  return exact_point_near(all_exact_beside(w), domain);
}

Vector<Enclosure> reference_point(const Facts& facts, const Vector<Rational>& start) {
  const Problem& problem = facts.problem();
  const auto& minimizer = facts.minimizer().value;
  if (minimizer) return exact_beside(*minimizer, problem.domain);
  const Vector<Enclosure> beside = enclose(start).array() + Enclosure(1);
  return exact_beside(problem.domain.project(beside), problem.domain);
}

Vector<Enclosure> short_point_beside(const Vector<Enclosure>& w, const Domain& domain) {
  if (std::ranges::all_of(w, effort::is_short)) return w;
  const auto beside = [](const Enclosure& x) { return effort::is_short(x) ? x : exact_beside(x); };
  return exact_point_near(w.unaryExpr(beside), domain);
}

std::vector<Vector<Enclosure>> exact_beside(std::vector<Vector<Enclosure>> gradients) {
  for (Vector<Enclosure>& g : gradients) {
    if (!is_exact(g)) g = as_surrogates(all_exact_beside(g));
  }
  return gradients;
}

Vector<Enclosure> as_surrogates(const Vector<Enclosure>& x) {
  return x.unaryExpr([](const Enclosure& entry) { return entry.as_surrogate(); });
}

Vector<Enclosure> mean_of(const std::vector<Vector<Enclosure>>& gradients) {
  Vector<Enclosure> sum = gradients.front();
  for (std::size_t i = 1; i < gradients.size(); ++i) sum += gradients[i];
  return sum / Enclosure(static_cast<long>(gradients.size()));
}

}  // namespace graddiv
