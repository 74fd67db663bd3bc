#pragma once

#include <vector>

#include "claim/views/coupled.h"
#include "problem/problem.h"
#include "sgd/run.h"

// What a pair of points knows. Private to the views.
namespace graddiv {

struct NamedPoint {
  Spot spot;
  Vector<Enclosure> w;
};

struct PointPair::State {
  Problem problem;
  Place place;
  Vector<Enclosure> w;
  Vector<Enclosure> w_prime;
  std::vector<Vector<Enclosure>> differences;  // of the gradients
};

PointPair pair_of(const Problem& problem, NamedPoint first, NamedPoint second);
/// Distinct exact points of W, the start (or the point of W nearest to it) first.
std::vector<NamedPoint> telling_points(const Problem& problem, const Run& run);

}  // namespace graddiv
