#include "expectation/samples.h"

#include <map>

#include "expectation/draws.h"
#include "number/exact.h"

namespace graddiv::samples {
namespace {

constexpr double most_samples = 100;

using Counts = std::vector<long>;  // how often each example is in the sample

/// Entry [k][z]: E_A f(w_k; z).
using Values = std::vector<std::vector<Enclosure>>;

Problem sample_of(const Problem& population, const Counts& counts) {
  std::vector<int> indices;
  for (std::size_t z = 0; z < counts.size(); ++z)
    indices.insert(indices.end(), static_cast<std::size_t>(counts[z]), static_cast<int>(z));
  return {select(population.sum, indices), population.domain};
}

Values expected_values(const Problem& population, const Problem& sample, const Run& run,
                       const enumeration::Options& options) {
  Values result;
  enumeration::visit_law(sample, run, options, [&](int, const auto& states) {
    std::vector<Enclosure> means;
    for (int z = 0; z < population.size(); ++z) {
      Enclosure mean = 0;
      for (const auto& s : states) mean += s.probability * population.sum->value(z, s.w);
      means.push_back(mean);
    }
    result.push_back(std::move(means));
  });
  return result;
}

/// The draws of n examples: those of an iteration whose gradients are unit vectors.
enumeration::Draws examples(int population) {
  std::vector<Vector<Enclosure>> units;
  for (int z = 0; z < population; ++z) {
    units.push_back(Vector<Enclosure>::Constant(population, Enclosure(0)));
    units.back()[z] = 1;
  }
  return enumeration::Draws(std::move(units));
}

}  // namespace

std::vector<Generalization> generalization(const Problem& population, int n, const Run& run,
                                           const enumeration::Options& options) {
  const int m = population.size();
  const enumeration::Draws draws = examples(m);
  if (draws.multisets(n) > most_samples) {
    throw ExpectationError("too many samples of " + std::to_string(n) + " examples to list");
  }
  std::map<Counts, Values> values;
  std::vector<Generalization> result(static_cast<std::size_t>(run.iterations) + 1);
  draws.for_each_multiset(n, [&](const Counts& counts, const Rational& probability) {
    const Values own = expected_values(population, sample_of(population, counts), run, options);
    for (std::size_t k = 0; k < result.size(); ++k) {
      for (std::size_t z = 0; z < counts.size(); ++z) {
        // E F_D − E F_S = Σ_z (1/m − c_z/n) E f(w; z)
        const Rational weight = probability * (Rational(1, m) - Rational(counts[z], n));
        result[k].gap += enclose(weight) * own[k][z];
      }
    }
    values.emplace(counts, own);
  });
  for (const auto& [counts, own] : values) {
    for (std::size_t out = 0; out < counts.size(); ++out) {
      for (std::size_t in = 0; in < counts.size(); ++in) {
        if (counts[out] == 0 || in == out) continue;
        Counts neighbour = counts;
        --neighbour[out];
        ++neighbour[in];
        const Values& other = values.at(neighbour);
        for (std::size_t k = 0; k < result.size(); ++k) {
          for (std::size_t z = 0; z < counts.size(); ++z)
            result[k].stability = max(result[k].stability, abs(own[k][z] - other[k][z]));
        }
      }
    }
  }
  return result;
}

}  // namespace graddiv::samples
