#include "formula/monotonicity.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "formula/symbol.h"

namespace graddiv {
namespace monotone {
namespace {

using Operation = Formula::Operation;

/// What a number can be: low ≤ x ≤ high, an end that is absent being infinite.
struct Range {
  std::optional<Rational> low = {};
  std::optional<Rational> high = {};

  bool is_nonnegative() const { return low && *low >= 0; }
  bool is_nonpositive() const { return high && *high <= 0; }
};

const Range nonnegative{Rational(0), {}};

using Ends = std::optional<Rational>;

Ends sum(const Ends& a, const Ends& b) { return a && b ? Ends(*a + *b) : Ends(); }
Ends negative(const Ends& a) { return a ? Ends(-*a) : Ends(); }

Range operator-(const Range& a) { return {negative(a.high), negative(a.low)}; }
Range operator+(const Range& a, const Range& b) { return {sum(a.low, b.low), sum(a.high, b.high)}; }

/// Of numbers whose signs are known; else anything.
Range operator*(const Range& a, const Range& b) {
  if (a.is_nonpositive() && !a.is_nonnegative()) return -((-a) * b);
  if (b.is_nonpositive() && !b.is_nonnegative()) return -(a * (-b));
  if (!a.is_nonnegative() || !b.is_nonnegative()) return {};
  return {*a.low * *b.low, a.high && b.high ? Ends(*a.high * *b.high) : Ends()};
}

/// Of a number that is not 0 where it is asked for.
Range inverse(const Range& a) {
  if (a.is_nonpositive() && !a.is_nonnegative()) return -inverse(-a);
  if (!a.is_nonnegative()) return {};
  return {a.high && *a.high > 0 ? 1 / *a.high : Rational(0),
          *a.low > 0 ? Ends(1 / *a.low) : Ends()};
}

Range hull(const Range& a, const Range& b) {
  return {a.low && b.low ? Ends(std::min(*a.low, *b.low)) : Ends(),
          a.high && b.high ? Ends(std::max(*a.high, *b.high)) : Ends()};
}

/// Whether some assumption names the property, or says that the formula is at least 0.
class Assumptions {
 public:
  explicit Assumptions(const std::vector<Formula>& all) {
    for (const Formula& one : all) collect(one);
  }

  bool name(std::string_view property) const {
    return std::ranges::any_of(parts_, [&](const Formula& f) {
      return f.operation() == Operation::symbol && f.node().symbol->name == property;
    });
  }
  bool say_nonnegative(const Formula& x) const {
    return std::ranges::any_of(parts_, [&](const Formula& f) {
      const bool is_above =
          f.operation() == Operation::greater || f.operation() == Operation::greater_equal;
      const bool is_below =
          f.operation() == Operation::less || f.operation() == Operation::less_equal;
      return (is_above && f[0] == x && is_at_least_zero(f[1])) ||
             (is_below && f[1] == x && is_at_least_zero(f[0]));
    });
  }

 private:
  static bool is_at_least_zero(const Formula& f) {
    return f.operation() == Operation::number && f.node().number >= 0;
  }
  void collect(const Formula& f) {
    if (f.operation() == Operation::conjunction) {
      collect(f[0]);
      collect(f[1]);
    } else {
      parts_.push_back(f);
    }
  }

  std::vector<Formula> parts_;
};

class Analysis {
 public:
  Analysis(const std::string& variable, const std::vector<Formula>& assumed)
      : variable_(variable), assumed_(assumed) {}

  Monotonicity of(const Formula& f) const {
    if (count(f, variable_) == 0) return Monotonicity::constant;
    switch (f.operation()) {
      case Operation::variable:
        return Monotonicity::rising;
      case Operation::negate:
      case Operation::negation:
        return opposite(of(f[0]));
      case Operation::subtract:
        return joined(of(f[0]), opposite(of(f[1])));
      case Operation::greater:
      case Operation::greater_equal:
        return difference(f);
      case Operation::less:
      case Operation::less_equal:
        return opposite(difference(f));
      case Operation::multiply:
        return joined(scaled(of(f[0]), range(f[1])), scaled(of(f[1]), range(f[0])));
      case Operation::divide:
        return quotient(f);
      case Operation::power:
        return power(f);
      case Operation::abs:
        return range(f[0]).is_nonnegative() ? of(f[0]) : Monotonicity::unknown;
      case Operation::add:
      case Operation::log:
      case Operation::exp:
      case Operation::sqrt:
      case Operation::min:
      case Operation::max:
      case Operation::conjunction:
      case Operation::disjunction:
        return of_all(f, 0);
      case Operation::conditional:
        return of(f[0]) == Monotonicity::constant ? of_all(f, 1) : Monotonicity::unknown;
      case Operation::sum:
      case Operation::least:
      case Operation::largest:
      case Operation::for_all:
        return joined(of(f[0]), of(f[1])) == Monotonicity::constant ? of(f[2])
                                                                    : Monotonicity::unknown;
      default:
        return Monotonicity::unknown;
    }
  }

 private:
  /// Of left − right. With x·b on the right its sign is that of left/x − b as well: one of left and
  /// b need have none.
  Monotonicity difference(const Formula& f) const {
    const Monotonicity trend = joined(of(f[0]), opposite(of(f[1])));
    const bool is_scaled = f[1].operation() == Operation::multiply &&
                           f[1][0].operation() == Operation::variable &&
                           f[1][0].node().name == variable_;
    if (trend != Monotonicity::unknown || !is_scaled) return trend;
    return joined(of(f[0] / f[1][0]), opposite(of(f[1][1])));
  }

  Monotonicity of_all(const Formula& f, std::size_t from) const {
    Monotonicity result = Monotonicity::constant;
    for (std::size_t i = from; i < f.node().parts.size(); ++i) result = joined(result, of(f[i]));
    return result;
  }

  static Monotonicity scaled(Monotonicity trend, const Range& by) {
    if (trend == Monotonicity::constant || by.is_nonnegative()) return trend;
    return by.is_nonpositive() ? opposite(trend) : Monotonicity::unknown;
  }

  Monotonicity quotient(const Formula& f) const {
    const Range below = range(f[1]);
    const Monotonicity by_numerator = scaled(of(f[0]), inverse(below));
    if (of(f[1]) == Monotonicity::constant) return by_numerator;
    if (!below.is_nonnegative() && !below.is_nonpositive()) return Monotonicity::unknown;
    return joined(by_numerator, scaled(opposite(of(f[1])), range(f[0])));
  }

  Monotonicity power(const Formula& f) const {
    if (of(f[1]) != Monotonicity::constant) return Monotonicity::unknown;
    const Range exponent = range(f[1]);
    if (range(f[0]).is_nonnegative()) return scaled(of(f[0]), exponent);
    const Formula::Node& e = f[1].node();
    const bool is_odd = e.operation == Operation::number && denominator(e.number) == 1 &&
                        e.number > 0 && numerator(e.number) % 2 == 1;
    return is_odd ? of(f[0]) : Monotonicity::unknown;
  }

  Range range(const Formula& f) const {
    if (f.type() == Formula::Type::number && assumed_.say_nonnegative(f)) return nonnegative;
    switch (f.operation()) {
      case Operation::number:
        return {f.node().number, f.node().number};
      case Operation::variable:
        return f.node().name == variable_ ? nonnegative : Range();
      case Operation::symbol:
        return of_symbol(*f.node().symbol);
      case Operation::negate:
        return -range(f[0]);
      case Operation::add:
        return range(f[0]) + range(f[1]);
      case Operation::subtract:
        return range(f[0]) + -range(f[1]);
      case Operation::multiply:
        return range(f[0]) * range(f[1]);
      case Operation::divide:
        return range(f[0]) * inverse(range(f[1]));
      case Operation::power:
        return is_even(f[1]) || range(f[0]).is_nonnegative() ? nonnegative : Range();
      case Operation::exp:
      case Operation::sqrt:
      case Operation::abs:
        return nonnegative;
      case Operation::log: {
        const Range inside = range(f[0]);
        return inside.low && *inside.low >= 1 ? nonnegative : Range();
      }
      case Operation::max: {
        Range result;
        for (const Formula& part : f.node().parts)
          if (const Ends low = range(part).low; low && (!result.low || *low > *result.low))
            result.low = low;
        return result;
      }
      case Operation::min: {
        Range result = range(f[0]);
        for (const Formula& part : f.node().parts) result = hull(result, range(part));
        return result;
      }
      case Operation::conditional:
        return hull(range(f[1]), range(f[2]));
      case Operation::sum:
      case Operation::least:
      case Operation::largest:
        return range(f[2]).is_nonnegative() ? nonnegative : Range();
      default:
        return {};
    }
  }

  static bool is_even(const Formula& f) {
    const Formula::Node& node = f.node();
    return node.operation == Operation::number && denominator(node.number) == 1 &&
           numerator(node.number) % 2 == 0;
  }

  Range of_symbol(const Symbol& symbol) const {
    if (symbol.least) return {Rational(*symbol.least), {}};
    const auto assumed = [&](std::string_view a, std::string_view b) {
      return assumed_.name(a) || assumed_.name(b);
    };
    const std::string& name = symbol.name;
    const bool is_at_least_zero =
        (name == "lambda" && assumed("F_convex", "F_strongly_convex")) ||
        (name == "mu_min" && assumed("all_convex", "all_strongly_convex")) ||
        (name == "mu" && assumed_.name("F_PL")) ||
        // F* is the least value on W, which projected runs do not leave.
        (name.ends_with("suboptimality") && assumed("start_in_domain", "unconstrained"));
    return is_at_least_zero ? nonnegative : Range();
  }

  const std::string& variable_;
  Assumptions assumed_;
};

}  // namespace
}  // namespace monotone

Monotonicity opposite(Monotonicity trend) {
  if (trend == Monotonicity::rising) return Monotonicity::falling;
  return trend == Monotonicity::falling ? Monotonicity::rising : trend;
}

Monotonicity joined(Monotonicity a, Monotonicity b) {
  if (a == Monotonicity::constant || a == b) return b;
  return b == Monotonicity::constant ? a : Monotonicity::unknown;
}

Monotonicity monotonicity_of(const Formula& formula, const std::string& variable,
                             const std::vector<Formula>& assumed) {
  return monotone::Analysis(variable, assumed).of(formula);
}

}  // namespace graddiv
