#pragma once

#include <map>
#include <utility>
#include <vector>

#include "expectation/affine_gradients.h"
#include "number/interval.h"

namespace graddiv::moments {

// sum += coefficient · x, without a temporary in the exact case.
inline void add_product(Integer& sum, const Integer& coefficient, const Integer& x) {
  mpz_addmul(sum.backend().data(), coefficient.backend().data(), x.backend().data());
}
void add_product(Interval& sum, const Integer& coefficient, const Interval& x);

/// The second moments E z zᵀ of a state z of e coordinates: a symmetric matrix, kept as its upper triangle. With T = Integer the entries
/// stand over one shared denominator; with T = Interval the denominator is 1.
template <class T>
class Moments {
 public:
  explicit Moments(int e);
  int dimension() const { return e_; }
  /// E z_a z_b.
  const T& at(int a, int b) const { return entries_[index(a, b)]; }
  T& at(int a, int b) { return entries_[index(a, b)]; }
  const Integer& denominator() const { return denominator_; }

  const std::vector<T>& triangle() const { return entries_; }
  /// The entries become `numerators` over divisor times the former denominator.
  void replace(std::vector<T> numerators, const Integer& divisor);
  /// Takes the greatest common divisor out of entries and denominator (T = Integer).
  void reduce();

  std::size_t index(int a, int b) const {
    if (a > b) std::swap(a, b);
    const int before_row = a * e_ - a * (a - 1) / 2;
    return static_cast<std::size_t>(before_row + b - a);
  }

 private:
  int e_;
  std::vector<T> entries_;
  Integer denominator_ = 1;
};

/// The recursion of moments.h for z = (w, 1), or z = (w, 1, u) with the running sum u.
///
/// With C_i = Ĉ_i/q, Ĉ = ΣĈ_i, γ = p/r and h = rqn it reads, in integers,
///   h² S⁺ = M̂ S M̂ᵀ + p²B ( n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ ),   M̂ = hM.
template <class T>
class Recursion {
 public:
  Recursion(const AffineGradients& gradients, bool track_sum);

  Moments<T> start(const Vector<Rational>& w) const;
  /// S ← S⁺ for one iteration with step size γ and batch size B.
  void advance(Moments<T>& S, const Rational& gamma, long B);
  /// An upper bound of the bits by which the exact numbers grow in such an iteration.
  double bits_per_step(const Rational& gamma, long B) const;

 private:
  using SparseRow = std::vector<std::pair<int, Integer>>;
  /// An iteration as one sparse integer matrix over `divisor`: on z (M̂), or on the upper triangle of S where that is small.
  struct Step {
    std::vector<SparseRow> rows;
    Integer divisor;
    Integer noise;  // p²B
  };
  Step mean_step(const Rational& gamma, long B) const;
  Step flat_step(const Rational& gamma, long B) const;
  const Step& step(const Rational& gamma, long B);

  void advance_flat(Moments<T>& S, const Step& step) const;
  void advance_matrix(Moments<T>& S, const Step& step) const;
  void add_noise(std::vector<T>& next, const Moments<T>& S, const Step& step) const;
  void build_noise_kernel();

  const AffineGradients& gradients_;
  int d_;
  int e_;
  bool is_flat_;
  std::vector<SparseRow> noise_kernel_;  // S ↦ n Σ Ĉ_i S Ĉ_iᵀ − Ĉ S Ĉᵀ on upper triangles
  std::map<std::pair<Rational, long>, Step> steps_;
};

extern template class Moments<Integer>;
extern template class Moments<Interval>;
extern template class Recursion<Integer>;
extern template class Recursion<Interval>;

}  // namespace graddiv::moments
