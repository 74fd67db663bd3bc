#pragma once

#include <functional>
#include <string>
#include <vector>

#include "instances/choices.h"
#include "problem/problem.h"

// One path of mini-batch SGD whose steps an adversary chooses, knowing everything: for bounds that
// hold whatever the steps are.
namespace graddiv {

/// What an adversary knows before it chooses γ: w⁺ = Π(w − γ direction).
struct Outlook {
  int k = 0;  ///< 1, …, K
  long B = 1;
  const Problem& problem;
  Vector<Enclosure> w;
  Vector<Enclosure> direction;  ///< Σ counts_i ∇f_i(w)
  const Vector<Rational>& minimizer;
  const Rational& optimum;
};

/// A way to choose steps that tries to do well.
struct Adversary {
  std::string name;
  std::function<Rational(const Outlook&, Choices&)> step;
};

/// Random steps of any sign, 1/(aB(K+k)), which attains the bound of lower-replicated, exact line
/// search on F, the Polyak step, the step that ends nearest to w*, and the best of a grid of random
/// rational steps.
const std::vector<Adversary>& adversaries();

}  // namespace graddiv
