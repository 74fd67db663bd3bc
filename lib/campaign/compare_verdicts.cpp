#include "campaign/compare_verdicts.h"

#include <algorithm>
#include <array>
#include <map>

#include "campaign/store_error.h"

namespace graddiv {

namespace {

// How much a verdict says for a theorem. Whether nothing is claimed or nothing decided is a
// matter of taste, and draws that would have missed a violation decide nothing.
int strength(Verdict verdict) {
  switch (verdict) {
    case Verdict::refuted:
      return 0;
    case Verdict::error:
      return 1;
    case Verdict::supported:
      return 3;
    case Verdict::proved:
      return 4;
    default:
      return 2;
  }
}

int weakness(Evidence::Kind kind) {
  constexpr std::array from_strong_to_weak{Evidence::exact, Evidence::interval,
                                           Evidence::statistical, Evidence::none};
  return static_cast<int>(std::ranges::find(from_strong_to_weak, kind) -
                          from_strong_to_weak.begin());
}

std::string instances(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " instance" : " instances");
}

/// Changes of one kind on many instances are one line.
class Lines {
 public:
  void add(const std::string& kind, Trend trend, const VerdictRecord& at,
           const std::string& example = "") {
    for (Line& line : lines_) {
      if (line.kind == kind && line.trend == trend) return void(++line.count);
    }
    const std::string number = std::to_string(at.number);
    lines_.push_back({kind, trend, 1, example.empty() ? number : number + ": " + example});
  }

  std::vector<Change> changes(const Subject& theorem) const {
    std::vector<Change> all;
    for (const Line& line : lines_) {
      all.push_back(
          {theorem,
           line.kind + " on " + instances(line.count) + " (the first is " + line.first + ")",
           line.trend});
    }
    return all;
  }

 private:
  struct Line {
    std::string kind;
    Trend trend;
    std::int64_t count;
    std::string first;
  };
  std::vector<Line> lines_;
};

void compare_tightness(const VerdictRecord& a, const VerdictRecord& b, Lines& lines) {
  if (a.tightness == b.tightness) return;
  // Both are decimals rounded down: exact numbers from here on.
  const bool is_lower =
      a.tightness && (!b.tightness || decimal(*b.tightness) < decimal(*a.tightness));
  lines.add(is_lower ? "a lower tightness" : "a higher tightness",
            is_lower ? Trend::worse : Trend::better, b,
            from_to("", a.tightness.value_or("none"), b.tightness.value_or("none")));
}

// On one instance.
void compare_two(const VerdictRecord& a, const VerdictRecord& b, Lines& lines) {
  if (a.verdict != b.verdict) {
    lines.add(from_to("", to_string(a.verdict), to_string(b.verdict)),
              trend_of(a.verdict, b.verdict), b);
    return;  // the rest follows from it
  }
  if (a.evidence != b.evidence) {
    lines.add(from_to("evidence", to_string(a.evidence), to_string(b.evidence)),
              trend_of(a.evidence, b.evidence), b);
  }
  if (a.conclusions != b.conclusions) {
    const bool is_fewer = b.conclusions < a.conclusions;
    lines.add(is_fewer ? "fewer conclusions" : "more conclusions",
              is_fewer ? Trend::worse : Trend::better, b,
              from_to("", std::to_string(a.conclusions), std::to_string(b.conclusions)));
  }
  if (a.series.size() != b.series.size()) {
    const bool is_shorter = b.series.size() < a.series.size();
    lines.add(is_shorter ? "fewer points to plot" : "more points to plot",
              is_shorter ? Trend::worse : Trend::better, b,
              from_to("", std::to_string(a.series.size()), std::to_string(b.series.size())));
  }
  const auto telling = [](const VerdictRecord& v) {
    return v.is_telling_at_positive_delta ? 2 : v.is_telling ? 1 : 0;
  };
  if (telling(a) != telling(b)) {
    static constexpr std::array what{"nothing", "something", "something at δ > 0"};
    lines.add(from_to("tells", what[static_cast<std::size_t>(telling(a))],
                      what[static_cast<std::size_t>(telling(b))]),
              telling(b) < telling(a) ? Trend::worse : Trend::better, b);
  }
  compare_tightness(a, b, lines);
}

using Counts = std::map<Verdict, std::int64_t>;

// Of instances that are in one of both only, more that are against a theorem are a loss, whatever
// they are.
void compare_counts(const Subject& theorem, Counts& before, Counts& after,
                    std::vector<Change>& changes) {
  for (const Verdict verdict : {Verdict::refuted, Verdict::error, Verdict::inconclusive}) {
    if (after[verdict] <= before[verdict]) continue;
    changes.push_back({theorem,
                       from_to(std::string(to_string(verdict)) + " among other instances",
                               std::to_string(before[verdict]), std::to_string(after[verdict])),
                       Trend::worse});
  }
}

}  // namespace

Rational decimal(const std::string& text) {
  try {
    return parse_rational(text);
  } catch (const ParseError& error) {
    throw StoreError(std::string("a store holds damaged text: ") + error.what());
  }
}

Trend trend_of(Verdict before, Verdict after) {
  if (before == after) return Trend::neither;
  return strength(after) > strength(before) ? Trend::better : Trend::worse;
}

// Surrogates that come in are a loss whatever the kind, and no gain of kind makes up for it.
Trend trend_of(const EvidenceName& before, const EvidenceName& after) {
  if (before == after) return Trend::neither;
  const bool is_weaker = weakness(after.kind) > weakness(before.kind) ||
                         (after.at_surrogates && !before.at_surrogates);
  return is_weaker ? Trend::worse : Trend::better;
}

std::vector<Change> compare_verdicts(const std::string& theorem,
                                     const std::vector<VerdictRecord>& before,
                                     const std::vector<VerdictRecord>& after, bool of_one_plan) {
  Lines lines;
  Counts others_before;
  Counts others_after;
  std::int64_t others = 0;
  std::int64_t added = 0;
  auto b = after.begin();
  for (const VerdictRecord& a : before) {
    for (; b != after.end() && b->number < a.number; ++b, ++added) ++others_after[b->verdict];
    const bool is_there = b != after.end() && b->number == a.number;
    if (is_there && b->instance == a.instance) {
      compare_two(a, *b, lines);
    } else {
      ++others_before[a.verdict];
      if (is_there) ++others_after[b->verdict];
      if (is_there) ++others;
      if (!is_there) lines.add("no verdict", of_one_plan ? Trend::worse : Trend::neither, a);
    }
    if (is_there) ++b;
  }
  for (; b != after.end(); ++b, ++added) ++others_after[b->verdict];

  const Subject about{Subject::Kind::theorem, theorem};
  std::vector<Change> changes = lines.changes(about);
  compare_counts(about, others_before, others_after, changes);
  if (added > 0) changes.push_back({about, instances(added) + " more", Trend::neither});
  if (others > 0) {
    changes.push_back({about,
                       instances(others) + " of " + std::to_string(before.size()) +
                           " are other ones: not compared",
                       Trend::neither});
  }
  return changes;
}

}  // namespace graddiv
