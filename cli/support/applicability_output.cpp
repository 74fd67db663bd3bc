#include "cli/support/applicability_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace graddiv::cli {

namespace {

using workbench::Applicability;
using Unmet = Applicability::Failure;
using Origin = Applicability::Origin;

/// "false on 70, not certified on 8".
std::string in_words(const Unmet& failure) {
  if (!failure.example.empty()) return shortened(failure.example);
  if (failure.not_certified == 0) return fmt::format("false on {}", failure.is_false);
  if (failure.is_false == 0) return fmt::format("not certified on {}", failure.not_certified);
  return fmt::format("false on {}, not certified on {}", failure.is_false, failure.not_certified);
}

std::string line_of(const Origin& origin) {
  std::string line = fmt::format("  {}{}: applies to {} of {}", origin.is_named ? "draw " : "",
                                 origin.description, origin.applicable, origin.instances);
  if (origin.failures.empty()) return line + "\n";
  const Unmet& first = origin.failures.front();
  return line + fmt::format("; failed most: {} ({})\n", first.what, in_words(first));
}

/// "B = 1 and γ = 1/L_max": one change of each kind, for what failed most.
std::string remedies_of(const Origin& origin) {
  std::string remedies;
  for (const char* kind : {"B = ", "γ = "}) {
    const auto is_so = [&](const Unmet& failure) { return failure.remedy.starts_with(kind); };
    const auto found = std::ranges::find_if(origin.failures, is_so);
    if (found != origin.failures.end())
      remedies += (remedies.empty() ? "" : " and ") + found->remedy;
  }
  return remedies;
}

Json part_json(const Origin& origin) {
  Json json{{"instances", origin.instances},
            {"applicable", origin.applicable},
            {"failures", Json::array()}};
  for (const Unmet& failure : origin.failures) {
    json["failures"].push_back({{"hypothesis", failure.what},
                                {"false", failure.is_false},
                                {"not_certified", failure.not_certified},
                                {"example", failure.example}});
  }
  return json;
}

}  // namespace

std::string why_not_applicable(const Applicability& found) {
  constexpr std::size_t most_failures = 3;
  const std::int64_t others = found.all.instances - found.all.applicable;
  std::string text;
  for (std::size_t i = 0; i < std::min(most_failures, found.all.failures.size()); ++i) {
    const Unmet& failure = found.all.failures[i];
    text += fmt::format("  {} {} of {}: {} ({})\n", i == 0 ? "failed most, on" : "then, on",
                        failure.count(), others, failure.what, in_words(failure));
  }
  if (found.origins.size() > 1) {
    for (const Origin& origin : found.origins) text += line_of(origin);
  }
  text +=
      "  each instance is asked up to the first hypothesis that fails; 'draw' can name other "
      "classes, describe\n  instances and set the step to a formula";
  const std::string remedies = remedies_of(found.all);
  if (!remedies.empty()) text += fmt::format(", here 'with {}'", remedies);
  return text + " (docs/theorem-files.md)\n";
}

Json applicability_json(const Applicability& found) {
  Json json = part_json(found.all);
  json["origins"] = Json::array();
  for (const Origin& origin : found.origins) {
    Json one = part_json(origin);
    one["origin"] = origin.name;
    json["origins"].push_back(std::move(one));
  }
  return json;
}

}  // namespace graddiv::cli
