#include "diversity/diversity.h"
#include "cli/support/command_line.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/command.h"
#include "cli/support/output.h"
#include "facts/facts.h"
#include "json/print.h"
#include "number/precision.h"
#include "workbench/inputs.h"
#include "workbench/numbers_file.h"

namespace graddiv::cli {

namespace {

struct DiversityOptions {
  std::string file;
  std::string at;
  bool infimum = false;
  bool json = false;
};

Rational number(const std::string& text, const std::string& where) {
  try {
    return parse_rational(text);
  } catch (const ParseError& error) {
    throw UsageError(where + ": " + error.what());
  }
}

// A file with one number a line, or numbers with commas in between.
std::vector<Rational> read_numbers(const std::string& at) {
  if (std::filesystem::is_regular_file(at)) return workbench::read_numbers_file(at);
  std::vector<Rational> numbers;
  std::string part;
  std::istringstream list(at + ",");
  while (std::getline(list, part, ',')) {
    const auto first = part.find_first_not_of(' ');
    numbers.push_back(number(first == std::string::npos ? "" : part.substr(first),
                             "--at (no file, so numbers with commas in between)"));
  }
  return numbers;
}

Vector<Rational> point(const DiversityOptions& options, const Instance& instance) {
  if (options.at.empty()) return instance.run.start;
  const auto numbers = read_numbers(options.at);
  const auto d = static_cast<std::size_t>(instance.problem.dimension());
  if (numbers.size() != d) {
    throw UsageError(fmt::format("--at has {} number{}, but {} has dimension {}", numbers.size(),
                                 numbers.size() == 1 ? "" : "s", options.file, d));
  }
  Vector<Rational> w(instance.problem.dimension());
  for (std::size_t j = 0; j < d; ++j) w(static_cast<Eigen::Index>(j)) = numbers[j];
  return w;
}

/// A ratio at a point: a number, +∞, or not to be told apart from it.
struct Ratio {
  std::optional<Enclosure> value;
  bool infinite = false;
  std::string unknown;
};

bool is_sharp(const Ratio& ratio) {
  constexpr double narrow = 1e-15;
  return ratio.unknown.empty() && (ratio.infinite || ratio.value->relative_width() <= narrow);
}

template <class Of>
Ratio ratio(const Problem& problem, const Vector<Rational>& w, Of of) {
  constexpr unsigned largest_precision = 8192;
  for (unsigned bits = 128;; bits *= 2) {
    const PrecisionScope scope(bits);
    Ratio found;
    try {
      found.value = of(gradient_sums(problem, enclose(w)));
      found.infinite = !found.value;
    } catch (const std::domain_error& error) {
      found.unknown = error.what();
    }
    if (is_sharp(found) || bits >= largest_precision) return found;
  }
}

Json ratio_json(const Ratio& ratio) {
  if (!ratio.unknown.empty()) return {{"unknown", ratio.unknown}};
  if (ratio.infinite) return {{"exact", "inf"}, {"lower", "inf"}, {"upper", "inf"}};
  return enclosure_json(*ratio.value);
}

std::string ratio_text(const Ratio& ratio) {
  if (!ratio.unknown.empty()) return "unknown: " + ratio.unknown;
  if (ratio.infinite) return "inf";
  return ratio.value->is_exact() ? ratio.value->to_string() : brief(*ratio.value, 15);
}

Json infimum_json(const Fact<BatchSizeInfimum>& infimum) {
  Json json{{"lower", nullptr}};
  if (infimum.value) {
    const auto& bound = infimum.value->value;
    json["lower"] = bound ? to_string(*bound) : "inf";
    if (infimum.is_best) json["exact"] = json["lower"];
  }
  json["method"] = to_sentence(infimum.proof);
  return json;
}

std::string infimum_text(const Fact<BatchSizeInfimum>& infimum) {
  if (!infimum.value) return "unknown: " + to_sentence(infimum.proof);
  const auto& bound = infimum.value->value;
  return fmt::format("{} {} ({})", infimum.is_best ? "=" : "≥", bound ? to_string(*bound) : "inf",
                     to_sentence(infimum.proof));
}

int run_diversity(const DiversityOptions& options) {
  const Instance instance = workbench::read_instance_file(options.file);
  const auto w = point(options, instance);
  const auto& problem = instance.problem;
  const auto diversity =
      ratio(problem, w, [](const GradientSums& sums) { return sums.gradient_diversity(); });
  const auto bound =
      ratio(problem, w, [](const GradientSums& sums) { return sums.batch_size_bound(); });
  const Facts facts(problem);

  if (options.json) {
    Json json{{"instance", options.file},
              {"at", to_json(w)},
              {"gradient_diversity", ratio_json(diversity)},
              {"batch_size_bound", ratio_json(bound)}};
    if (options.infimum) json["infimum"] = infimum_json(facts.batch_size_infimum());
    print_json(json);
    return all_claims_hold;
  }
  Table table({{""}, {""}});
  table.add({"gradient diversity Δ_S(w)", ratio_text(diversity)});
  table.add({"batch-size bound B_S(w)", ratio_text(bound)});
  if (options.infimum) {
    table.add({"infimum of B_S over the domain", infimum_text(facts.batch_size_infimum())});
  }
  print(table.text());
  return all_claims_hold;
}

std::function<int()> set_up_diversity(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<DiversityOptions>();
  arguments.option("FILE", options->file, "instance file").required();
  arguments.option("--at", options->at,
                   "the point: numbers with commas in between, or a file with one a line "
                   "(default: the start of the run)");
  arguments.flag("--infimum", options->infimum, "also a certified infimum of B_S over the domain");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_diversity(*options); };
}

}  // namespace

Command diversity_command() {
  return {"diversity", "gradient diversity and batch-size bound at a point, exact",
          set_up_diversity};
}

}  // namespace graddiv::cli
