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
  std::size_t node = 0;
};

/// Which boxes were halved into which.
struct Tree {
  struct Node {
    std::optional<Rational> bound;
    std::size_t first_half = 0;  // 0: not halved; the other half is the next node
  };
  std::vector<Node> nodes{{}};

  std::size_t halve(std::size_t node) {
    nodes[node].first_half = nodes.size();
    nodes.resize(nodes.size() + 2);
    return nodes[node].first_half;
  }
  /// Without the parts of boxes on which the value is a bound already, or with all.
  enum class Parts { needed, all };
  std::vector<bool> in_order(const std::optional<Rational>& value, Parts parts) const {
    std::vector<bool> halved;
    std::vector<std::size_t> open{0};
    while (!open.empty()) {
      const auto& [bound, first] = nodes[open.back()];
      open.pop_back();
      const bool is_needed = bound && (!value || *bound < *value);
      halved.push_back(first != 0 && (is_needed || parts == Parts::all));
      if (halved.back()) open.insert(open.end(), {first + 1, first});
    }
    return halved;
  }
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

Cut cut_of(const Box& box, const BoxFunction& f) {
  if (f.cut) {
    if (const auto own = f.cut(box.lower, box.upper)) return *own;
  }
  const Eigen::Index side = widest_side(box);
  return {side, (box.lower(side) + box.upper(side)) / 2};
}

std::pair<Box, Box> halves(const Box& box, const BoxFunction& f) {
  const Cut cut = cut_of(box, f);
  std::pair<Box, Box> parts{box, box};
  parts.first.upper(cut.side) = cut.at;
  parts.second.lower(cut.side) = cut.at;
  return parts;
}

std::optional<Rational> bound_on(const Box& box, const BoxFunction& f) {
  if (f.bound_below_exactly) return f.bound_below_exactly(box.lower, box.upper);
  return f.bound_below(as_enclosures(box));
}

}  // namespace

BoxBound lower_bound_on_box(const Vector<Rational>& lower, const Vector<Rational>& upper,
                            const BoxFunction& f, const BranchLimits& limits) {
  Tree tree;
  std::priority_queue<Box, std::vector<Box>, LargerBound> open;
  std::optional<Rational> best;  // the smallest value known to be attained, or a number above it
  int evaluations = 0;
  const auto push = [&](Box box, const Box* parent) {
    ++evaluations;
    box.bound = bound_on(box, f);
    // What held on the parent holds on its parts.
    if (parent != nullptr && box.bound && *parent->bound > *box.bound) box.bound = parent->bound;
    tree.nodes[box.node].bound = box.bound;
    const std::optional<Rational> value = f.attained(middle(box));
    if (value && (!best || *value < *best)) best = value;
    open.push(std::move(box));
  };
  const auto bounded_by = [&](const std::optional<Rational>& value) {
    const auto list = [&](Tree::Parts parts) {
      return std::make_shared<const std::vector<bool>>(tree.in_order(value, parts));
    };
    return BoxBound{value, list(Tree::Parts::needed), list(Tree::Parts::all)};
  };
  push({lower, upper, std::nullopt, 0}, nullptr);
  while (evaluations + 2 <= limits.evaluations) {
    const Box box = open.top();
    if (!box.bound) return bounded_by(std::nullopt);
    if (best && *best - *box.bound <= rational_from(limits.relative_gap) * abs(*best)) break;
    const Eigen::Index side = widest_side(box);
    if (box.lower(side) == box.upper(side)) break;  // a point: nothing to gain
    open.pop();
    auto [left, right] = halves(box, f);
    left.node = tree.halve(box.node);
    right.node = left.node + 1;
    push(std::move(left), &box);
    push(std::move(right), &box);
  }
  return bounded_by(open.top().bound);
}

bool visit_boxes(const Vector<Rational>& lower, const Vector<Rational>& upper, const BoxFunction& f,
                 const std::vector<bool>& halved,
                 const std::function<bool(const Vector<Rational>& lower,
                                          const Vector<Rational>& upper)>& visit) {
  std::vector<Box> open{{lower, upper, std::nullopt, 0}};
  for (const bool is_halved : halved) {
    if (open.empty()) return false;
    const Box box = open.back();
    open.pop_back();
    if (is_halved) {
      const auto [left, right] = halves(box, f);
      open.insert(open.end(), {right, left});
    } else if (!visit(box.lower, box.upper)) {
      return false;
    }
  }
  return open.empty();
}

bool is_bound_on_boxes(const Vector<Rational>& lower, const Vector<Rational>& upper,
                       const BoxFunction& f, const std::vector<bool>& halved,
                       const Rational& bound) {
  return visit_boxes(lower, upper, f, halved,
                     [&](const Vector<Rational>& from, const Vector<Rational>& to) {
                       const auto found = bound_on({from, to, std::nullopt, 0}, f);
                       return !found || *found >= bound;
                     });
}

}  // namespace graddiv
