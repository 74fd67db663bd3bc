#pragma once

#include <memory>
#include <stdexcept>
#include <utility>

#include "problem/families/coefficients.h"
#include "problem/finite_sum.h"

// What every family shares. A family is a template over the scalar T that holds its coefficients as
// numbers of type T:
//
//   template <class T>
//   struct Family {
//     int dimension() const;
//     int size() const;
//     T value(int i, const Vector<T>& w) const;
//     Vector<T> gradient(int i, const Vector<T>& w) const;
//     template <class U> Family<U> cast() const;              // the coefficients, converted
//     Family select(const std::vector<int>& indices) const;  // the functions with these indices
//   };
//
// FamilyOf<Family> makes a FiniteSum of it. What is left for the family's own file are its facts
// (curvature, support, …), one plain value made from the exact coefficients, and its JSON.
namespace graddiv::detail {

/// The FiniteSum that evaluates Family<double> and Family<Enclosure>, converted once from the exact
/// coefficients.
template <template <class> class Family>
class FamilyOf : public FiniteSum {
 public:
  int dimension() const final { return data_->dimension(); }
  int size() const final { return data_->size(); }

  double value(int i, const Vector<double>& w) const final { return fast_.value(i, w); }
  Enclosure value(int i, const Vector<Enclosure>& w) const final { return rigorous_.value(i, w); }
  Vector<double> gradient(int i, const Vector<double>& w) const final {
    return fast_.gradient(i, w);
  }
  Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const final {
    return rigorous_.gradient(i, w);
  }
  const FamilyFacts& facts() const final { return facts_; }
  using FiniteSum::facts;

 protected:
  /// `facts_of` makes the facts of a std::shared_ptr<const Family<Rational>>, with which they may
  /// share numbers.
  template <class FactsOf>
  FamilyOf(Family<Rational> data, FactsOf&& facts_of)
      : data_(std::make_shared<const Family<Rational>>(std::move(data))),
        fast_(data_->template cast<double>()),
        rigorous_(data_->template cast<Enclosure>()),
        facts_(facts_of(data_)) {}

  /// The exact coefficients.
  const Family<Rational>& data() const { return *data_; }

 private:
  std::shared_ptr<const Family<Rational>> data_;
  Family<double> fast_;
  Family<Enclosure> rigorous_;
  FamilyFacts facts_;
};

/// Throws std::invalid_argument where a precondition of a family's factory does not hold.
inline void require(bool condition, const char* message) {
  if (!condition) throw std::invalid_argument(message);
}

}  // namespace graddiv::detail
