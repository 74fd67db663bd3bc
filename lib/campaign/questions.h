#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <vector>

#include "campaign/tightness.h"
#include "number/precision.h"

// Private to the search for sharp instances.
namespace graddiv {

inline double approximate_ratio(const Attained& a) { return a.ratio.lower().approximate(); }

/// A statement that is asked about many instances.
class Questions {
 public:
  Questions(const Statement& statement, const SearchOptions& options)
      : statement_(statement),
        options_(options.check),
        is_over_(options.is_over),
        until_refuted_(options.until_refuted) {}

  /// A guess: one try at low precision, with long rationals replaced by intervals. Whatever it says
  /// is certified again before it counts, so all it needs is to be cheap; and it is still an
  /// enclosure, so that it points to nothing that is not there.
  std::vector<Attained> guess(const Instance& instance) {
    constexpr unsigned bits = 96;
    constexpr std::size_t exact_bits = 2048;
    const PrecisionScope scope(Precision{bits, exact_bits});
    return ask(instance, {bits, bits});
  }

  /// The ratio in this regime, 0 where there is none: a landscape with cliffs, hence no
  /// derivatives.
  double guess(const Instance& instance, Regime regime) {
    for (const Attained& a : guess(instance)) {
      if (a.regime == regime) return approximate_ratio(a);
    }
    return 0;
  }

  std::optional<Sharpest> certify(const Instance& instance, Regime regime) {
    for (const Attained& a : ask(instance, options_)) {
      if (a.regime == regime) return Sharpest{instance, a};
    }
    return std::nullopt;
  }

  const std::optional<Instance>& counterexample() const { return counterexample_; }
  /// Questions were left without an answer, for which they take no time.
  bool was_cut_short() const { return was_cut_short_; }

 private:
  std::vector<Attained> ask(const Instance& instance, const CheckOptions& options) {
    was_cut_short_ = was_cut_short_ || (is_over_ && is_over_());
    if (was_cut_short_ || (until_refuted_ && counterexample_)) return {};
    try {
      const Finding finding = check(statement_, instance, options);
      const bool is_rigorous = finding.evidence != Evidence::statistical;
      if (finding.verdict == Verdict::refuted && is_rigorous && !counterexample_) {
        counterexample_ = instance;
      }
      return attained(finding);
    } catch (
        const std::exception&) {  // of what a search comes up with, not every check gets through
      return {};
    }
  }

  const Statement& statement_;
  const CheckOptions& options_;
  const std::function<bool()>& is_over_;
  bool until_refuted_;
  bool was_cut_short_ = false;
  std::optional<Instance> counterexample_;
};

}  // namespace graddiv
