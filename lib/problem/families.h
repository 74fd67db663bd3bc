#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "json/reader.h"
#include "problem/problem.h"

namespace graddiv {

/// Limit of "dimension" in instance files: a matrix of that size must fit into memory.
inline constexpr long largest_dimension = 10'000;

/// A problem family as the user names it in an instance file.
struct FamilyEntry {
  std::string name;
  std::string summary;  ///< one line, with the formula
  /// Reads the members of "problem", but for "family" and "domain"; `reader` stands at "problem".
  std::function<std::shared_ptr<const FiniteSum>(const JsonReader& reader)> read;
};

/// The registry: one line a family.
const std::vector<FamilyEntry>& families();

/// f_i(w) = ½ (w − c_i)ᵀA_i(w − c_i) + offset_i.
struct QuadraticTerm {
  Matrix<Rational> A;  // d × d, symmetric, may be indefinite
  Vector<Rational> c;  // d
  Rational offset = 0;
};
std::shared_ptr<const FiniteSum> quadratic_sum(std::vector<QuadraticTerm> terms);

/// f_i(w) = ⟨a_i, w⟩ + offset_i, with a_iᵀ the rows of A (n × d).
std::shared_ptr<const FiniteSum> linear_sum(Matrix<Rational> A, Vector<Rational> offsets);

/// f_i(w) = ½ (x_iᵀw − y_i)².
std::shared_ptr<const FiniteSum> least_squares(Matrix<Rational> X, Vector<Rational> y);

/// f_i(w) = ℓ(x_iᵀw; y_i). With r = x_iᵀw − y_i:
///   squared ½r²;  huber ½r² where |r| ≤ τ, else τ|r| − ½τ²;  geman-mcclure r²/(1 + r²);
///   sine r² + 3 sin² r;  and logistic log(1 + exp(−y_i x_iᵀw)).
enum class Loss { squared, huber, geman_mcclure, sine, logistic };
std::shared_ptr<const FiniteSum> generalized_linear(Matrix<Rational> X, Vector<Rational> y,
                                                    Loss loss, Rational tau = 1);
/// A loss as instance files name it, and its formula with r = xᵀw − y, in plain text.
struct LossEntry {
  std::string name;
  std::string formula;
};
std::vector<LossEntry> loss_entries();

/// Convex, not smooth. The subgradient is that of the smallest maximising l.
std::shared_ptr<const FiniteSum> max_affine_sum(std::vector<MaxAffineFunction> terms);

/// Reads {"family": …, "domain": …, …} with the given families. Throws InputError.
Problem read_problem(const JsonReader& reader, const std::vector<FamilyEntry>& known = families());

}  // namespace graddiv
