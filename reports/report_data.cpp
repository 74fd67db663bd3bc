#include "reports/report_data.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <tuple>

#include "campaign/store.h"
#include "reports/figures.h"

namespace graddiv {

namespace {

bool is_applicable(const VerdictRecord& v) {
  return v.verdict != Verdict::not_applicable && v.verdict != Verdict::error;
}
bool is_decided(const VerdictRecord& v) {
  return is_applicable(v) && v.verdict != Verdict::inconclusive;
}

/// Every mutant's witness is an origin of its own; a table has one line for them.
std::string kind_of(const std::string& origin) {
  return origin.starts_with("witness: ") ? "witnesses of mutants" : origin;
}

OriginCount& origin_of(std::vector<OriginCount>& origins, const std::string& origin) {
  const auto found = std::ranges::find(origins, origin, &OriginCount::origin);
  return found != origins.end() ? *found : origins.emplace_back(OriginCount{origin});
}

void count(OriginCount& into, const VerdictRecord& v) {
  ++into.instances;
  into.applicable += is_applicable(v);
  into.proved += v.verdict == Verdict::proved;
  into.telling += v.is_telling;
  into.supported += v.verdict == Verdict::supported;
  into.consistent += v.verdict == Verdict::consistent;
  into.refuted += v.verdict == Verdict::refuted;
  into.inconclusive += v.verdict == Verdict::inconclusive;
}

void count(std::vector<TextCount>& into, const Text& text) {
  if (text.empty()) return;
  const auto found = std::ranges::find(into, text, &TextCount::text);
  if (found != into.end())
    ++found->count;
  else
    into.push_back({text, 1});
}

void most_frequent_first(std::vector<TextCount>& counts) {
  std::ranges::stable_sort(counts, std::ranges::greater(), &TextCount::count);
}

/// For choosing and drawing only: whatever is claimed is read as text.
double approximately(const std::optional<std::string>& decimal) {
  return decimal ? std::strtod(decimal->c_str(), nullptr) : -1;
}

/// Ten iterations show a course; beyond that, a sharp bound tells more than a long run.
auto telling_rank(const VerdictRecord& v) {
  const int iterations = reports::iterations_shown(v.series);
  return std::tuple(std::min(iterations, 10), approximately(v.tightness),
                    std::min<std::size_t>(v.series.size(), 10), -v.number);
}

bool is_sharper(const VerdictRecord& v, const std::optional<VerdictRecord>& than) {
  return v.tightness && (!than || approximately(v.tightness) > approximately(than->tightness));
}

}  // namespace

TheoremData theorem_data(StatementRecord statement, TheoremSummary summary,
                         const std::vector<VerdictRecord>& verdicts) {
  TheoremData data;
  data.statement = std::move(statement);
  data.summary = std::move(summary);
  const VerdictRecord* telling = nullptr;
  for (const VerdictRecord& v : verdicts) {
    count(origin_of(data.origins, kind_of(v.origin)), v);
    data.conclusions += v.conclusions;
    if (is_decided(v)) count(data.evidence, Text::words(to_string(v.evidence)));
    if (is_decided(v)) count(data.engines, Text::words(v.provenance));
    if (v.verdict == Verdict::not_applicable) count(data.not_applicable, v.reason);
    if (v.verdict == Verdict::inconclusive) count(data.inconclusive, v.reason);
    if (v.verdict == Verdict::error) count(data.errors, v.reason);
    if (v.tightness) data.ratios.push_back(approximately(v.tightness));
    if (is_sharper(v, data.sharpest)) data.sharpest = v;
    if (is_decided(v) && (!telling || telling_rank(v) > telling_rank(*telling))) telling = &v;
  }
  if (telling) data.telling = *telling;
  for (auto* counts :
       {&data.evidence, &data.engines, &data.not_applicable, &data.inconclusive, &data.errors})
    most_frequent_first(*counts);
  return data;
}

ReportData report_data(const Store& store) {
  ReportData data;
  data.store = std::filesystem::path(store.path()).filename().string();
  data.provenance = store.provenance();
  const auto statements = store.statements();
  for (TheoremSummary& summary : store.summaries()) {
    const auto found = std::ranges::find(statements, summary.id, &StatementRecord::id);
    StatementRecord statement;
    if (found != statements.end()) statement = *found;
    statement.id = summary.id;
    const auto verdicts = store.verdicts(summary.id);
    TheoremData& theorem = data.theorems.emplace_back(
        theorem_data(std::move(statement), std::move(summary), verdicts));
    theorem.sharpness = store.sharpness(theorem.statement.id);
  }
  data.refuted = store.refuted();
  data.mutants = store.mutants();
  data.constructions = store.constructions();
  data.figures = store.figures();
  data.gallery = store.gallery();
  data.search_share_of_time = store.search_share_of_time();
  data.spent_error_level = store.spent_error_level();
  return data;
}

}  // namespace graddiv
