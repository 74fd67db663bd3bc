#pragma once

#include <functional>
#include <vector>

#include "claim/views/points.h"
#include "diversity/diversity.h"
#include "problem/problem.h"

// What a point knows. Private to the views.
namespace graddiv {

struct Point::State {
  Problem problem;
  Vector<Enclosure> w;
  Place place;
  std::function<Vector<Enclosure>()> reference;
  std::function<Vector<Enclosure>()> minimizer;
  std::vector<Vector<Enclosure>> gradients;
  GradientSums sums;
  bool has_exact_gradients = false;  // surrogates of irrational ones

  GradientSums sums_of_copies(int r) const;
};

}  // namespace graddiv
