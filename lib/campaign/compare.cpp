#include "campaign/compare.h"

#include <algorithm>
#include <cmath>

#include "campaign/compare_verdicts.h"
#include "campaign/store.h"
#include "campaign/subject.h"
#include "number/text.h"

namespace graddiv {

namespace {

constexpr auto by_subject = [](const auto& record) { return subject_of(record); };

/// The member of a list that is about the same as this one.
template <class T, class Key>
const T* counterpart(const std::vector<T>& in, const T& of, Key key) {
  const auto found = std::ranges::find(in, key(of), key);
  return found == in.end() ? nullptr : &*found;
}

/// What was found in the records about one theorem, construction or figure.
class Found {
 public:
  explicit Found(std::vector<Change>& changes) : changes_(changes) {}

  void add(const Subject& about, std::string what, Trend trend) {
    changes_.push_back({about, std::move(what), trend});
  }

  /// Both are decimals rounded down.
  void ratio(const Subject& about, const std::string& what, const std::optional<std::string>& a,
             const std::optional<std::string>& b) {
    if (a == b) return;
    const bool is_worse = a && (!b || decimal(*b) < decimal(*a));
    add(about, from_to(what, a.value_or("none"), b.value_or("none")),
        is_worse ? Trend::worse : Trend::better);
  }

  void holds(const Subject& about, const std::string& what, bool a, bool b) {
    if (a != b) add(about, what + (b ? " again" : " no longer"), a ? Trend::worse : Trend::better);
  }

  void evidence(const Subject& about, const std::string& of, const EvidenceName& a,
                const EvidenceName& b) {
    if (a != b) add(about, from_to(of + ": evidence", to_string(a), to_string(b)), trend_of(a, b));
  }

  /// What was checked is not what is checked now, for better or worse: nobody asked for it.
  void text(const Subject& about, const std::string& what, const std::string& a,
            const std::string& b) {
    if (a != b) add(about, what + " reads otherwise", Trend::worse);
  }

  /// What only people look at; nothing where the old store was relieved of it.
  template <class T>
  void remark(const Subject& about, const std::string& what, const T& a, const T& b) {
    if (a != b && a != T()) add(about, what + " is another one", Trend::neither);
  }

 private:
  std::vector<Change>& changes_;
};

/// What was there must be there, and `compare_members` compares it.
template <class T, class Key, class Compare>
void compare_lists(const std::vector<T>& before, const std::vector<T>& after, Key key,
                   const Compare& compare_members, Found& found) {
  for (const T& a : before) {
    const T* b = counterpart(after, a, key);
    if (b != nullptr) {
      compare_members(a, *b);
    } else {
      const Subject about = key(a);
      found.add(about, in_words(about) + " is not in the new one", Trend::worse);
    }
  }
}

/// What is new must hold as well.
template <class T, class Key>
void find_bad_new(const std::vector<T>& before, const std::vector<T>& after, Key key,
                  bool T::*holds, Found& found) {
  for (const T& b : after) {
    if (b.*holds || counterpart(before, b, key) != nullptr) continue;
    const Subject about = key(b);
    found.add(about, in_words(about) + " is new, and not as it should be", Trend::worse);
  }
}

void compare_statements(const Store& before, const Store& after, Found& found) {
  compare_lists(
      before.statements(), after.statements(), by_subject,
      [&](const StatementRecord& a, const StatementRecord& b) {
        const Subject theorem = subject_of(a);
        found.text(theorem, "its statement", a.latex, b.latex);
        const auto has = [](const StatementRecord& s, const Text& hypothesis) {
          return std::ranges::find(s.hypotheses, hypothesis) != s.hypotheses.end();
        };
        for (const auto& h : a.hypotheses) {
          if (!has(b, h)) found.add(theorem, "assumes no longer: " + h.plain(), Trend::worse);
        }
        for (const auto& h : b.hypotheses) {
          if (!has(a, h)) found.add(theorem, "assumes now: " + h.plain(), Trend::worse);
        }
        if (a.telling != b.telling)
          found.add(theorem, "when it tells something reads otherwise", Trend::worse);
        found.remark(theorem, "its title", a.title, b.title);
        found.remark(theorem, "its source", a.source, b.source);
      },
      found);
}

// By how much a mutant is refuted: farther from 1 is clearer.
std::optional<Rational> distance_from_one(const std::string& ratio) {
  if (ratio.empty()) return std::nullopt;
  const Rational x = decimal(ratio) - 1;
  return x < 0 ? Rational(-x) : x;
}

void compare_mutants(const MutantRecord& a, const MutantRecord& b, Found& found) {
  const Subject mutant = subject_of(a);
  const std::string name = in_words(mutant);
  found.holds(mutant, name + " is refuted", a.refuted, b.refuted);
  if (a.truth != b.truth) {
    found.add(mutant,
              from_to("on the witness of " + name + " the theorem is",
                      std::string(to_string(a.truth)), std::string(to_string(b.truth))),
              trend_of(a.truth, b.truth));
  }
  found.evidence(mutant, name, a.evidence, b.evidence);
  if (a.ratio != b.ratio) {
    const bool is_clearer = distance_from_one(b.ratio) > distance_from_one(a.ratio);
    found.add(mutant, from_to(name + ": ratio", a.ratio, b.ratio),
              is_clearer ? Trend::better : Trend::worse);
  }
  found.text(mutant, name, a.change, b.change);
  found.remark(mutant, name + ": its witness", a.witness, b.witness);
}

void compare_gallery(const SharpestRecord& a, const SharpestRecord& b, Found& found) {
  const Subject instance = subject_of(a);
  const std::string name = "gallery (" + instance.name + ")";
  found.ratio(instance, name, a.ratio, b.ratio);
  found.ratio(instance, name + ": stored as", a.stored, b.stored);
  found.holds(instance, name + ": is as sharp as it is stored", a.as_stored, b.as_stored);
  found.evidence(instance, name, a.evidence, b.evidence);
  found.remark(instance, name + ": its instance", a.instance, b.instance);
}

void compare_parts(const Store& before, const Store& after, Found& found) {
  compare_lists(
      before.mutants(), after.mutants(), by_subject,
      [&](const MutantRecord& a, const MutantRecord& b) { compare_mutants(a, b, found); }, found);
  compare_lists(
      before.constructions(), after.constructions(), by_subject,
      [&](const ConstructionRecord& a, const ConstructionRecord& b) {
        found.holds(subject_of(a), "its law holds", a.law_holds, b.law_holds);
        found.text(subject_of(a), "its law", a.law, b.law);
      },
      found);
  compare_lists(
      before.gallery(), after.gallery(), by_subject,
      [&](const SharpestRecord& a, const SharpestRecord& b) { compare_gallery(a, b, found); },
      found);
  compare_lists(
      before.figures(), after.figures(), by_subject,
      [&](const FigureRecord& a, const FigureRecord& b) {
        if (b.curves.size() < a.curves.size())
          found.add(subject_of(a), in_words(subject_of(a)) + " has fewer curves", Trend::worse);
      },
      found);
  find_bad_new(before.mutants(), after.mutants(), by_subject, &MutantRecord::refuted, found);
  find_bad_new(before.constructions(), after.constructions(), by_subject,
               &ConstructionRecord::law_holds, found);
  find_bad_new(before.gallery(), after.gallery(), by_subject, &SharpestRecord::as_stored, found);
}

// Whether the same numbers stand for the same instances; where not, says so.
bool compare_plans(const Store& before, const Store& after, Found& found) {
  const Provenance a = before.provenance().value_or(Provenance());
  const Provenance b = after.provenance().value_or(Provenance());
  const auto tell = [&](const std::string& what) {
    found.add({}, what + ": other instances are not compared", Trend::neither);
  };
  if (a.seed != b.seed) tell(from_to("seed", std::to_string(a.seed), std::to_string(b.seed)));
  if (a.inputs != b.inputs) tell("the worst cases and examples are other ones");
  if (a.plan != b.plan) tell("the shares of random instances and worst cases are other ones");
  return a.seed == b.seed && a.inputs == b.inputs && a.plan == b.plan;
}

/// Of other instances a smaller share may be chance: it is a loss where it is 2.3 standard
/// deviations of the difference below, which chance alone does once in a hundred times.
void compare_shares(const TheoremSummary& a, const TheoremSummary& b, Found& found) {
  struct Share {
    std::int64_t TheoremSummary::*part;
    std::int64_t TheoremSummary::*of;
    const char* what;
  };
  for (const Share& share :
       {Share{&TheoremSummary::applicable, &TheoremSummary::instances, "applies to"},
        Share{&TheoremSummary::telling, &TheoremSummary::applicable, "tells something on"},
        Share{&TheoremSummary::telling_at_positive_delta, &TheoremSummary::applicable,
              "tells something at δ > 0 on"}}) {
    const auto n = static_cast<double>(a.*share.of);
    const auto m = static_cast<double>(b.*share.of);
    if (n == 0 || m == 0) continue;
    const double p = static_cast<double>(a.*share.part) / n;
    const double q = static_cast<double>(b.*share.part) / m;
    const double both = static_cast<double>(a.*share.part + b.*share.part) / (n + m);
    constexpr double deviations = 2.3;
    if (std::abs(p - q) <= deviations * std::sqrt(both * (1 - both) * (1 / n + 1 / m))) continue;
    const auto in_words = [&](const TheoremSummary& s) {
      return std::to_string(s.*share.part) + " of " + std::to_string(s.*share.of);
    };
    found.add(subject_of(a), from_to(share.what, in_words(a), in_words(b)),
              q < p ? Trend::worse : Trend::better);
  }
}

void compare_theorems(const Store& before, const Store& after, bool of_one_plan,
                      std::vector<Change>& changes) {
  Found found(changes);
  const auto new_summaries = after.summaries();
  const auto old_summaries = before.summaries();
  const auto compare_all = [&](const std::string& theorem) {
    const auto more =
        compare_verdicts(theorem, before.outcomes(theorem), after.outcomes(theorem), of_one_plan);
    changes.insert(changes.end(), more.begin(), more.end());
  };
  for (const TheoremSummary& a : old_summaries) {
    const TheoremSummary* b = counterpart(new_summaries, a, by_subject);
    if (b == nullptr) {
      found.add(subject_of(a), "is not in the new one", Trend::worse);
      continue;
    }
    compare_all(a.id);
    if (of_one_plan) {
      found.ratio(subject_of(a), "best tightness", a.tightness, b->tightness);
    } else {
      compare_shares(a, *b, found);
    }
  }
  for (const TheoremSummary& b : new_summaries) {
    if (counterpart(old_summaries, b, by_subject) != nullptr) continue;
    found.add(subject_of(b), "is new", Trend::neither);
    compare_all(b.id);
  }
}

}  // namespace

std::vector<Change> compare(const Store& before, const Store& after) {
  before.examine();
  after.examine();
  std::vector<Change> changes;
  Found found(changes);
  const bool of_one_plan = compare_plans(before, after, found);
  compare_statements(before, after, found);
  compare_theorems(before, after, of_one_plan, changes);
  compare_parts(before, after, found);
  return changes;
}

}  // namespace graddiv
