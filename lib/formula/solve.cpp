#include "formula/solve.h"

namespace graddiv {
namespace solving {
namespace {

using Operation = Formula::Operation;

/// side ≥ other, or ≤, of which `side` has the variable.
class Inequality {
 public:
  Inequality(const Formula& inequality, const std::string& variable) : variable_(variable) {
    const bool is_left = count(inequality[0], variable) > 0;
    side_ = inequality[is_left ? 0 : 1];
    other_ = inequality[is_left ? 1 : 0];
    const bool is_above = inequality.operation() == Operation::greater ||
                          inequality.operation() == Operation::greater_equal;
    is_at_least_ = is_above == is_left;
  }

  std::optional<Solved> solve() {
    while (side_.operation() != Operation::variable) {
      if (!unwrap()) return std::nullopt;
    }
    return Solved{is_at_least_, tidied(other_), conditions_};
  }

 private:
  bool is_here(const Formula& part) const { return count(part, variable_) > 0; }

  void become(const Formula& side, const Formula& other) {
    const Formula inner = side;  // a part of what it replaces
    other_ = other;
    side_ = inner;
  }
  void turn() { is_at_least_ = !is_at_least_; }
  void require(const Formula& condition) { conditions_.push_back(condition); }

  /// Takes the outermost operation to the other side.
  bool unwrap() {
    const Formula f = side_;
    const std::size_t here = is_here(f[0]) ? 0 : 1;
    switch (f.operation()) {
      case Operation::negate:
        turn();
        become(f[0], -other_);
        return true;
      case Operation::add:
        become(f[here], other_ - f[1 - here]);
        return true;
      case Operation::subtract:
        if (here == 1) turn();
        become(f[here], here == 0 ? other_ + f[1] : f[0] - other_);
        return true;
      case Operation::multiply:
        require(f[1 - here] > 0);
        become(f[here], other_ / f[1 - here]);
        return true;
      case Operation::divide:
        return unwrap_quotient(f, here);
      case Operation::power:
        if (here == 1) return false;
        require(other_ > 0);
        require(f[1] > 0);
        become(f[0], pow(other_, 1 / f[1]));
        return true;
      case Operation::sqrt:
        require(other_ >= 0);
        become(f[0], square(other_));
        return true;
      case Operation::log:
        become(f[0], exp(other_));
        return true;
      case Operation::exp:
        require(other_ > 0);
        become(f[0], log(other_));
        return true;
      case Operation::max:
      case Operation::min:
        return unwrap_extremum(f);
      default:
        return false;
    }
  }

  bool unwrap_quotient(const Formula& f, std::size_t here) {
    if (here == 0) {
      require(f[1] > 0);
      become(f[0], other_ * f[1]);
      return true;
    }
    require(f[0] > 0);
    require(other_ > 0);
    turn();
    become(f[1], f[0] / other_);
    return true;
  }

  /// max(a, x) ≥ c is x ≥ c where a < c; max(a, x) ≤ c holds only where x ≤ c does.
  bool unwrap_extremum(const Formula& f) {
    std::optional<Formula> inner;
    for (const Formula& part : f.node().parts) {
      if (is_here(part)) {
        inner = part;
      } else if ((f.operation() == Operation::max) == is_at_least_) {
        require(is_at_least_ ? part < other_ : part > other_);
      }
    }
    become(*inner, other_);
    return true;
  }

  const std::string& variable_;
  Formula side_ = 0;
  Formula other_ = 0;
  bool is_at_least_ = true;
  std::vector<Formula> conditions_;
};

}  // namespace
}  // namespace solving

std::optional<Solved> solved_for(const Formula& inequality, const std::string& variable) {
  const bool is_inequality = is_relation(inequality.operation()) &&
                             inequality.operation() != Formula::Operation::equal &&
                             inequality.operation() != Formula::Operation::not_equal;
  if (!is_inequality || count(inequality, variable) != 1) return std::nullopt;
  return solving::Inequality(inequality, variable).solve();
}

}  // namespace graddiv
