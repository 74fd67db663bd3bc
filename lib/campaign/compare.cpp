#include "campaign/compare.h"

#include <algorithm>

#include "campaign/store.h"
#include "number/rational.h"

namespace graddiv {

namespace {

std::string from_to(const std::string& what, const std::string& a, const std::string& b) {
  return what + " " + a + " → " + b;
}

/// The member of a list that is about the same as this one.
template <class T, class Key>
const T* counterpart(const std::vector<T>& in, const T& of, Key key) {
  const auto found = std::ranges::find(in, key(of), key);
  return found == in.end() ? nullptr : &*found;
}

class Found {
 public:
  void add(const std::string& theorem, std::string what, bool is_worse) {
    changes.push_back({theorem, std::move(what), is_worse});
  }

  void count(const TheoremSummary& a, const TheoremSummary& b, const char* what,
             std::int64_t TheoremSummary::*member, bool is_more_worse) {
    if (a.*member == b.*member) return;
    // Fewer proofs among other instances say nothing.
    const bool is_fewer = a.instances == b.instances && b.*member < a.*member;
    const bool is_worse = is_more_worse ? b.*member > a.*member : is_fewer;
    add(a.id, from_to(what, std::to_string(a.*member), std::to_string(b.*member)), is_worse);
  }

  void tightness(const std::string& theorem, const std::string& what,
                 const std::optional<std::string>& a, const std::optional<std::string>& b) {
    if (a == b) return;
    // Both are decimals rounded down: exact numbers from here on.
    const bool is_worse = a && (!b || parse_rational(*b) < parse_rational(*a));
    add(theorem, from_to(what, a.value_or("none"), b.value_or("none")), is_worse);
  }

  void holds(const std::string& theorem, const std::string& what, bool a, bool b) {
    if (a != b) add(theorem, what + (b ? " again" : " no longer"), a);
  }

  std::vector<Change> changes;
};

void compare_theorems(const std::vector<TheoremSummary>& before,
                      const std::vector<TheoremSummary>& after, Found& found) {
  const auto id = [](const TheoremSummary& s) { return s.id; };
  for (const TheoremSummary& a : before) {
    const TheoremSummary* b = counterpart(after, a, id);
    if (b == nullptr) {
      found.add(a.id, "is not in the new one", true);
      continue;
    }
    if (a.instances != b->instances) {
      found.add(a.id,
                from_to("instances", std::to_string(a.instances), std::to_string(b->instances)),
                false);
    }
    // A proof that became a support is a loss as well.
    found.count(a, *b, "proved", &TheoremSummary::proved, false);
    found.count(a, *b, "supported", &TheoremSummary::supported, false);
    found.count(a, *b, "refuted", &TheoremSummary::refuted, true);
    found.count(a, *b, "inconclusive", &TheoremSummary::inconclusive, true);
    found.count(a, *b, "errors", &TheoremSummary::errors, true);
    found.tightness(a.id, "best tightness", a.tightness, b->tightness);
  }
  for (const TheoremSummary& b : after) {
    if (counterpart(before, b, id) == nullptr) found.add(b.id, "is new", b.refuted > 0);
  }
}

/// What was there and held must be there and hold.
template <class T, class Key, class Compare>
void compare_lists(const std::vector<T>& before, const std::vector<T>& after, Key key,
                   const Compare& compare_members, Found& found) {
  for (const T& a : before) {
    const T* b = counterpart(after, a, key);
    if (b != nullptr) {
      compare_members(a, *b);
    } else {
      const auto [of, name] = key(a);
      found.add(of, name + " is not in the new one", true);
    }
  }
}

}  // namespace

Results results_of(const Store& store) {
  return {store.summaries(), store.mutants(), store.constructions(), store.gallery()};
}

std::vector<Change> compare(const Results& before, const Results& after) {
  using Name = std::pair<std::string, std::string>;
  Found found;
  compare_theorems(before.theorems, after.theorems, found);
  compare_lists(
      before.mutants, after.mutants,
      [](const MutantRecord& m) { return Name(m.theorem, "the mutant " + m.mutant); },
      [&](const MutantRecord& a, const MutantRecord& b) {
        found.holds(a.theorem, "the mutant " + a.mutant + " is refuted", a.refuted, b.refuted);
      },
      found);
  compare_lists(
      before.constructions, after.constructions,
      [](const ConstructionRecord& c) { return Name(c.id, "the construction"); },
      [&](const ConstructionRecord& a, const ConstructionRecord& b) {
        found.holds(a.id, "its law holds", a.law_holds, b.law_holds);
      },
      found);
  compare_lists(
      before.gallery, after.gallery,
      [](const SharpestRecord& r) {
        return Name(r.theorem, "the gallery (" + std::string(to_string(r.regime)) + ")");
      },
      [&](const SharpestRecord& a, const SharpestRecord& b) {
        found.tightness(a.theorem, "gallery (" + std::string(to_string(a.regime)) + ")", a.ratio,
                        b.ratio);
      },
      found);
  return found.changes;
}

}  // namespace graddiv
