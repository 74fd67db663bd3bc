#include "facts/branch_and_bound.h"

#include <queue>
#include <vector>

#include "number/exact.h"

namespace graddiv {

namespace {

struct Box {
  Vector<Rational> lower;
  Vector<Rational> upper;
  std::optional<Rational> bound;
};

struct LargerBound {
  bool operator()(const Box& a, const Box& b) const {
    if (!b.bound) return false;
    return !a.bound || *a.bound > *b.bound;
  }
};

Vector<Enclosure> as_enclosures(const Box& box) {
  Vector<Enclosure> result(box.lower.size());
  for (Eigen::Index j = 0; j < result.size(); ++j) result(j) = enclose(box.lower(j), box.upper(j));
  return result;
}

Vector<Rational> middle(const Box& box) {
  Vector<Rational> result(box.lower.size());
  for (Eigen::Index j = 0; j < result.size(); ++j) result(j) = (box.lower(j) + box.upper(j)) / 2;
  return result;
}

Eigen::Index widest_side(const Box& box) {
  Eigen::Index widest = 0;
  for (Eigen::Index j = 1; j < box.lower.size(); ++j) {
    if (box.upper(j) - box.lower(j) > box.upper(widest) - box.lower(widest)) widest = j;
  }
  return widest;
}

}  // namespace

std::optional<Rational> lower_bound_on_box(const Vector<Rational>& lower,
                                           const Vector<Rational>& upper, const BoxFunction& f,
                                           const BranchLimits& limits) {
  std::priority_queue<Box, std::vector<Box>, LargerBound> open;
  std::optional<Rational> best;  // the smallest value known to be attained, or a number above it
  int evaluations = 0;
  const auto push = [&](Box box, const Box* parent) {
    ++evaluations;
    box.bound = f.bound_below(as_enclosures(box));
    // What held on the parent holds on its parts.
    if (parent != nullptr && box.bound && *parent->bound > *box.bound) box.bound = parent->bound;
    const std::optional<Rational> value = f.attained(middle(box));
    if (value && (!best || *value < *best)) best = value;
    open.push(std::move(box));
  };
  push({lower, upper, std::nullopt}, nullptr);
  while (evaluations + 2 <= limits.evaluations) {
    const Box box = open.top();
    if (!box.bound) return std::nullopt;
    if (best && *best - *box.bound <= rational_from(limits.relative_gap) * abs(*best)) break;
    const Eigen::Index side = widest_side(box);
    if (box.lower(side) == box.upper(side)) break;  // a point: nothing to gain
    open.pop();
    const Rational cut = (box.lower(side) + box.upper(side)) / 2;
    Box left = box;
    Box right = box;
    left.upper(side) = cut;
    right.lower(side) = cut;
    push(std::move(left), &box);
    push(std::move(right), &box);
  }
  return open.top().bound;
}

}  // namespace graddiv
