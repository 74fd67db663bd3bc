#include "campaign/subject.h"

#include <algorithm>

#include "campaign/store.h"

namespace graddiv {

Subject subject_of(const StatementRecord& s) { return {Subject::Kind::theorem, s.id}; }
Subject subject_of(const TheoremSummary& s) { return {Subject::Kind::theorem, s.id}; }
Subject subject_of(const MutantRecord& m) { return {Subject::Kind::mutant, m.theorem, m.mutant}; }
Subject subject_of(const ConstructionRecord& c) { return {Subject::Kind::law, c.id}; }
Subject subject_of(const SharpestRecord& r) {
  return {Subject::Kind::gallery, r.theorem, std::string(to_string(r.regime))};
}
Subject subject_of(const FigureRecord& f) { return {Subject::Kind::figure, f.theorem, f.id}; }

std::string in_words(const Subject& subject) {
  switch (subject.kind) {
    case Subject::Kind::theorem:
      return "its statement";
    case Subject::Kind::mutant:
      return "the mutant " + subject.name;
    case Subject::Kind::law:
      return "the construction";
    case Subject::Kind::gallery:
      return "the gallery (" + subject.name + ")";
    case Subject::Kind::figure:
      return "the figure " + subject.name;
    default:
      return "the campaign";
  }
}

std::vector<Subject> subjects(const Store& before, const Store& after) {
  std::vector<Subject> all{{}};
  const auto add = [&](const auto& records) {
    for (const auto& record : records) {
      if (std::ranges::find(all, subject_of(record)) == all.end())
        all.push_back(subject_of(record));
    }
  };
  const auto add_both = [&](const auto& records_of) {
    add(records_of(after));
    add(records_of(before));
  };
  add_both([](const Store& store) { return store.summaries(); });
  add_both([](const Store& store) { return store.mutants(); });
  add_both([](const Store& store) { return store.constructions(); });
  add_both([](const Store& store) { return store.gallery(); });
  add_both([](const Store& store) { return store.figures(); });
  return all;
}

}  // namespace graddiv
