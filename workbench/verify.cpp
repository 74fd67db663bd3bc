#include "workbench/verify.h"

#include <fmt/format.h>
#include <tbb/parallel_for_each.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "json/file.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"
#include "workbench/lookup.h"
#include "workbench/mutants.h"
#include "workbench/plan.h"
#include "workbench/provenance.h"
#include "workbench/save_counterexample.h"

namespace graddiv::workbench {

namespace {

StatementRecord to_record(const Theorem& theorem) {
  StatementRecord record{theorem.id,    theorem.title, theorem.source,
                         theorem.cites, theorem.latex, {}};
  for (const auto& hypothesis : theorem.statement.hypotheses()) {
    record.hypotheses.push_back(hypothesis.text);
  }
  return record;
}

/// One call of verify, while it runs.
class Verification {
 public:
  explicit Verification(const VerifyRequest& request)
      : request_(request),
        plan_(request.theorems, request.examples, request.seed),
        store_(request.store.empty() ? ":memory:" : request.store, Store::Mode::write) {
    begin_or_continue(store_, make_provenance(request.seed, plan_.fingerprint()));
  }

  VerifyResult run() {
    for (const auto* theorem : request_.theorems) store_.write(to_record(*theorem));
    check_laws();
    check_all_mutants();
    if (!request_.store.empty()) {
      draw_figures();
      replay_gallery();
      result_.gallery = of_these(store_.gallery(), &SharpestRecord::theorem);
    }
    check_instances();
    result_.summaries = of_these(store_.summaries(), &TheoremSummary::id);
    for (auto& verdict : of_these(store_.refuted(), &VerdictRecord::theorem)) {
      const std::string file = save(verdict);
      result_.refutations.push_back({std::move(verdict), file});
    }
    result_.errors = of_these(store_.errors(), &VerdictRecord::theorem);
    if (!result_.errors.empty()) result_.first_error_file = save_instance(result_.errors.front());
    return std::move(result_);
  }

 private:
  std::chrono::duration<double> spent() const { return std::chrono::steady_clock::now() - start_; }
  bool is_over() const {
    return request_.cancelled() ||
           (request_.time_budget && spent().count() > *request_.time_budget);
  }

  template <class Record>
  std::vector<Record> of_these(std::vector<Record> records, std::string Record::*theorem) const {
    std::erase_if(
        records, [&](const auto& record) { return !is_among(request_.theorems, record.*theorem); });
    return records;
  }

  // Laws and mutants, a few seconds, are checked each time and within no budget.
  void check_laws() {
    for (const auto& construction : constructions()) {
      if (request_.cancelled()) return;
      result_.laws.push_back(check_law(construction));
      store_.write(result_.laws.back().record);
    }
  }

  void check_all_mutants() {
    std::vector<StatementRef> mutants;
    for (const auto* theorem : request_.theorems) {
      for (const auto& mutant : theorem->mutants) mutants.push_back({theorem, &mutant});
    }
    result_.mutants = check_mutants(mutants, request_.jobs, request_.cancelled);
    for (const auto& mutant : result_.mutants) store_.write(mutant.record);
  }

  // A figure depends on nothing but this version, so one that is in the store is not made again.
  void draw_figures() {
    std::set<std::string> drawn;
    for (const auto& figure : store_.figures()) drawn.insert(figure.id);
    for (const auto& figure : figures()) {
      if (request_.cancelled()) return;
      if (drawn.contains(figure.id) || !is_among(request_.theorems, figure.theorem)) continue;
      store_.write(figure.record());
    }
  }

  // Like a figure, an instance of the gallery that is in the store is not replayed again.
  void replay_gallery() {
    std::set<std::pair<std::string, Regime>> replayed;
    for (const auto& record : store_.gallery()) replayed.emplace(record.theorem, record.regime);
    std::vector<const GalleryEntry*> entries;
    for (const GalleryEntry& entry : gallery()) {
      if (replayed.contains({entry.theorem, entry.regime})) continue;
      if (is_among(request_.theorems, entry.theorem)) entries.push_back(&entry);
    }
    tbb::task_arena(request_.jobs).execute([&] {
      tbb::parallel_for_each(entries, [&](const GalleryEntry* entry) {
        if (is_over()) return;
        const Statement& statement = find_theorem(entry->theorem).statement;
        store_.write(graddiv::to_record(*entry, replay(statement, *entry)));
      });
    });
  }

  void check_instances() {
    CampaignOptions options;
    options.instances = request_.instances;
    options.jobs = request_.jobs;
    options.shard = request_.shard;
    if (request_.time_budget) {
      options.time_budget = std::chrono::duration<double>(*request_.time_budget) - spent();
    }
    options.cancelled = request_.cancelled;
    options.progress = request_.progress;
    result_.campaign = run_campaign(request_.theorems, plan_.plan(), store_, options);
  }

  std::string file_for(const char* what, const VerdictRecord& verdict) const {
    const auto folder = std::filesystem::path(request_.store).parent_path();
    const auto name = fmt::format("{}-{}-{}.json", what, verdict.theorem, verdict.number);
    return (folder / name).string();
  }

  // The instance that a check threw on, as it is.
  std::string save_instance(const VerdictRecord& verdict) const {
    if (verdict.instance.empty()) return "";
    const std::string file = file_for("error", verdict);
    write_file(file, verdict.instance);
    return file;
  }

  std::string save(const VerdictRecord& verdict) const {
    const std::string file = file_for("counterexample", verdict);
    save_counterexample(file, find_theorem(verdict.theorem),
                        read_instance(JsonReader::from_text(verdict.instance, file)),
                        {verdict.origin, request_.seed, verdict.number});
    return file;
  }

  const VerifyRequest& request_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  VerificationPlan plan_;
  Store store_;
  VerifyResult result_;
};

}  // namespace

std::int64_t VerifyResult::laws_that_hold() const {
  return std::ranges::count_if(laws, [](const auto& law) { return law.record.law_holds; });
}

bool VerifyResult::all_well() const {
  return refutations.empty() && errors.empty() &&
         std::ranges::all_of(mutants, &MutantFinding::as_it_should_be) &&
         laws_that_hold() == static_cast<std::int64_t>(laws.size()) &&
         std::ranges::all_of(gallery, &SharpestRecord::as_stored);
}

VerifyResult verify(const VerifyRequest& request) { return Verification(request).run(); }

bool is_vacuous(const TheoremSummary& summary) {
  constexpr std::int64_t too_few = 50;
  const int floor = find_theorem(summary.id).least_applicable_percent;
  return summary.instances >= too_few && 100 * summary.applicable < floor * summary.instances;
}

}  // namespace graddiv::workbench
