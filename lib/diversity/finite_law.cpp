#include "diversity/finite_law.h"

#include <algorithm>
#include <cstdio>

namespace graddiv {
namespace {

std::size_t hash_of(const Vector<Enclosure>& v) {
  std::size_t h = 0;
  for (const Enclosure& x : v) h = h * 0x9E3779B97F4A7C15ULL + x.hash();
  return h;
}

bool same(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Enclosure& x, const Enclosure& y) { return x.same_as(y); });
}

}  // namespace

FiniteLaw FiniteLaw::certain(const Vector<Enclosure>& value) {
  FiniteLaw law;
  law.add(1, value);
  return law;
}

void FiniteLaw::add(const Enclosure& probability, const Vector<Enclosure>& value) {
  const std::size_t hash = hash_of(value);
  const auto [first, last] = index_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    Outcome& outcome = outcomes_[known->second];
    if (!same(outcome.value, value)) continue;
    outcome.probability += probability;
    return;
  }
  index_.emplace(hash, outcomes_.size());
  outcomes_.push_back({probability, value});
}

void FiniteLaw::add(const FiniteLaw& other, const Enclosure& weight) {
  for (const Outcome& outcome : other.outcomes_) add(weight * outcome.probability, outcome.value);
}

Enclosure FiniteLaw::total() const {
  return mean([](const Vector<Enclosure>&) { return Enclosure(1); });
}

Enclosure FiniteLaw::mean(const std::function<Enclosure(const Vector<Enclosure>&)>& f) const {
  Enclosure sum = 0;
  for (const Outcome& outcome : outcomes_) sum += outcome.probability * f(outcome.value);
  return sum;
}

bool FiniteLaw::is_exact() const {
  return std::all_of(outcomes_.begin(), outcomes_.end(), [](const Outcome& outcome) {
    return outcome.probability.is_exact() &&
           std::all_of(outcome.value.begin(), outcome.value.end(),
                       [](const Enclosure& x) { return x.is_exact(); });
  });
}

FiniteLaw scaled(const FiniteLaw& law, const Enclosure& factor) {
  FiniteLaw result;
  for (const auto& [probability, value] : law.outcomes()) result.add(probability, value * factor);
  return result;
}

FiniteLaw sum_of_independent(const FiniteLaw& x, const FiniteLaw& y, double most) {
  const double pairs = static_cast<double>(x.size()) * static_cast<double>(y.size());
  if (pairs > most) {
    char text[128];
    std::snprintf(text, sizeof text,
                  "a sum of random vectors has %.3g pairs of values, more than %.3g", pairs, most);
    throw LawTooLarge(text);
  }
  FiniteLaw result;
  for (const auto& [p, a] : x.outcomes()) {
    for (const auto& [q, b] : y.outcomes()) result.add(p * q, a + b);
  }
  return result;
}

}  // namespace graddiv
