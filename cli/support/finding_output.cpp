#include "cli/support/finding_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "claim/evidence_name.h"
#include "cli/command.h"

namespace graddiv::cli {

namespace {

constexpr std::size_t most_shown = 12;
constexpr std::size_t most_characters_of_a_reason = 300;

const char* sign(Relation relation) {
  constexpr std::array signs{"<", "≤", "=", "≥", ">"};
  return signs.at(static_cast<std::size_t>(relation));
}

const char* mark(Truth truth) { return truth == Truth::yes ? "✓" : truth == Truth::no ? "✗" : "?"; }

// What does not hold comes first, then the sharpest one, then the others as they were made.
std::vector<const ConclusionFinding*> most_telling(const Finding& finding) {
  std::vector<const ConclusionFinding*> shown;
  for (const auto& conclusion : finding.conclusions) shown.push_back(&conclusion);
  const auto rank = [&](const ConclusionFinding* f) {
    if (f->holds == Truth::no) return 0;
    if (f->holds == Truth::unknown) return 1;
    return f->conclusion.place == finding.sharpest ? 2 : 3;
  };
  std::ranges::stable_sort(shown, {}, rank);
  shown.resize(std::min(shown.size(), most_shown));
  std::ranges::sort(shown);  // back in the order of the claim: all lie in one vector
  return shown;
}

Json sample_json(const RowSample& sample) {
  Json json{{"draws", sample.draws},
            {"failures", sample.failures},
            {"undecided", sample.undecided},
            {"error_level", enclosure_json(sample.error_level)}};
  if (sample.detectable) json["detectable"] = enclosure_json(*sample.detectable);
  return json;
}

std::string remark(const ConclusionFinding& f) {
  if (f.conclusion.applies == Truth::unknown) return "whether it applies could not be told";
  if (f.conclusion.is_lemma) return "a step of the proof";
  if (f.conclusion.sample) {
    return fmt::format("{} of {} draws failed", f.conclusion.sample->failures,
                       f.conclusion.sample->draws);
  }
  return f.tightness ? "ratio " + brief(*f.tightness, 6) : "";
}

// "δ = 1/3, M² = 2, ε = 0.1"
std::string claimed_with(const Conclusion& c) {
  std::vector<std::string> parts;
  if (c.delta) parts.push_back("δ = " + brief(*c.delta, 6));
  if (c.second_moment) parts.push_back("M² = " + brief(*c.second_moment, 6));
  if (c.epsilon) parts.push_back("ε = " + brief(*c.epsilon, 6));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// "it would where (1+δ/2) ε < ‖w_0 − w*‖²"
std::string what_would_tell(const Statement& statement) {
  std::string conditions;
  for (const Telling& telling : statement.telling())
    conditions += (conditions.empty() ? "" : " and ") + telling.text.plain();
  return "it would where " + (conditions.empty() ? "both sides are not 0" : conditions);
}

}  // namespace

Json finding_json(const workbench::StatementRef& checked, const Finding& finding) {
  Json json;
  json["statement"] = checked.theorem->id;
  if (checked.mutant != nullptr) json["mutant"] = checked.mutant->id;
  json["verdict"] = to_string(finding.verdict);
  json["evidence"] = EvidenceName(finding.rests_on);
  if (finding.evidence == Evidence::statistical)
    json["error_level"] = to_string(finding.rests_on.error_level());
  json["telling"] = finding.is_telling;
  json["telling_at_positive_delta"] = finding.is_telling_at_positive_delta;
  json["reason"] = finding.reason;
  json["left_out"] = Json::array();
  for (const Text& left_out : finding.left_out) json["left_out"].push_back(left_out.plain());
  json["hypotheses"] = Json::array();
  for (const auto& hypothesis : finding.hypotheses) {
    Json entry{{"text", hypothesis.text}, {"holds", to_string(hypothesis.holds)}};
    if (!hypothesis.is_asked) entry["asked"] = false;
    if (!hypothesis.reason.empty()) entry["reason"] = hypothesis.reason;
    json["hypotheses"].push_back(std::move(entry));
  }
  json["conclusions"] = Json::array();
  for (const auto& [conclusion, holds, tightness] : finding.conclusions) {
    Json entry{{"where", to_string(conclusion.place)},
               {"place", conclusion.place},
               {"applies", to_string(conclusion.applies)},
               {"left", enclosure_json(conclusion.comparison.left)},
               {"relation", sign(conclusion.comparison.relation)},
               {"right", enclosure_json(conclusion.comparison.right)},
               {"holds", to_string(holds)}};
    if (conclusion.is_lemma) entry["lemma"] = true;
    if (!conclusion.is_lemma && conclusion.applies == Truth::yes)
      entry["telling"] = conclusion.telling == Truth::yes;
    if (conclusion.delta) entry["delta"] = enclosure_json(*conclusion.delta);
    if (conclusion.second_moment)
      entry["second_moment"] = enclosure_json(*conclusion.second_moment);
    if (conclusion.epsilon) entry["epsilon"] = enclosure_json(*conclusion.epsilon);
    if (tightness) entry["tightness"] = enclosure_json(*tightness);
    if (conclusion.sample) entry["sample"] = sample_json(*conclusion.sample);
    json["conclusions"].push_back(std::move(entry));
  }
  json["tightness"] = finding.tightness ? enclosure_json(*finding.tightness) : Json();
  json["sharpest"] = finding.sharpest ? to_string(*finding.sharpest) : "";
  json["sharpest_place"] = finding.sharpest ? Json(*finding.sharpest) : Json();
  if (finding.reference) json["reference"] = finding.reference->plain();
  json["provenance"] = finding.provenance;
  if (finding.megabytes_of_exact_values > 0)
    json["exact_megabytes"] = finding.megabytes_of_exact_values;
  json["precision"] = finding.precision;
  json["escalations"] = finding.escalations;
  return json;
}

std::string finding_text(const workbench::StatementRef& checked, const Finding& finding, bool all) {
  std::string text = fmt::format("{}: {}\n", checked.id(), checked.theorem->title.plain());
  if (checked.mutant != nullptr) text += fmt::format("mutant: {}\n", checked.mutant->change);

  text += "\nhypotheses\n";
  for (const auto& hypothesis : finding.hypotheses) {
    text += fmt::format("  {} {}{}\n", hypothesis.is_asked ? mark(hypothesis.holds) : "–",
                        hypothesis.text.plain(),
                        hypothesis.reason.empty() ? "" : " (" + hypothesis.reason.plain() + ")");
  }
  if (finding.hypotheses.empty()) text += "  none\n";

  if (!finding.conclusions.empty()) {
    std::vector<const ConclusionFinding*> shown;
    if (all) {
      for (const auto& conclusion : finding.conclusions) shown.push_back(&conclusion);
    } else {
      shown = most_telling(finding);
    }
    using enum Table::Align;
    Table table(
        {{"", left}, {"", left}, {"", right}, {"", left}, {"", left}, {"", left}, {"", left}});
    for (const auto* f : shown) {
      const auto& comparison = f->conclusion.comparison;
      table.add({mark(f->holds), to_string(f->conclusion.place), brief(comparison.left),
                 sign(comparison.relation), brief(comparison.right), claimed_with(f->conclusion),
                 remark(*f)});
    }
    text += "\nconclusions\n" + table.text(2);
    if (const auto hidden = finding.conclusions.size() - shown.size(); hidden > 0) {
      text += fmt::format("  … and {} more (--all shows them)\n", hidden);
    }
  }

  text += fmt::format("\nverdict: {}", to_string(finding.verdict));
  if (finding.evidence != Evidence::none)
    text += ", evidence: " + to_string(EvidenceName(finding.rests_on));
  const bool claims_something =
      finding.verdict != Verdict::not_applicable && finding.verdict != Verdict::error;
  if (claims_something && !finding.is_telling)
    text += "\n  but it tells nothing for certain: " + what_would_tell(checked.statement());
  for (const Text& left_out : finding.left_out)
    text += fmt::format("\n  not claimed at {}", left_out.plain());
  if (!finding.reason.empty())
    text += fmt::format("\n  {}", shortened(finding.reason, most_characters_of_a_reason));
  if (finding.megabytes_of_exact_values > 0) {
    text +=
        fmt::format("\n  exact values might decide it, and take up to {0} MB: --exact-memory {0}",
                    finding.megabytes_of_exact_values);
  }
  if (finding.reference)
    text += fmt::format("\n  distances are measured from {}", finding.reference->plain());
  if (finding.tightness && finding.sharpest) {
    text += fmt::format("\n  sharpest at {}: ratio {}", to_string(*finding.sharpest),
                        brief(*finding.tightness));
  }
  if (!finding.provenance.empty()) {
    text += fmt::format("\n  {}, {} bits", finding.provenance, finding.precision);
  }
  return text + "\n";
}

int exit_code(Verdict verdict, bool strict) {
  if (verdict == Verdict::refuted) return something_refuted;
  const bool is_open = verdict == Verdict::inconclusive || verdict == Verdict::consistent;
  if (is_open && strict) return inconclusive;
  return all_claims_hold;
}

}  // namespace graddiv::cli
