#include "workbench/search_families.h"

#include <algorithm>
#include <stdexcept>

#include "constructions/catalogue.h"
#include "theorems/gallery.h"

namespace graddiv::workbench {

namespace {

Rational whole(const Rational& x) {
  const Rational above = x + Rational(1, 2);
  return Integer(numerator(above) / denominator(above));
}

/// A value that the parameter can have, near x.
Rational near(const Rational& x, const Parameter& p) {
  if (p.is_integer) return std::max(whole(x), p.smallest);
  if (!p.is_share) return x;
  const Rational reach(1, 16);
  return std::max(simplest_between(x * (1 - reach), x * (1 + reach)), p.smallest);
}

/// The start of a showcase, scaled, in any dimension: the pattern repeats.
Vector<Rational> like(const Vector<Rational>& start, Eigen::Index d, const Rational& scale) {
  Vector<Rational> result(d);
  for (Eigen::Index j = 0; j < d; ++j) result(j) = scale * start(j % start.size());
  return result;
}

class SearchFamily {
 public:
  SearchFamily(const Construction& construction, const Construction::Showcase& showcase)
      : construction_(construction),
        showcase_(showcase),
        parameters_(construction.complete(showcase.parameters)) {}

  std::vector<Rational> values() const {
    std::vector<Rational> result;
    for (const Parameter& p : construction_.parameters) {
      if (is_turned(p)) result.push_back(parameters_.at(p.name));
    }
    const Run& run = showcase_.run;
    result.insert(result.end(), {1, run.step(0), run.batch(0), run.iterations});
    return result;
  }

  std::optional<Instance> with(const std::vector<Rational>& values) const {
    auto next = values.begin();
    Parameters parameters = parameters_;
    Rational size = 1;
    for (const Parameter& p : construction_.parameters) {
      if (!is_turned(p)) continue;
      const Rational& value = parameters.at(p.name) = near(*next++, p);
      if (p.is_integer || p.is_share) size *= numerator(value);
    }
    const Rational scale = *next++;
    const Rational step = *next++;
    const long batch = count(*next++);
    const long iterations = count(*next++);
    if (size > largest_size || batch > largest_batch_of_a_search ||
        iterations > most_iterations_of_a_search)
      return std::nullopt;
    try {
      Instance instance = construction_.instance({parameters, showcase_.run, showcase_.neighbour});
      const Eigen::Index d = instance.problem.dimension();
      if (instance.neighbour && instance.neighbour->index >= instance.problem.size())
        return std::nullopt;
      instance.run = {
          like(showcase_.run.start, d, scale), {step}, {batch}, static_cast<int>(iterations)};
      return instance;
    } catch (const std::invalid_argument&) {  // out of range
      return std::nullopt;
    }
  }

 private:
  // All counts together: what a search can afford to check hundreds of times.
  static constexpr long largest_size = 128;

  /// A search multiplies: zeros stay zeros. A neighbouring data set is given in numbers, and
  /// belongs to those of its family.
  bool is_turned(const Parameter& p) const {
    return parameters_.at(p.name) != 0 && (p.is_integer || !showcase_.neighbour);
  }

  static long count(const Rational& x) {
    return std::max(1L, static_cast<long>(numerator(whole(x))));
  }

  const Construction& construction_;
  const Construction::Showcase& showcase_;
  Parameters parameters_;
};

}  // namespace

std::vector<Instance> gallery_instances(const Theorem& theorem) {
  std::vector<Instance> instances;
  for (const GalleryEntry& entry : gallery()) {
    if (entry.theorem == theorem.id) instances.push_back(entry.instance);
  }
  return instances;
}

std::vector<Instance> draws_in_turn(const Theorem& theorem, std::uint64_t seed, std::int64_t first,
                                    std::int64_t count) {
  const auto& classes = theorem.drawn_from;
  std::vector<Instance> draws;
  for (std::int64_t i = 0; !classes.empty() && i < count; ++i) {
    const DrawnFrom& from = classes[static_cast<std::size_t>(i) % classes.size()];
    draws.push_back(from.instance(seed, first + i));
  }
  return draws;
}

std::vector<InstanceFamily> search_families() {
  std::vector<InstanceFamily> families;
  for (const Construction& construction : constructions()) {
    for (const auto& showcase : construction.showcases) {
      const SearchFamily family(construction, showcase);
      families.push_back({family.values(), [family](const auto& v) { return family.with(v); }});
    }
  }
  return families;
}

}  // namespace graddiv::workbench
