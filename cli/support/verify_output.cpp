#include "cli/support/verify_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/support/applicability_output.h"
#include "cli/support/changes_output.h"

namespace graddiv::cli {

using workbench::VerifyRequest;
using workbench::VerifyResult;

namespace {

Json summary_json(const TheoremSummary& summary) {
  return {{"id", summary.id},
          {"instances", summary.instances},
          {"applicable", summary.applicable},
          {"proved", summary.proved},
          {"telling", summary.telling},
          {"telling_at_zero_delta", summary.telling - summary.telling_at_positive_delta},
          {"telling_at_positive_delta", summary.telling_at_positive_delta},
          {"supported", summary.supported},
          {"consistent", summary.consistent},
          {"refuted", summary.refuted},
          {"inconclusive", summary.inconclusive},
          {"errors", summary.errors},
          {"searches", summary.searches},
          {"search_checks", summary.search_checks},
          {"tightness", summary.tightness ? Json(*summary.tightness) : Json()}};
}

}  // namespace

Json verification_json(const VerifyRequest& request, const VerifyResult& result) {
  Json json{{"theorems", Json::array()}, {"seed", request.seed}};
  for (const auto& summary : result.summaries) json["theorems"].push_back(summary_json(summary));
  json["mutants"] = {
      {"total", result.mutants.size()},
      {"refuted", std::ranges::count_if(result.mutants, &MutantRecord::as_it_should_be)}};
  if (!result.gallery.empty()) {
    json["gallery"] = {
        {"total", result.gallery.size()},
        {"as_sharp_as_ever", std::ranges::count_if(result.gallery, &SharpestRecord::as_stored)}};
  }
  json["laws"] = {{"total", result.laws.size()}, {"hold", result.laws_that_hold()}};
  json["search_share_of_time"] = result.search_share_of_time;
  json["error_budget"] = {{"ledger", workbench::ledger().in_words().plain()},
                          {"spent", result.spent_error_level}};
  json["left"] = result.left.instances;
  if (request.large) json["left_out"] = result.left_out;
  json["not_made"] = {{"laws", result.left.laws},
                      {"mutants", result.left.mutants},
                      {"gallery", result.left.gallery},
                      {"figures", result.left.figures}};
  json["vacuous"] = Json::object();
  for (const auto& summary : result.summaries) {
    if (const auto reason = workbench::vacuous(summary)) json["vacuous"][summary.id] = *reason;
  }
  json["hardly_applicable"] = Json::object();
  for (const auto& found : result.hardly_applicable)
    json["hardly_applicable"][found.theorem] = applicability_json(found);
  if (result.changes) json["changes"] = changes_json(*result.changes);
  json["counterexamples"] = Json::array();
  for (const auto& refutation : result.refutations) {
    json["counterexamples"].push_back(refutation.file);
  }
  return json;
}

std::string verification_text(const VerifyRequest& request, const VerifyResult& result) {
  using enum Table::Align;
  Table table({{"theorem"},
               {"instances", right},
               {"applicable", right},
               {"telling", right},
               {"δ > 0", right},
               {"proved", right},
               {"supported", right},
               {"consistent", right},
               {"refuted", right},
               {"inconclusive", right},
               {"errors", right},
               {"search", right},
               {"best tightness"}});
  for (const auto& summary : result.summaries) {
    table.add({summary.id, std::to_string(summary.instances), std::to_string(summary.applicable),
               std::to_string(summary.telling), std::to_string(summary.telling_at_positive_delta),
               std::to_string(summary.proved), std::to_string(summary.supported),
               std::to_string(summary.consistent), std::to_string(summary.refuted),
               std::to_string(summary.inconclusive), std::to_string(summary.errors),
               fmt::format("{} %", summary.search_percent()), summary.tightness.value_or("")});
  }
  auto text = table.text();
  text += "\n";
  for (const std::string& instance : result.left_out) text += "left out: " + instance + "\n";
  // Of somebody's claim alone what it has, without what the workbench has for its own theorems.
  const bool is_of_claims = std::ranges::none_of(request.theorems, &Theorem::is_built_in);
  if (!request.large && !(is_of_claims && result.mutants.empty())) {
    text += fmt::format("mutants: {} of {} refuted by their witnesses\n",
                        std::ranges::count_if(result.mutants, &MutantRecord::as_it_should_be),
                        result.mutants.size());
  }
  if (!request.large && !is_of_claims) {
    text += fmt::format("exact laws of constructions: {} of {} hold\n", result.laws_that_hold(),
                        result.laws.size());
  }
  if (!result.gallery.empty()) {
    text += fmt::format("gallery: {} of {} instances as sharp as ever\n",
                        std::ranges::count_if(result.gallery, &SharpestRecord::as_stored),
                        result.gallery.size());
  }
  if (!request.large) {
    text += fmt::format("search: {:.0f} % of the time of all checks\n",
                        100 * result.search_share_of_time);
  }
  if (!is_of_claims || result.spent_error_level != "0") {
    text += fmt::format("error budget: {}; {} spent\n", workbench::ledger().in_words().plain(),
                        result.spent_error_level);
  }
  text += fmt::format("seed {}{}\n", request.seed,
                      request.store.empty() ? "" : ", stored in " + request.store);
  if (result.changes) {
    text += fmt::format("\nsince {}:\n{}", request.baseline, changes_text(*result.changes));
  }
  return text;
}

namespace {

// "350 instances, 4 laws and 1 figure".
std::string in_words(const workbench::Left& left) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, count == 1 ? one : many));
  };
  add(left.instances, "instance", "instances");
  add(left.laws, "law", "laws");
  add(left.mutants, "mutant", "mutants");
  add(left.gallery, "instance of the gallery", "instances of the gallery");
  add(left.figures, "figure", "figures");
  const std::string last = parts.back();
  parts.pop_back();
  return parts.empty() ? last : fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

}  // namespace

/// The first few of each theorem, those that were shrunk before the others: all of them are saved.
static void complain_of_refutations(const std::vector<workbench::Refutation>& refutations) {
  constexpr std::int64_t most_a_theorem = 3;
  std::map<std::string, std::int64_t> told;
  std::map<std::string, std::int64_t> others;
  for (const bool is_shrunk : {true, false}) {
    for (const auto& [verdict, file, smallest] : refutations) {
      if (smallest.has_value() != is_shrunk) continue;
      if (told[verdict.theorem]++ >= most_a_theorem) {
        ++others[verdict.theorem];
        continue;
      }
      fmt::print(
          stderr,
          "graddiv: {} is refuted by instance {} ({}): {}\n  replay it with: graddiv replay {}\n",
          verdict.theorem, verdict.number, verdict.origin,
          shortened(smallest.value_or(verdict.reason.plain())), shell_word(file));
    }
  }
  for (const auto& [theorem, count] : others) {
    fmt::print(stderr, "graddiv: {} is refuted by {} more {}, saved likewise\n", theorem, count,
               count == 1 ? "instance" : "instances");
  }
}

void complain(const VerifyResult& result, const std::string& how_to_resume) {
  complain_of_refutations(result.refutations);
  if (!result.errors.empty()) {
    const VerdictRecord& first = result.errors.front();
    fmt::print(
        stderr, "graddiv: {} checks ended in an error; the first is {} on instance {} ({}): {}\n",
        result.errors.size(), first.theorem, first.number, first.origin, shortened(first.reason));
    if (!result.first_error_file.empty()) {
      fmt::print(stderr, "  see it again with: graddiv check {} {}\n", first.theorem,
                 shell_word(result.first_error_file));
    }
  }
  for (const auto& mutant : result.mutants) {
    if (mutant.as_it_should_be()) continue;
    const std::string id = mutant.theorem + "/" + mutant.mutant;
    fmt::print(stderr, "graddiv: the witness of {} does not do its work: see graddiv mutants {}\n",
               id, id);
  }
  for (const auto& law : result.laws) {
    if (law.law_holds) continue;
    fmt::print(stderr, "graddiv: the law of {} does not hold: {}\n", law.id, shortened(law.reason));
  }
  for (const auto& record : result.gallery) {
    if (record.as_stored) continue;
    fmt::print(stderr,
               "graddiv: the gallery's instance of {} attains {} in place of {}: see graddiv "
               "tightness {}\n",
               record.theorem, record.ratio.value_or("nothing"), record.stored, record.theorem);
  }
  if (result.ending != Ending::complete) {
    fmt::print(stderr, "graddiv: {}; {} are left, {}\n",
               result.ending == Ending::cancelled ? "interrupted" : "the time is used up",
               in_words(result.left), how_to_resume);
  }
  for (const auto& summary : result.summaries) {
    const auto reason = workbench::vacuous(summary);
    if (reason) fmt::print(stderr, "graddiv: {} {}\n", summary.id, *reason);
    const auto found =
        std::ranges::find(result.hardly_applicable, summary.id, &workbench::Applicability::theorem);
    if (found == result.hardly_applicable.end()) continue;
    for (const auto& origin : found->origins) {
      if (reason || !origin.is_named || !origin.is_hardly_ever()) continue;
      fmt::print(stderr, "graddiv: {} applies to {} of {} instances of its draw {}\n", summary.id,
                 origin.applicable, origin.instances, origin.description);
    }
    fmt::print(stderr, "{}", why_not_applicable(*found));
  }
}

}  // namespace graddiv::cli
