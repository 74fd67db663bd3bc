#include "problem/worst_cases.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "number/exact.h"
#include "problem/families.h"

namespace graddiv {

// How a family is recognised: its parameters are read off one function, and then certified, in that the functions with these
// parameters are written exactly as the given ones, in whatever order.
namespace {

template <class Family>
std::optional<Family> if_the_same(const Family& guess, const FiniteSum& sum) {
  const auto written = guess.functions();
  if (written->size() != sum.size() || written->dimension() != sum.dimension()) return std::nullopt;
  const auto in_order = [](const FiniteSum& functions) {
    const auto json = functions.to_json();
    std::vector<std::string> texts;
    for (const auto& f : json.at("functions")) texts.push_back(f.dump());
    std::ranges::sort(texts);
    return texts;
  };
  if (in_order(*written) != in_order(sum)) return std::nullopt;
  return guess;
}

/// The first function that depends on w_1: one of the first block. n where there is none.
int in_first_block(const FiniteSum& sum) {
  int i = 0;
  while (i < sum.size() && !sum.support(i)[0]) ++i;
  return i;
}

}  // namespace

std::shared_ptr<const FiniteSum> MaxBlocks::functions() const {
  std::vector<MaxAffineFunction> blocks;
  for (long block = 0; block < m; ++block) {
    MaxAffineFunction phi{{}, Vector<Rational>::Zero(m * p)};
    for (long l = block * p; l < (block + 1) * p; ++l) {
      phi.pieces.push_back({Vector<Rational>::Unit(m * p, l) * G});
      phi.curvature(l) = a;
    }
    blocks.push_back(std::move(phi));
  }
  std::vector<MaxAffineFunction> terms;
  for (long i = 0; i < m * r; ++i) terms.push_back(blocks[static_cast<std::size_t>(i % m)]);
  return max_affine_sum(std::move(terms));
}

Vector<Rational> MaxBlocks::minimizer() const {
  return Vector<Rational>::Constant(m * p, Rational(-G / (a * p)));
}

Rational MaxBlocks::optimum() const { return -G * G / (2 * a * p); }

std::optional<MaxBlocks> as_max_blocks(const FiniteSum& sum) {
  if (sum.family() != "max-affine") return std::nullopt;
  const int first = in_first_block(sum);
  if (first == sum.size()) return std::nullopt;
  const std::vector<bool> support = sum.support(first);
  MaxBlocks guess;
  guess.p = std::count(support.begin(), support.end(), true);
  if (sum.dimension() % guess.p != 0) return std::nullopt;
  guess.m = sum.dimension() / guess.p;
  if (sum.size() % guess.m != 0) return std::nullopt;
  guess.r = sum.size() / guess.m;
  const Vector<Enclosure> origin = Vector<Enclosure>::Constant(sum.dimension(), Enclosure(0));
  guess.G = exact_value(sum.gradient(first, origin)(0));
  guess.a = (*sum.curvature(first).lower)(0, 0);
  if (guess.G <= 0 || guess.a <= 0) return std::nullopt;
  return if_the_same(guess, sum);
}

long ValleyBlocks::equal_blocks() const { return static_cast<long>(numerator(m) / denominator(m)); }

Rational ValleyBlocks::share_of_the_rest() const { return 1 - equal_blocks() / m; }

long ValleyBlocks::size() const { return static_cast<long>(numerator(m)) * r; }

std::shared_ptr<const FiniteSum> ValleyBlocks::functions() const {
  const long n = size();
  const long in_equal_blocks = equal_blocks() * static_cast<long>(denominator(m)) * r;
  const Vector<Rational> origin = Vector<Rational>::Zero(dimension());
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < n; ++i) {
    const bool is_rest = i >= in_equal_blocks;
    const long block = is_rest ? equal_blocks() : i % equal_blocks();
    const Rational one_over_share = is_rest ? Rational(1 / share_of_the_rest()) : m;
    Matrix<Rational> A = Matrix<Rational>::Zero(dimension(), dimension());
    A(2 * block, 2 * block) = one_over_share * lambda;
    A(2 * block + 1, 2 * block + 1) = one_over_share * beta;
    terms.push_back({std::move(A), origin, 0});
  }
  return quadratic_sum(std::move(terms));
}

std::optional<ValleyBlocks> as_valley_blocks(const FiniteSum& sum) {
  if (sum.family() != "quadratic" || sum.dimension() % 2 != 0) return std::nullopt;
  const int first = in_first_block(sum);
  if (first == sum.size()) return std::nullopt;
  long of_first_block = 0;
  for (int i = 0; i < sum.size(); ++i) of_first_block += sum.support(i)[0] ? 1 : 0;
  ValleyBlocks guess;
  guess.m = Rational(sum.size(), of_first_block);
  guess.r = sum.size() / static_cast<long>(numerator(guess.m));
  const Matrix<Rational> A = sum.quadratic(first)->A;
  guess.lambda = A(0, 0) / guess.m;
  guess.beta = A(1, 1) / guess.m;
  if (guess.lambda <= 0 || guess.beta <= 0 || guess.dimension() != sum.dimension())
    return std::nullopt;
  return if_the_same(guess, sum);
}

std::shared_ptr<const FiniteSum> NoiseFloor::functions() const {
  std::vector<QuadraticTerm> terms;
  for (long i = 0; i < 2 * copies; ++i) {
    terms.push_back({Matrix<Rational>::Constant(1, 1, lambda),
                     Vector<Rational>::Constant(1, i % 2 == 0 ? zeta : Rational(-zeta)), 0});
  }
  return quadratic_sum(std::move(terms));
}

std::optional<NoiseFloor> as_noise_floor(const FiniteSum& sum) {
  if (sum.family() != "quadratic" || sum.dimension() != 1 || sum.size() % 2 != 0)
    return std::nullopt;
  const QuadraticFunction f = *sum.quadratic(0);
  if (f.A(0, 0) <= 0) return std::nullopt;
  const NoiseFloor guess{sum.size() / 2, f.A(0, 0), Rational(abs(f.b(0)) / f.A(0, 0))};
  return if_the_same(guess, sum);
}

}  // namespace graddiv
