#pragma once

#include <cmath>
#include <span>

namespace graddiv::measure {

/// A sum of doubles that carries what each addition loses (Neumaier 1974): its error is that of one
/// rounding, however many terms there are, where the terms are not negative.
class CompensatedSum {
 public:
  CompensatedSum() = default;
  /// What sum() and lost() gave.
  CompensatedSum(double sum, double lost) : sum_(sum), lost_(lost) {}

  void add(double x) {
    const double t = sum_ + x;
    lost_ += std::abs(sum_) >= std::abs(x) ? (sum_ - t) + x : (x - t) + sum_;
    sum_ = t;
  }
  void add(const CompensatedSum& other) {
    add(other.sum_);
    lost_ += other.lost_;
  }
  double value() const { return sum_ + lost_; }
  double sum() const { return sum_; }
  double lost() const { return lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

/// ‖v‖², as exact as such a sum.
inline double compensated_squared_norm(std::span<const double> v) {
  CompensatedSum sum;
  for (const double x : v) sum.add(x * x);
  return sum.value();
}

}  // namespace graddiv::measure
