#include "expectation/draws.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "expectation/representation.h"
#include "number/exact.h"

namespace graddiv::enumeration {

namespace {

double multisets_of(std::size_t distinct, long B) {
  double count = 1;  // C(B + g − 1, g − 1), factor by factor
  for (std::size_t j = 1; j < distinct; ++j) {
    count *= (static_cast<double>(B) + static_cast<double>(j)) / static_cast<double>(j);
  }
  return std::round(count);
}

}  // namespace

double work_of_draws(std::size_t distinct, std::size_t n, long B) {
  constexpr double ordinary_bits = 256;
  if (distinct == 1) return 1;
  const double bits = static_cast<double>(B) * std::log2(static_cast<double>(n));
  return multisets_of(distinct, B) * std::max(1.0, bits / ordinary_bits);
}

Draws::Draws(const Problem& problem, const Vector<Enclosure>& w)
    : Draws(graddiv::gradients(problem, w)) {}

Draws::Draws(std::vector<Vector<Enclosure>> gradients) : n_(static_cast<long>(gradients.size())) {
  std::unordered_multimap<std::size_t, std::size_t> index;  // hash of a gradient → its place
  for (auto& g : gradients) {
    const std::size_t hash = hash_of(g);
    const auto [first, last] = index.equal_range(hash);
    const auto known = std::find_if(
        first, last, [&](const auto& entry) { return same(distinct_[entry.second], g); });
    if (known != last) {
      ++weights_[known->second];
      continue;
    }
    index.emplace(hash, distinct_.size());
    distinct_.push_back(std::move(g));
    weights_.push_back(1);
  }
}

double Draws::multisets(long B) const { return multisets_of(distinct_.size(), B); }

double Draws::work(long B) const {
  return work_of_draws(distinct_.size(), static_cast<std::size_t>(n_), B);
}

std::vector<Drawn> Draws::all() const {
  std::vector<Drawn> all;
  for (std::size_t i = 0; i < distinct_.size(); ++i) all.push_back({i, weights_[i]});
  return all;
}

void Draws::for_each_multiset(
    long B, const std::function<void(const std::vector<long>&, const Rational&)>& visit) const {
  std::vector<long> counts(distinct_.size(), 0);
  for_each_draw(B, [&](const std::vector<Drawn>& drawn, const Rational& probability) {
    for (const auto& [index, count] : drawn) counts[index] = count;
    visit(counts, probability);
    for (const auto& [index, count] : drawn) counts[index] = 0;
  });
}

void Draws::for_each_draw(
    long B, const std::function<void(const std::vector<Drawn>&, const Rational&)>& visit) const {
  if (distinct_.size() == 1) return visit({{0, B}}, 1);
  Integer all = 1;  // n^B, the number of index sequences
  mpz_ui_pow_ui(all.backend().data(), static_cast<unsigned long>(n_),
                static_cast<unsigned long>(B));
  std::vector<Drawn> drawn;

  // Gradients from `first` on share the `left` draws; `sequences` is the number of index sequences
  // that agree with what is in `drawn`, up to the choice of these. Counts come in lexicographic
  // order, and no deeper than there are draws.
  const auto distribute = [&](const auto& self, std::size_t first, long left,
                              const Integer& sequences) -> void {
    for (std::size_t i = distinct_.size(); i-- > first;) {
      const bool is_last = i + 1 == distinct_.size();
      Integer factor = 1;  // C(left, c) · weight^c
      if (is_last) {
        mpz_ui_pow_ui(factor.backend().data(), static_cast<unsigned long>(weights_[i]),
                      static_cast<unsigned long>(left));
      }
      drawn.push_back({i, 0});
      const std::size_t place = drawn.size() - 1;
      for (long c = is_last ? left : 1; c <= left; ++c) {
        if (!is_last) factor = factor * (left - c + 1) * weights_[i] / c;
        drawn[place].count = c;
        if (c == left) {
          visit(drawn, Rational(sequences * factor, all));
        } else {
          self(self, i + 1, left - c, sequences * factor);
        }
      }
      drawn.pop_back();
    }
  };
  distribute(distribute, 0, B, Integer(1));
}

}  // namespace graddiv::enumeration
