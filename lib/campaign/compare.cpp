#include "campaign/compare.h"

#include <algorithm>

#include "number/rational.h"

namespace graddiv {

namespace {

const TheoremSummary* find(const std::vector<TheoremSummary>& in, const std::string& id) {
  const auto found = std::ranges::find(in, id, &TheoremSummary::id);
  return found == in.end() ? nullptr : &*found;
}

std::string from_to(const std::string& what, const std::string& a, const std::string& b) {
  return what + " " + a + " → " + b;
}

class Found {
 public:
  void count(const std::string& theorem, const char* what, std::int64_t a, std::int64_t b,
             bool is_worse) {
    if (a == b) return;
    changes.push_back({theorem, from_to(what, std::to_string(a), std::to_string(b)), is_worse});
  }

  void tightness(const std::string& theorem, const std::optional<std::string>& a,
                 const std::optional<std::string>& b) {
    if (a == b) return;
    // Both are decimals rounded down: exact numbers from here on.
    const bool is_worse = a && (!b || parse_rational(*b) < parse_rational(*a));
    changes.push_back(
        {theorem, from_to("best tightness", a.value_or("none"), b.value_or("none")), is_worse});
  }

  std::vector<Change> changes;
};

}  // namespace

std::vector<Change> compare(const std::vector<TheoremSummary>& old_ones,
                            const std::vector<TheoremSummary>& new_ones) {
  Found found;
  for (const TheoremSummary& a : old_ones) {
    const TheoremSummary* b = find(new_ones, a.id);
    if (b == nullptr) {
      found.changes.push_back({a.id, "is not in the new one", true});
      continue;
    }
    const auto held = [](const TheoremSummary& s) { return s.proved + s.supported; };
    found.count(a.id, "instances", a.instances, b->instances, false);
    found.count(a.id, "proved or supported", held(a), held(*b), held(*b) < held(a));
    found.count(a.id, "refuted", a.refuted, b->refuted, b->refuted > a.refuted);
    found.count(a.id, "inconclusive", a.inconclusive, b->inconclusive,
                b->inconclusive > a.inconclusive);
    found.tightness(a.id, a.tightness, b->tightness);
  }
  for (const TheoremSummary& b : new_ones) {
    if (find(old_ones, b.id) == nullptr) {
      found.changes.push_back({b.id, "is new", b.refuted > 0});
    }
  }
  return found.changes;
}

}  // namespace graddiv
