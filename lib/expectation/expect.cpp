#include "expectation/expect.h"

#include <algorithm>

#include "expectation/enumeration.h"
#include "expectation/mechanism_moments.h"
#include "expectation/moments.h"
#include "number/precision.h"

namespace graddiv {
namespace {

/// Moves the quantities whose reference is missing to `absent`, with the reason.
std::vector<Quantity> available(const std::vector<Quantity>& wanted, const Reference& reference,
                                std::map<Quantity, std::string>& absent) {
  std::vector<Quantity> result;
  for (const Quantity q : wanted) {
    const bool needs_minimizer = q == Quantity::distance;
    const bool needs_optimum = q == Quantity::suboptimality || q == Quantity::average_suboptimality;
    if (needs_minimizer && !reference.minimizer) {
      absent[q] = "no certified minimiser: " + reference.minimizer_reason;
    } else if (needs_optimum && !reference.optimum) {
      absent[q] = "no certified optimum: " + reference.optimum_reason;
    } else {
      result.push_back(q);
    }
  }
  return result;
}

/// Whether every value has the relative width asked for. An enclosure around 0 can never have one, whatever the precision;
/// it is measured against the largest value of its quantity.
bool is_narrow(const Trajectory& t, double relative_width) {
  for (const auto& [q, values] : t.values) {
    double scale = 0;
    for (const Enclosure& x : values) {
      if (!x.is_bounded()) return false;
      scale = std::max(scale, std::abs(x.approximate()));
    }
    for (const Enclosure& x : values) {
      if (x.relative_width() <= relative_width) continue;
      if (!(x.contains(Enclosure(0)) && x.width() <= relative_width * scale)) return false;
    }
  }
  return true;
}

/// The arithmetic asked for, around an engine that computes in Enclosures: exactly, or in intervals of more and more bits until
/// they are narrow.
template <class Compute>
Trajectory in_enclosures(const ExpectationOptions& options, const Compute& compute) {
  if (options.arithmetic == Arithmetic::rational) {
    const PrecisionScope scope(Precision{options.precision, Precision::unlimited});
    Trajectory t = compute();
    if (!t.is_exact()) {
      throw ExpectationError(
          "rational arithmetic cannot do this instance: its values are irrational (a "
          "transcendental loss, a projection "
          "onto a ball, or an irrational minimiser); use interval or auto");
    }
    t.arithmetic = Arithmetic::rational;
    return t;
  }
  for (unsigned bits = options.precision;; bits *= 2) {
    const PrecisionScope scope(Precision{bits, options.exact_bits});
    Trajectory t = compute();
    if (bits * 2 > options.largest_precision || is_narrow(t, options.relative_width)) {
      const bool exact = t.is_exact() && options.arithmetic == Arithmetic::automatic;
      t.arithmetic = exact ? Arithmetic::rational : Arithmetic::interval;
      return t;
    }
  }
}

Trajectory by_enumeration(const Problem& problem, const Run& run, const Reference& reference,
                          const std::vector<Quantity>& quantities,
                          const ExpectationOptions& options) {
  enumeration::Options how;
  how.largest_transitions = options.largest_transitions;
  how.as_intervals = options.arithmetic == Arithmetic::interval;
  return in_enclosures(
      options, [&] { return enumeration::expect(problem, run, reference, quantities, how); });
}

Trajectory by_moments(const Problem& problem, const Run& run, const Reference& reference,
                      const std::vector<Quantity>& quantities, const ExpectationOptions& options) {
  if (!run.mechanism.is_none()) {
    const bool as_intervals = options.arithmetic == Arithmetic::interval;
    return in_enclosures(options, [&] {
      return mechanism_moments::expect(problem, run, reference, quantities, as_intervals);
    });
  }
  const bool rational = options.arithmetic == Arithmetic::rational ||
                        (options.arithmetic == Arithmetic::automatic &&
                         moments::predicted_bits(problem, run) <= options.exact_bits);
  if (rational) return moments::expect(problem, run, reference, quantities, Arithmetic::rational);
  for (unsigned bits = options.precision;; bits *= 2) {
    const PrecisionScope scope(bits);
    Trajectory t = moments::expect(problem, run, reference, quantities, Arithmetic::interval);
    if (bits * 2 > options.largest_precision || is_narrow(t, options.relative_width)) return t;
  }
}

std::optional<std::string> refusal_of_moments(const Problem& problem, const Run& run) {
  if (!run.mechanism.is_none()) return mechanism_moments::refusal(problem, run);
  return moments::refusal(problem);
}

}  // namespace

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const ExpectationOptions& options) {
  std::map<Quantity, std::string> absent;
  const std::vector<Quantity> quantities = available(options.quantities, reference, absent);
  const std::optional<std::string> refusal = refusal_of_moments(problem, run);
  if (options.engine == Engine::moments && refusal) throw ExpectationError("moments: " + *refusal);
  const bool use_moments =
      options.engine == Engine::moments || (options.engine == Engine::automatic && !refusal);
  Trajectory t = use_moments ? by_moments(problem, run, reference, quantities, options)
                             : by_enumeration(problem, run, reference, quantities, options);
  t.absent = std::move(absent);
  return t;
}

}  // namespace graddiv
