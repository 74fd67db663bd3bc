#include "constructions/construction.h"

#include <algorithm>
#include <stdexcept>

#include "problem/regularized.h"

namespace graddiv {

long count(const Parameters& parameters, const std::string& name) {
  return static_cast<long>(numerator(parameters.at(name)));
}

void require_writable(const std::string& id, const Integer& numbers) {
  static const Integer most = 20'000'000;
  if (numbers > most) {
    throw std::invalid_argument(id + " of this size has " + numbers.str() +
                                " numbers in its functions: too many to write out");
  }
}

namespace {

std::string range_of(const Parameter& p) {
  return std::string(p.is_integer ? "an integer" : "a number") +
         (p.is_above_smallest ? " above " : " of at least ") + to_string(p.smallest) +
         (p.is_integer ? " and at most " + std::to_string(largest_count) : "");
}

bool is_in_range(const Parameter& p, const Rational& x) {
  if (p.is_integer && (denominator(x) != 1 || x > largest_count)) return false;
  return p.is_above_smallest ? x > p.smallest : x >= p.smallest;
}

}  // namespace

Parameters Construction::complete(const Parameters& given) const {
  for (const auto& [name, value] : given) {
    const auto known = std::find_if(parameters.begin(), parameters.end(),
                                    [&name = name](const Parameter& p) { return p.name == name; });
    if (known == parameters.end()) {
      std::string names;
      for (const Parameter& p : parameters) names += (names.empty() ? "" : ", ") + p.name;
      throw std::invalid_argument(id + " has no parameter '" + name + "'; it has " + names);
    }
    if (!is_in_range(*known, value)) {
      throw std::invalid_argument(id + ": parameter '" + name + "' is " + to_string(value) +
                                  ", expected " + range_of(*known));
    }
  }
  Parameters result = given;
  for (const Parameter& p : parameters) result.try_emplace(p.name, p.fallback);
  if (require) require(result);
  return result;
}

Problem Construction::problem(const Parameters& given) const {
  return {functions(complete(given)), Domain::all()};
}

Instance Construction::instance(const Showcase& showcase) const {
  return {problem(showcase.parameters), showcase.run, showcase.neighbour};
}

namespace {

/// The numbers that f_i is written with, less its family.
std::vector<Rational> coefficients(const FiniteSum& sum, int i) {
  std::vector<Rational> numbers;
  const auto append = [&numbers](const auto& entries) {
    for (const Rational& x : entries.reshaped()) numbers.push_back(x);
  };
  if (const auto& f = sum.facts(i).max_affine) {
    // The pieces in their order, which the subgradient depends on.
    for (const AffinePiece& piece : f->pieces) {
      append(piece.a);
      numbers.push_back(piece.offset);
    }
    append(f->curvature);
  } else if (const auto& q = sum.facts(i).quadratic) {
    append(q->A.diagonal());
    const auto& form = q->A.form();
    if (!std::holds_alternative<SymmetricMatrix::Zero>(form) &&
        !std::holds_alternative<SymmetricMatrix::Diagonal>(form)) {
      append(q->A.dense());
    }
    append(q->b);
    numbers.push_back(q->c);
  } else {
    throw std::logic_error("functions of the family " + sum.family() + " cannot be compared");
  }
  return numbers;
}

std::vector<std::vector<Rational>> sorted_coefficients(const FiniteSum& sum) {
  std::vector<std::vector<Rational>> all;
  for (int i = 0; i < sum.size(); ++i) all.push_back(coefficients(sum, i));
  std::ranges::sort(all);
  return all;
}

/// Whether one is the other in another order, or the same.
bool are_the_same(const FiniteSum& a, const FiniteSum& b) {
  return a.family() == b.family() && a.size() == b.size() && a.dimension() == b.dimension() &&
         sorted_coefficients(a) == sorted_coefficients(b);
}

}  // namespace

std::optional<Parameters> Construction::recognise(const FiniteSum& sum) const {
  if (!read_off || regularization_of(sum) != nullptr) return std::nullopt;
  const auto guess = read_off(sum);
  if (!guess || !are_the_same(*functions(*guess), sum)) return std::nullopt;
  return guess;
}

}  // namespace graddiv
