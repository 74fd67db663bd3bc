#pragma once

#include <string>
#include <vector>

#include "problem/problem.h"

// Exact points that distances are measured from, and exact gradients, beside irrational ones.
namespace graddiv {

bool is_exact(const Vector<Enclosure>& w);
/// Whether a = b for all values enclosed: both are exact, then.
bool certainly_equal(const Vector<Enclosure>& a, const Vector<Enclosure>& b);
/// w itself where it is exact, else an exact point of W beside it.
Vector<Enclosure> exact_beside(const Vector<Enclosure>& w, const Domain& domain);

/// Gradients at a point: those given where they are exact, else exact ones beside them. A statement that holds for all vectors holds for these.
struct ExactGradients {
  std::vector<Vector<Enclosure>> gradients;
  std::string remark;  ///< for the name of the point: empty, or ", exact gradients beside"
};
ExactGradients exact_beside(std::vector<Vector<Enclosure>> gradients);

/// (1/n) Σ g_i.
Vector<Enclosure> mean_of(const std::vector<Vector<Enclosure>>& gradients);

}  // namespace graddiv
