#include "workbench/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "campaign/compare.h"
#include "constructions/catalogue.h"
#include "json/file.h"
#include "theorems/catalogue.h"
#include "workbench/error.h"
#include "workbench/large_plan.h"
#include "workbench/lookup.h"
#include "workbench/parts.h"
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
  for (const auto& telling : theorem.statement.telling()) record.telling.push_back(telling.text);
  return record;
}

/// What a campaign asks its plan for.
struct CampaignPlan {
  Plan plan;
  std::string fingerprint, in_words;
  std::vector<std::string> left_out{};
  std::shared_ptr<const VerificationPlan> held{};  // `plan` does not outlive it
};

CampaignPlan plan_of(const VerifyRequest& request) {
  if (request.large) {
    const LargePlan large(request.seed);
    return {large.plan(), large.fingerprint(), large.in_words(), large.left_out()};
  }
  const auto plan = std::make_shared<const VerificationPlan>(
      request.theorems, request.examples, request.seed, SearchSchedule(request.search_percent));
  return {plan->plan(), plan->fingerprint(), plan->in_words(), {}, plan};
}

CampaignOptions campaign_options(const VerifyRequest& request, const CampaignPlan& plan) {
  CampaignOptions options;
  options.instances = request.instances;
  options.jobs = request.jobs;
  options.shard = request.shard;
  options.ledger = ledger();
  options.crew = request.crew;
  if (request.crew == nullptr) return options;
  const Provenance here = make_provenance(request.seed);
  options.crew_plan = here.version + " " + here.commit + " " + plan.fingerprint;
  for (const Theorem* theorem : request.theorems) options.crew_plan += " " + theorem->id;
  return options;
}

// What all ranks but 0 do.
void help(const VerifyRequest& request) {
  const CampaignPlan plan = plan_of(request);
  help_campaign(request.theorems, plan.plan, campaign_options(request, plan));
  const Store nothing(":memory:", Store::Mode::write);
  if (!request.large)
    help_make_parts(missing_parts(request.theorems, nothing, Parts::all), request.jobs,
                    *request.crew);
}

/// One call of verify, while it runs.
/// The error level is shared out among as many statements as the catalogue has. Theorems of files
/// take the shares of those that are not checked into the same store; throws RequestError where
/// there are none left.
void require_room(const VerifyRequest& request, const Store& store) {
  std::set<std::string> ids;
  for (const StatementRecord& stored : store.statements()) ids.insert(stored.id);
  for (const Theorem* theorem : request.theorems) ids.insert(theorem->id);
  const std::int64_t most = ledger().statements;
  if (static_cast<std::int64_t>(ids.size()) <= most) return;
  throw RequestError(
      fmt::format("{}: its error level is shared out among {} statements, and these "
                  "would be {}; expected a store of their own",
                  store.path(), most, ids.size()));
}

class Verification {
 public:
  explicit Verification(const VerifyRequest& request)
      : request_(request),
        baseline_(opened(request.baseline)),
        plan_(plan_of(request)),
        store_(request.store.empty() ? ":memory:" : request.store, Store::Mode::write),
        wanted_(store_.is_file() || baseline_ ? Parts::all : Parts::laws_and_mutants) {
    Provenance provenance = make_provenance(request.seed);
    provenance.inputs = plan_.fingerprint;
    provenance.plan = plan_.in_words;
    provenance.ledger = ledger().in_words();
    require_room(request, store_);
    begin_or_continue(store_, provenance);
  }

  VerifyResult run() {
    std::vector<StatementRecord> statements;
    for (const auto* theorem : request_.theorems) statements.push_back(to_record(*theorem));
    store_.write(statements);
    check_instances();
    make_parts(
        parts_to_make(), store_, request_.jobs, [this] { return is_over(); }, request_.crew);
    for (const Part& part : parts_to_make()) ++left_of(part.kind);

    result_.summaries = of_these(store_.summaries(), &TheoremSummary::id);
    for (const Theorem* theorem : request_.theorems) {
      Applicability found = applicability(*theorem, store_.outcome_counts(theorem->id));
      if (found.is_hardly_ever()) result_.hardly_applicable.push_back(std::move(found));
    }
    result_.mutants = of_these(store_.mutants(), &MutantRecord::theorem);
    result_.laws = store_.constructions();
    result_.gallery = of_these(store_.gallery(), &SharpestRecord::theorem);
    result_.search_share_of_time = store_.search_share_of_time();
    result_.spent_error_level = store_.spent_error_level();
    result_.left_out = plan_.left_out;
    auto refuted = of_these(store_.refuted(), &VerdictRecord::theorem);
    // A killed call may have left some unsaved: all of them, before it takes time to shrink one.
    for (const auto& verdict : refuted) save_found(verdict);
    const std::set<std::size_t> to_shrink = worth_shrinking(refuted);
    for (std::size_t i = 0; i < refuted.size(); ++i) {
      const std::string file = file_for("counterexample", refuted[i]);
      std::optional<std::string> smallest;
      if (to_shrink.contains(i)) smallest = save_smallest(refuted[i], file);
      result_.refutations.push_back({std::move(refuted[i]), file, std::move(smallest)});
    }
    result_.errors = of_these(store_.errors(), &VerdictRecord::theorem);
    if (!result_.errors.empty()) result_.first_error_file = save_instance(result_.errors.front());
    if (!result_.left.nothing())
      result_.ending = request_.cancelled() ? Ending::cancelled : Ending::out_of_time;
    if (baseline_ && result_.left.nothing()) result_.changes = changes();
    return std::move(result_);
  }

 private:
  static std::optional<Store> opened(const std::string& baseline) {
    if (baseline.empty()) return std::nullopt;
    return std::optional<Store>(std::in_place, baseline, Store::Mode::read);
  }

  /// Of other theorems the two stores may have what they like.
  std::vector<Change> changes() const {
    auto all = compare(*baseline_, store_);
    std::erase_if(all, [&](const Change& change) {
      const bool is_of_all =
          change.about.kind == Subject::Kind::campaign || change.about.kind == Subject::Kind::law;
      return !is_of_all && !is_among(request_.theorems, change.about.of);
    });
    return all;
  }

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

  std::vector<Part> parts_to_make() const {
    if (request_.large) return {};
    return missing_parts(request_.theorems, store_, wanted_);
  }

  std::int64_t& left_of(Part::Kind kind) {
    switch (kind) {
      case Part::Kind::law:
        return result_.left.laws;
      case Part::Kind::mutant:
        return result_.left.mutants;
      case Part::Kind::gallery:
        return result_.left.gallery;
      default:
        return result_.left.figures;
    }
  }

  void check_instances() {
    CampaignOptions options = campaign_options(request_, plan_);
    if (request_.time_budget) {
      options.time_budget = std::chrono::duration<double>(*request_.time_budget) - spent();
    }
    options.cancelled = request_.cancelled;
    options.written = [this](const VerdictRecord& verdict) {
      if (verdict.verdict == Verdict::refuted) save_found(verdict);
    };
    options.progress = request_.progress;
    result_.left.instances = run_campaign(request_.theorems, plan_.plan, store_, options).left;
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

  void save_found(const VerdictRecord& verdict) const {
    const std::string file = file_for("counterexample", verdict);
    if (saved_in(file, verdict, request_.seed) == Saved::nothing)
      save_as_found(file, verdict, request_.seed, how_checked(verdict));
  }

  /// What it says of the smallest.
  std::optional<std::string> save_smallest(const VerdictRecord& verdict,
                                           const std::string& file) const {
    auto saved = saved_counterexample(file, verdict, request_.seed);
    if (!is_over() && !(saved && saved->is_smallest)) {
      shrink_into(file, verdict);
      saved = saved_counterexample(file, verdict, request_.seed);
    }
    return saved && saved->is_smallest ? saved->reason : std::nullopt;
  }

  void shrink_into(const std::string& file, const VerdictRecord& verdict) const {
    const auto reader = JsonReader::from_text(verdict.instance, file);
    save_counterexample(
        file, theorem_of(verdict), read_instance(reader, families_and_constructions()),
        {verdict.origin, request_.seed, verdict.number}, [this] { return is_over(); },
        how_checked(verdict));
  }

  const Theorem& theorem_of(const VerdictRecord& verdict) const {
    return **std::ranges::find(request_.theorems, verdict.theorem, &Theorem::id);
  }

  /// By as many runs as the campaign made, where the instance is too large for exact checks.
  EvaluationOptions how_checked(const VerdictRecord& verdict) const {
    EvaluationOptions how;
    if (!request_.large) return how;
    how.error_level = ledger().share(verdict.number);
    how.sampling = plan_.plan.at(theorem_of(verdict), verdict.number, {})->sampling;
    return how;
  }

  const VerifyRequest& request_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::optional<Store> baseline_;
  CampaignPlan plan_;
  Store store_;
  Parts wanted_;
  VerifyResult result_;
};

}  // namespace

Ledger ledger() { return {.statements = static_cast<std::int64_t>(theorems().size())}; }

VerifyResult verify(const VerifyRequest& request) {
  if (request.crew == nullptr || request.crew->rank() == 0) return Verification(request).run();
  help(request);
  return {};
}

}  // namespace graddiv::workbench
