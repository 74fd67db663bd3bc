#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "number/interval.h"
#include "number/rational.h"

// Private to lib/number.
namespace graddiv::detail {

struct Name;

/// Σ q_i g_i with rational q_i ≠ 0 and different generators g_i, each of them 1, the square root of
/// an integer, or a real number with a name, of which no more than an interval is known.
///
/// The square roots of positive integers, no two of which have a product that is a square, are
/// linearly independent over the rationals (Besicovitch, On the linear independence of fractional
/// powers of integers, 1940). So terms are put together where the product of their radicands is a
/// square, and without names such a sum is 0 only where it has no terms.
class Combination {
 public:
  /// √radicand, or the number called `name`.
  struct Generator {
    Integer radicand = 1;  ///< ≥ 1; 1 beside a name
    std::shared_ptr<const Name> name;
  };
  struct Term {
    Rational factor;
    Generator generator;
  };

  Combination() = default;  ///< 0
  explicit Combination(const Rational& value);
  explicit Combination(std::shared_ptr<const Name> name);
  static Combination square_root_of(const Rational& value);  ///< value ≥ 0

  const std::vector<Term>& terms() const { return terms_; }
  /// Its value, where it is rational.
  std::optional<Rational> rational() const;
  bool has_names() const;
  /// Small enough to be computed with: few terms of few bits.
  bool is_simple() const;
  /// As an interval of the thread's precision, without names the narrowest but for an ulp: it does
  /// not hold 0 then unless it is 0.
  Interval enclosed() const;

  Combination operator-() const;
  Combination& operator+=(const Combination& b);
  Combination& operator*=(const Rational& factor);
  void add(const Rational& factor, const Generator& g);

 private:
  std::vector<Term> terms_;
};

Combination operator+(Combination a, const Combination& b);
Combination operator-(const Combination& a, const Combination& b);
/// a·b. Absent where a named number is to be multiplied by anything but a rational.
std::optional<Combination> multiplied(const Combination& a, const Combination& b);
/// a/b for b that does not vanish. 1/b gets a name where it has more than two terms, or names.
/// Absent where that is to be multiplied by anything but a rational, unless a/b is rational.
std::optional<Combination> divided(const Combination& a, const Combination& b);

/// A value of a function is the same number wherever it was computed; what is called `itself` is,
/// wherever that pointer is.
struct Name {
  enum class Of { itself, exp, log, sin, cos, inverse } function;
  Combination argument;  ///< rational, but for an inverse
  Interval interval;
};

/// A number that is not rational, and the interval of it at the precision it was made with.
struct Irrational {
  Combination number;
  Interval interval;
};

}  // namespace graddiv::detail
