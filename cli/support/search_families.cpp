#include "cli/support/search_families.h"

#include <algorithm>
#include <stdexcept>

#include "constructions/catalogue.h"

namespace graddiv::cli {

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
    for (const Parameter& p : construction_.parameters) result.push_back(parameters_.at(p.name));
    // A search multiplies: zeros stay zeros.
    std::erase(result, Rational(0));
    const Run& run = showcase_.run;
    result.insert(result.end(), {1, run.step(0), run.batch(0), run.iterations});
    return result;
  }

  std::optional<Instance> with(const std::vector<Rational>& values) const {
    auto next = values.begin();
    Parameters parameters = parameters_;
    for (const Parameter& p : construction_.parameters) {
      Rational& value = parameters.at(p.name);
      if (value == 0) continue;
      value = near(*next++, p);
    }
    const Rational scale = *next++;
    const Rational step = *next++;
    const long batch = count(*next++);
    const int iterations = static_cast<int>(count(*next++));
    try {
      Instance instance = construction_.instance({parameters, showcase_.run, showcase_.neighbour});
      const Eigen::Index d = instance.problem.dimension();
      if (instance.neighbour && instance.neighbour->index >= instance.problem.size())
        return std::nullopt;
      instance.run = {like(showcase_.run.start, d, scale), {step}, {batch}, iterations};
      return instance;
    } catch (const std::invalid_argument&) {  // out of range
      return std::nullopt;
    }
  }

 private:
  static long count(const Rational& x) {
    return std::max(1L, static_cast<long>(numerator(whole(x))));
  }

  const Construction& construction_;
  const Construction::Showcase& showcase_;
  Parameters parameters_;
};

}  // namespace

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

}  // namespace graddiv::cli
