#include "constructions/construction.h"

#include <algorithm>
#include <stdexcept>

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
  return result;
}

Problem Construction::problem(const Parameters& given) const {
  return {functions(complete(given)), Domain::all()};
}

Instance Construction::instance(const Showcase& showcase) const {
  return {problem(showcase.parameters), showcase.run, showcase.neighbour};
}

Run from_ones(long d, Rational step, long batch, int iterations) {
  return {Vector<Rational>::Constant(d, Rational(1)), {std::move(step)}, {batch}, iterations};
}

Rational coordinate_factor(const Rational& gamma_alpha, const Rational& B, const Rational& m) {
  return 1 - 2 * gamma_alpha * B + gamma_alpha * gamma_alpha * B * (B + m - 1);
}

std::vector<Rational> isotropic_law(const Run& run, const Rational& alpha, const Rational& m) {
  std::vector<Rational> law{run.start.squaredNorm()};
  for (int k = 0; k < run.iterations; ++k)
    law.push_back(law.back() * coordinate_factor(run.step(k) * alpha, run.batch(k), m));
  return law;
}

Rational geometric_sum(const Rational& rho, int k) {
  if (rho == 1) return k;
  Rational power = 1;
  for (int j = 0; j < k; ++j) power *= rho;
  return (1 - power) / (1 - rho);
}

}  // namespace graddiv
