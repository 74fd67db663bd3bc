#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "cli/support/sampling_choice.h"
#include "workbench/lookup.h"
#include "workbench/mutants.h"

namespace graddiv::cli {

namespace {

struct MutantsOptions {
  std::vector<std::string> ids;
  std::string engine = "auto";
  SamplingChoice sampling;
  bool json = false;

  bool by_draws() const { return engine == "sampling"; }
};

Json json_or_text(const std::string& text) {
  const auto json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(text) : json;
}

// About how many runs would refute it, where so many left it open.
std::string runs_needed(const MutantFinding& finding) {
  if (!finding.runs_needed) return "";
  return std::isfinite(*finding.runs_needed) ? fmt::format("{:.2g}", *finding.runs_needed)
                                             : "no number";
}

Json mutant_json(const MutantFinding& finding) {
  const auto& record = finding.record;
  Json json{{"statement", record.theorem},
            {"mutant", record.mutant},
            {"change", record.change},
            {"refuted", record.refuted},
            {"evidence", record.evidence},
            {"reason", record.reason},
            {"ratio", record.ratio.empty() ? Json() : Json(record.ratio)},
            {"verdict", to_string(finding.verdict)},
            {"verdict_on_theorem", to_string(record.truth)},
            {"witness", json_or_text(record.witness)},
            {"smallest", record.smallest.empty() ? Json() : json_or_text(record.smallest)}};
  if (const auto& needed = finding.runs_needed)
    json["runs_needed"] = std::isfinite(*needed) ? Json(std::ceil(*needed)) : Json();
  return json;
}

// What is wrong with it, where something is. Draws may be too few to refute a mutant.
std::string trouble(const MutantFinding& finding, bool by_draws) {
  const auto& record = finding.record;
  if (!record.refuted && by_draws && record.truth != Verdict::refuted) return "";
  if (!record.refuted) {
    return fmt::format("{}/{} is not refuted by its witness: {}, {}", record.theorem, record.mutant,
                       to_string(finding.verdict), shortened(record.reason));
  }
  if (!record.as_it_should_be()) {
    return fmt::format("the witness of {}/{} refutes the theorem itself: {}", record.theorem,
                       record.mutant, shortened(record.truth_reason));
  }
  return "";
}

int run_mutants(const MutantsOptions& options) {
  if (!options.by_draws()) options.sampling.refuse_without("--engine sampling");
  const auto findings = workbench::check_mutants(
      workbench::select_mutants(options.ids), workbench::all_cores,
      options.by_draws() ? options.sampling.evaluation_options() : EvaluationOptions{});
  Json json{{"mutants", Json::array()}};
  std::vector<Table::Column> columns{{"mutant"}, {"verdict"}, {"evidence"}, {"ratio"}, {"why"}};
  if (options.by_draws()) columns.insert(columns.end() - 1, {"runs needed", Table::Align::right});
  Table table(std::move(columns));
  for (const auto& finding : findings) {
    const auto& record = finding.record;
    json["mutants"].push_back(mutant_json(finding));
    std::vector<std::string> row{record.theorem + "/" + record.mutant,
                                 std::string(to_string(finding.verdict)),
                                 to_string(record.evidence), record.ratio};
    if (options.by_draws()) row.push_back(runs_needed(finding));
    row.push_back(shortened(record.reason));
    table.add(std::move(row));
  }
  options.json ? print_json(json) : print(table.text());
  bool all_well = true;
  for (const auto& finding : findings) {
    const auto text = trouble(finding, options.by_draws());
    if (text.empty()) continue;
    all_well = false;
    fmt::print(stderr, "graddiv: {}\n", text);
  }
  return all_well ? all_claims_hold : something_refuted;
}

std::function<int()> set_up_mutants(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<MutantsOptions>();
  arguments.option("ID", options->ids, "theorems or mutants (default: all)");
  arguments
      .option("--engine", options->engine,
              "how expectations are found: exactly, or from independent runs, which may be too few "
              "to refute a mutant: the table says which stay open, and how many would do")
      .one_of({"auto", "sampling"})
      .shows_default();
  options->sampling.add_to(arguments);
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_mutants(*options); };
}

}  // namespace

Command mutants_command() {
  return {"mutants", "checks that every false variant is refuted by its witness", set_up_mutants};
}

}  // namespace graddiv::cli
