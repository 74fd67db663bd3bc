#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "claim/check.h"
#include "claim/views/coupled.h"
#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "cli/support/run_options.h"
#include "constructions/catalogue.h"
#include "number/precision.h"
#include "theorems/catalogue.h"
#include "workbench/inputs.h"

namespace graddiv::cli {
namespace {

struct StabilityOptions {
  std::string file;
  std::optional<int> neighbour;
  std::string replacement;
  RunOptions run;
  bool json = false;
};

const std::vector<std::string> stability_theorems{"stability-strongly-convex", "stability-convex",
                                                  "stability-smooth"};

Neighbour replaced_by(const StabilityOptions& options, const Problem& problem) {
  const int index = *options.neighbour;
  if (index < 0 || index >= problem.size()) {
    throw UsageError(fmt::format("--neighbour: found {}, expected an index from 0 to {}", index,
                                 problem.size() - 1));
  }
  return {index, read_replacement(JsonReader::from_file(options.replacement), problem,
                                  families_and_constructions())};
}

Instance instance_of(const StabilityOptions& options) {
  Instance instance = workbench::read_instance_file(options.file);
  instance.run = options.run.applied_to(std::move(instance.run));
  if (options.neighbour) instance.neighbour = replaced_by(options, instance.problem);
  if (!instance.neighbour) {
    throw UsageError(options.file +
                     " names no neighbouring data set: add \"neighbour\" to it, or give "
                     "--neighbour I --replacement FILE");
  }
  return instance;
}

/// What one stability theorem says of the distance of the two runs.
struct Bounds {
  std::string theorem;
  Finding finding;
  std::map<int, Enclosure> distance;  // k to the bound of E‖w_k − w'_k‖
};

Bounds bounds_of(const std::string& id, const Evaluation& evaluation) {
  Bounds result{id, check(find_theorem(id).statement, evaluation), {}};
  for (const ConclusionFinding& f : result.finding.conclusions) {
    const auto k = f.conclusion.place.iteration;
    if (k && f.conclusion.place == Place::at(*k).of("distance")) {
      result.distance[*k] = f.conclusion.comparison.right;
    }
  }
  return result;
}

bool applies(const Bounds& b) { return b.finding.verdict != Verdict::not_applicable; }

Json trajectory_json(const StabilityOptions& options, const Instance& instance,
                     const std::vector<Enclosure>& distances, const std::vector<Bounds>& all) {
  Json json{{"instance", options.file},
            {"neighbour",
             {{"index", instance.neighbour->index},
              {"replacement", instance.neighbour->replacement->to_json()}}},
            {"theorems", Json::object()},
            {"trajectory", Json::array()}};
  for (const Bounds& b : all) {
    Json verdict{{"verdict", to_string(b.finding.verdict)}};
    if (!b.finding.reason.empty()) verdict["reason"] = b.finding.reason;
    json["theorems"][b.theorem] = std::move(verdict);
  }
  for (std::size_t k = 0; k < distances.size(); ++k) {
    Json row{{"k", k}, {"distance", enclosure_json(distances[k])}, {"bounds", Json::object()}};
    for (const Bounds& b : all) {
      const auto bound = b.distance.find(static_cast<int>(k));
      if (bound != b.distance.end()) row["bounds"][b.theorem] = enclosure_json(bound->second);
    }
    json["trajectory"].push_back(std::move(row));
  }
  return json;
}

std::string trajectory_text(const std::vector<Enclosure>& distances,
                            const std::vector<Bounds>& all) {
  std::vector<Table::Column> columns{{"k", Table::Align::right}, {"E‖w − w'‖"}};
  for (const Bounds& b : all) {
    if (applies(b)) columns.push_back({"≤ (" + b.theorem + ")"});
  }
  Table table(columns);
  for (std::size_t k = 0; k < distances.size(); ++k) {
    std::vector<std::string> row{std::to_string(k), brief(distances[k])};
    for (const Bounds& b : all) {
      if (!applies(b)) continue;
      const auto bound = b.distance.find(static_cast<int>(k));
      row.push_back(bound == b.distance.end() ? "" : brief(bound->second));
    }
    table.add(std::move(row));
  }
  std::string text = table.text();
  for (const Bounds& b : all) {
    text += fmt::format("\n{}: {}{}", b.theorem, to_string(b.finding.verdict),
                        b.finding.reason.empty() ? "" : ": " + shortened(b.finding.reason));
  }
  return text + "\n";
}

int run_stability(const StabilityOptions& options) {
  const Instance instance = instance_of(options);
  const Evaluation evaluation(instance);
  constexpr unsigned precision = 128;
  const PrecisionScope scope(precision);
  std::vector<Enclosure> distances;
  try {
    const Case c(evaluation);
    for (int k = 0; k <= instance.run.iterations; ++k) distances.push_back(c.coupled().distance(k));
  } catch (const NotCertified& e) {
    throw UsageError(options.file + ": " + e.what());
  }
  std::vector<Bounds> all;
  for (const std::string& id : stability_theorems) all.push_back(bounds_of(id, evaluation));
  options.json ? print_json(trajectory_json(options, instance, distances, all))
               : print(trajectory_text(distances, all));
  const bool refuted = std::ranges::any_of(
      all, [](const Bounds& b) { return b.finding.verdict == Verdict::refuted; });
  return refuted ? something_refuted : all_claims_hold;
}

std::function<int()> set_up_stability(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<StabilityOptions>();
  arguments.option("FILE", options->file, "instance file").required();
  auto neighbour = arguments.option("--neighbour", options->neighbour,
                                    "index of the function that S' replaces, from 0 on");
  neighbour.between(0, std::numeric_limits<int>::max());
  auto replacement =
      arguments.option("--replacement", options->replacement,
                       "file with the function in its place: the members of \"problem\" without "
                       "\"domain\"");
  neighbour.needs(replacement);
  replacement.needs(neighbour);
  options->run.add_to(arguments);
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_stability(*options); };
}

}  // namespace

Command stability_command() {
  return {"stability", "two runs that differ in one example: E‖w − w'‖, exact, with its bounds",
          set_up_stability};
}

}  // namespace graddiv::cli
