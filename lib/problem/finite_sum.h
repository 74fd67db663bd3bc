#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "problem/family_facts.h"

namespace graddiv {

struct RowLaw;
class SumInDoubles;

/// The functions f_1, …, f_n on R^d of a finite sum F = (1/n) Σ f_i, with rational coefficients.
///
/// A family is written once, as a template over the scalar (see families/), and evaluated in
/// doubles for guesses and in enclosures for everything that is claimed. Indices i are 0, …, n − 1.
class FiniteSum {
 public:
  virtual ~FiniteSum() = default;

  virtual std::string family() const = 0;
  virtual int dimension() const = 0;  ///< d ≥ 1
  virtual int size() const = 0;       ///< n ≥ 1

  virtual double value(int i, const Vector<double>& w) const = 0;
  virtual Enclosure value(int i, const Vector<Enclosure>& w) const = 0;
  /// ∇f_i(w), or the subgradient that the family chooses.
  virtual Vector<double> gradient(int i, const Vector<double>& w) const = 0;
  virtual Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const = 0;

  /// What is known of the functions beside their numbers. O(1): made with the sum.
  virtual const FamilyFacts& facts() const = 0;
  const FunctionFacts& facts(int i) const { return facts().functions[static_cast<std::size_t>(i)]; }
  /// As `curvature` of facts(i), for lower ≤ x_iᵀw ≤ upper alone, with the rows of facts(). A jump
  /// at an end counts for nothing, unless both are one.
  virtual CurvatureBounds curvature_between(int i, const Rational& /*lower*/,
                                            const Rational& /*upper*/) const {
    return facts(i).curvature;
  }
  /// `curvature.lower` of facts(i) for w in a box alone, given by enclosures of its d coordinates.
  virtual std::optional<SymmetricMatrix> least_curvature_within(
      int i, const Vector<Enclosure>& /*box*/) const {
    return facts(i).curvature.lower;
  }

  /// Where there are so many numbers that exact arithmetic on all of them takes minutes: all
  /// functions at once in doubles, certified (problem/sum_in_doubles.h); else nullptr. Made when
  /// first asked for.
  virtual const SumInDoubles* in_doubles() const { return nullptr; }

  /// The sum of the functions with the given indices (valid, at least one), of the same family.
  virtual std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const = 0;
  /// The members of "problem" in an instance file, less "domain" (design: formats).
  virtual nlohmann::ordered_json to_json() const = 0;

  /// The law that the rows were drawn from (problem/random_rows.h), else nullptr: what statements
  /// on random functions speak of. Not among the facts, as the rows need not be drawn to know it.
  virtual const RowLaw* row_law() const { return nullptr; }
};

/// The functions with the given indices (repeats allowed), in that order: replication, neighbouring
/// data sets. Throws std::out_of_range for an index that is none and std::invalid_argument if there
/// are no indices.
std::shared_ptr<const FiniteSum> select(const std::shared_ptr<const FiniteSum>& sum,
                                        const std::vector<int>& indices);

}  // namespace graddiv
