#include "workbench/parts.h"

#include <tbb/parallel_for_each.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <random>
#include <set>

#include "campaign/gallery.h"
#include "campaign/mutants.h"
#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"
#include "workbench/laws.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

namespace {

void add_mutants(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::pair<std::string, std::string>> made;
  for (const auto& record : store.mutants()) made.emplace(record.theorem, record.mutant);
  for (const auto* theorem : theorems) {
    for (int rank = 0; const auto& mutant : theorem->mutants) {
      const int mine = rank++;
      if (made.contains({theorem->id, mutant.id})) continue;
      parts.push_back({Part::Kind::mutant, [theorem, &mutant, mine](Store& into) {
                         const auto known = families_and_constructions();
                         MutantRecord record = check_mutant(*theorem, mutant, known).record;
                         record.rank = mine;
                         into.write(record);
                       }});
    }
  }
}

void add_laws(const Store& store, std::vector<Part>& parts) {
  std::set<std::string> made;
  for (const auto& record : store.constructions()) made.insert(record.id);
  for (int rank = 0; const auto& construction : constructions()) {
    const int mine = rank++;
    if (made.contains(construction.id)) continue;
    parts.push_back({Part::Kind::law, [&construction, mine](Store& into) {
                       ConstructionRecord record = check_law(construction);
                       record.rank = mine;
                       into.write(record);
                     }});
  }
}

void add_gallery(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::pair<std::string, Regime>> made;
  for (const auto& record : store.gallery()) made.emplace(record.theorem, record.regime);
  for (const GalleryEntry& entry : gallery()) {
    if (made.contains({entry.theorem, entry.regime})) continue;
    if (!is_among(theorems, entry.theorem)) continue;
    parts.push_back({Part::Kind::gallery, [&entry](Store& into) {
                       const Statement& statement = find_theorem(entry.theorem).statement;
                       into.write(to_record(entry, replay(statement, entry)));
                     }});
  }
}

void add_figures(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::string> made;
  for (const auto& record : store.figures()) made.insert(record.id);
  for (int rank = 0; const Figure& figure : figures()) {
    const int mine = rank++;
    if (made.contains(figure.id) || !is_among(theorems, figure.theorem)) continue;
    parts.push_back({Part::Kind::figure, [&figure, mine](Store& into) {
                       FigureRecord record = figure.record();
                       record.rank = mine;
                       into.write(record);
                     }});
  }
}

}  // namespace

std::vector<Part> missing_parts(const std::vector<const Theorem*>& theorems, const Store& store,
                                Parts wanted) {
  std::vector<Part> parts;
  add_laws(store, parts);
  add_mutants(theorems, store, parts);
  if (wanted == Parts::all) {
    add_gallery(theorems, store, parts);
    add_figures(theorems, store, parts);
  }
  return parts;
}

void make_parts(std::vector<Part> parts, Store& store, int jobs,
                const std::function<bool()>& is_over) {
  // In another order each time: should one take longer than a call is left alone, it must not keep
  // the others from being made.
  std::ranges::shuffle(parts, std::mt19937(std::random_device()()));
  tbb::task_arena(jobs).execute([&] {
    tbb::parallel_for_each(parts, [&](const Part& part) {
      if (is_over()) return;
      part.make(store);
      store.sync();
    });
  });
}

}  // namespace graddiv::workbench
