#include "expectation/trajectory.h"

#include <algorithm>

namespace graddiv {

std::string_view to_string(Quantity q) {
  switch (q) {
    case Quantity::distance:
      return "distance";
    case Quantity::suboptimality:
      return "suboptimality";
    case Quantity::average_suboptimality:
      return "average-suboptimality";
    case Quantity::gradient_norm:
      return "gradient-norm";
    case Quantity::second_moment:
      return "second-moment";
    case Quantity::mechanism_variance:
      return "mechanism-variance";
  }
  throw std::logic_error("unknown quantity");
}

int first_iteration(Quantity q) { return q == Quantity::average_suboptimality ? 1 : 0; }

std::string_view to_string(Engine e) {
  switch (e) {
    case Engine::automatic:
      return "auto";
    case Engine::moments:
      return "moments";
    case Engine::enumeration:
      return "enumeration";
    case Engine::sampling:
      return "sampling";
  }
  throw std::logic_error("unknown engine");
}

std::string_view to_string(Arithmetic a) {
  switch (a) {
    case Arithmetic::automatic:
      return "auto";
    case Arithmetic::rational:
      return "rational";
    case Arithmetic::interval:
      return "interval";
    case Arithmetic::doubles:
      return "double";
  }
  throw std::logic_error("unknown arithmetic");
}

bool Trajectory::is_exact() const {
  return std::ranges::all_of(values, [](const auto& entry) {
    return std::ranges::all_of(entry.second, [](const Enclosure& x) { return x.is_exact(); });
  });
}

const Enclosure& Trajectory::at(Quantity q, int k) const {
  const auto found = values.find(q);
  if (found == values.end()) {
    const auto why = absent.find(q);
    throw std::out_of_range(std::string(to_string(q)) + " was not computed" +
                            (why == absent.end() ? "" : ": " + why->second.plain()));
  }
  const int index = k - first_iteration(q);
  if (index < 0 || index >= static_cast<int>(found->second.size())) {
    throw std::out_of_range(std::string(to_string(q)) + " at iteration " + std::to_string(k) +
                            ": the run has iterations " + std::to_string(first_iteration(q)) +
                            " to " + std::to_string(iterations));
  }
  return found->second[static_cast<std::size_t>(index)];
}

}  // namespace graddiv
