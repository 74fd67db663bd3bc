#include "number/evidence.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <stdexcept>

namespace graddiv {

namespace {

constexpr std::array<std::string_view, 4> kind_names{"none", "exact", "interval", "statistical"};

bool stands_before(const Sample& a, const Sample& b) {
  return a.id != b.id ? a.id < b.id : a.error_level < b.error_level;
}

}  // namespace

Rational Evidence::error_level() const {
  Rational sum = 0;
  for (const Sample& s : samples) sum += s.error_level;
  return sum < 1 ? sum : Rational(1);
}

// The same id at two error levels is taken for two statements: their sum is the safe side.
Evidence join(const Evidence& a, const Evidence& b) {
  Evidence both{std::max(a.kind, b.kind), a.surrogate || b.surrogate, {}};
  std::set_union(a.samples.begin(), a.samples.end(), b.samples.begin(), b.samples.end(),
                 std::back_inserter(both.samples), stands_before);
  return both;
}

std::string_view to_string(Evidence::Kind kind) {
  return kind_names.at(static_cast<std::size_t>(kind));
}

Evidence::Kind parse_evidence(std::string_view text) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind_names[i] == text) return static_cast<Evidence::Kind>(i);
  }
  throw std::invalid_argument("'" + std::string(text) + "' is no kind of evidence");
}

}  // namespace graddiv
