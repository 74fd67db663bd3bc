#include "expectation/expect.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "expectation/enumeration.h"
#include "expectation/moments.h"
#include "number/precision.h"

namespace graddiv {
namespace {

/// Moves the quantities whose reference is missing to `absent`, with the reason.
std::vector<Quantity> available(const std::vector<Quantity>& wanted, const Reference& reference,
                                std::map<Quantity, Text>& absent) {
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

/// The width that values of the quantity have from F* alone, whatever the precision.
double width_of_reference(Quantity q, const Reference& reference) {
  const bool from_optimum = q == Quantity::suboptimality || q == Quantity::average_suboptimality;
  if (!from_optimum || !reference.optimum) return 0;
  return reference.optimum->is_bounded() ? reference.optimum->width()
                                         : std::numeric_limits<double>::infinity();
}

/// Tells whether more precision is worth another attempt.
class Narrowing {
 public:
  Narrowing(const Reference& reference, double relative_width)
      : reference_(reference), relative_width_(relative_width) {}

  /// Whether every value of the latest attempt is as narrow as asked for, or as its reference, or
  /// no narrower than at half the precision.
  bool is_done(const Trajectory& t) {
    bool done = true;
    for (const auto& [q, values] : t.values) {
      const double of_reference = width_of_reference(q, reference_);
      if (std::isinf(of_reference)) continue;
      double scale = 0;
      for (const Enclosure& x : values) scale = std::max(scale, std::abs(x.approximate()));
      std::vector<double>& former = former_[q];
      former.resize(values.size(), std::numeric_limits<double>::infinity());
      for (std::size_t k = 0; k < values.size(); ++k) {
        const Enclosure& x = values[k];
        const double width = x.width();
        const bool got_narrower = std::isinf(width) || width < former[k] / 2;
        former[k] = width;
        if (!is_narrow(x, scale, of_reference) && got_narrower) done = false;
      }
    }
    return done;
  }

 private:
  /// An enclosure around 0 can never have a relative width, whatever the precision; it is measured
  /// against the largest value of its quantity.
  bool is_narrow(const Enclosure& x, double scale, double of_reference) const {
    if (!x.is_bounded()) return false;
    if (x.relative_width() <= relative_width_) return true;
    if (x.contains(Enclosure(0)) && x.width() <= relative_width_ * scale) return true;
    constexpr double negligible = 0x1p-10;
    return x.width() <= of_reference * (1 + negligible);
  }

  const Reference& reference_;
  double relative_width_;
  std::map<Quantity, std::vector<double>> former_;  // widths
};

/// Attempts at more and more bits, until more of them are not worth it.
template <class Compute>
Trajectory with_enough_precision(const ExpectationOptions& options, const Reference& reference,
                                 std::size_t exact_bits, const Compute& compute) {
  Narrowing narrowing(reference, options.relative_width);
  for (unsigned bits = options.precision;; bits *= 2) {
    const PrecisionScope scope(Precision{bits, exact_bits});
    Trajectory t = compute();
    if (bits * 2 > options.largest_precision || narrowing.is_done(t)) return t;
  }
}

/// The arithmetic asked for, around an engine that computes in Enclosures: exactly, or in intervals
/// of more and more bits until they are narrow.
template <class Compute>
Trajectory in_enclosures(const ExpectationOptions& options, const Reference& reference,
                         const Compute& compute) {
  if (options.arithmetic == Arithmetic::rational) {
    const PrecisionScope scope(Precision{options.precision, Precision::unlimited});
    Trajectory t = compute();
    if (!t.is_exact()) {
      throw ExpectationError(
          "rational arithmetic cannot do this instance: its values are irrational (a "
          "transcendental loss, a projection "
          "onto a ball, steps c/√k, or an irrational minimiser); use interval or auto");
    }
    t.arithmetic = Arithmetic::rational;
    return t;
  }
  Trajectory t = with_enough_precision(options, reference, options.exact_bits, compute);
  const bool exact = t.is_exact() && options.arithmetic == Arithmetic::automatic;
  t.arithmetic = exact ? Arithmetic::rational : Arithmetic::interval;
  return t;
}

Trajectory by_enumeration(const Problem& problem, const Run& run, const Reference& reference,
                          const std::vector<Quantity>& quantities,
                          const ExpectationOptions& options) {
  enumeration::Options how;
  how.largest_transitions = options.largest_transitions;
  how.as_intervals = options.arithmetic == Arithmetic::interval;
  if (options.arithmetic == Arithmetic::automatic) {
    how.exact_bits_of_iteration = options.exact_bits_of_iteration;
  }
  return in_enclosures(options, reference, [&] {
    return enumeration::expect(problem, run, reference, quantities, how);
  });
}

Trajectory by_moments(const Problem& problem, const Run& run, const Reference& reference,
                      const std::vector<Quantity>& quantities, const ExpectationOptions& options) {
  double bits_of_exact_values = 0;
  bool rational = options.arithmetic == Arithmetic::rational;
  if (options.arithmetic == Arithmetic::automatic && !run.has_irrational_steps()) {
    const bool track_sum =
        std::ranges::find(quantities, Quantity::average_suboptimality) != quantities.end();
    const auto bits = moments::predicted_bits(problem, run, track_sum);
    bits_of_exact_values = bits.of_all * static_cast<double>(quantities.size());
    rational =
        bits.of_last <= static_cast<double>(options.exact_bits) &&
        bits_of_exact_values <= options.exact_bits_of_values &&
        bits.of_work * static_cast<double>(quantities.size()) <= options.exact_work_of_values;
  }
  if (rational) return moments::expect(problem, run, reference, quantities, Arithmetic::rational);
  const std::size_t exact_bits = current_precision().exact_bits;
  Trajectory t = with_enough_precision(options, reference, exact_bits, [&] {
    return moments::expect(problem, run, reference, quantities, Arithmetic::interval);
  });
  t.bits_of_exact_values = bits_of_exact_values;
  return t;
}

}  // namespace

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const ExpectationOptions& options) {
  std::map<Quantity, Text> absent;
  const std::vector<Quantity> quantities = available(options.quantities, reference, absent);
  const std::optional<std::string> refusal = moments::refusal(problem, run);
  if (options.engine == Engine::moments && refusal) throw ExpectationError("moments: " + *refusal);
  const bool use_moments =
      options.engine == Engine::moments || (options.engine == Engine::automatic && !refusal);
  Trajectory t = use_moments ? by_moments(problem, run, reference, quantities, options)
                             : by_enumeration(problem, run, reference, quantities, options);
  t.absent = std::move(absent);
  return t;
}

}  // namespace graddiv
