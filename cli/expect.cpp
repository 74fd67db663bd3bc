#include "expectation/expect.h"
#include "cli/support/command_line.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/output.h"
#include "cli/support/run_options.h"
#include "cli/support/sampling_choice.h"
#include "facts/facts.h"
#include "number/evidence.h"
#include "number/exact.h"
#include "number/fraction_printer.h"
#include "number/precision.h"
#include "workbench/inputs.h"

namespace graddiv::cli {

namespace {

struct ExpectOptions {
  std::string file;
  RunOptions run;
  std::vector<std::string> quantities;
  std::string engine = "auto";
  std::string arithmetic = "auto";
  unsigned precision = ExpectationOptions().precision;
  std::optional<double> relative_width;
  SamplingChoice sampling;
  bool json = false;

  bool is_by_sampling() const { return engine == to_string(Engine::sampling); }
};

std::vector<std::string> quantity_names() {
  std::vector<std::string> names;
  for (const auto q : all_quantities) names.emplace_back(to_string(q));
  names.emplace_back(to_string(Quantity::mechanism_variance));
  return names;
}

template <class Enum>
Enum by_name(const std::string& name, std::initializer_list<Enum> values) {
  for (const auto value : values) {
    if (to_string(value) == name) return value;
  }
  return values.begin()[0];  // "auto"
}

ExpectationOptions expectation_options(const ExpectOptions& options) {
  ExpectationOptions result;
  if (!options.quantities.empty()) {
    result.quantities.clear();
    const auto is_wanted = [&](Quantity q) {
      return std::ranges::find(options.quantities, to_string(q)) != options.quantities.end();
    };
    std::ranges::copy_if(all_quantities, std::back_inserter(result.quantities), is_wanted);
    if (is_wanted(Quantity::mechanism_variance)) {
      result.quantities.push_back(Quantity::mechanism_variance);
    }
  }
  result.engine =
      by_name(options.engine, {Engine::automatic, Engine::moments, Engine::enumeration});
  result.arithmetic = by_name(options.arithmetic,
                              {Arithmetic::automatic, Arithmetic::rational, Arithmetic::interval});
  result.precision = options.precision;
  result.largest_precision = std::max(result.largest_precision, options.precision);
  if (options.relative_width) result.relative_width = *options.relative_width;
  return result;
}

// The point and the value to measure from, as far as they can be certified.
Reference reference_of(const Facts& facts, const std::vector<Quantity>& wanted) {
  const auto is_wanted = [&](Quantity q) { return std::ranges::find(wanted, q) != wanted.end(); };
  Reference reference;
  if (is_wanted(Quantity::distance)) {
    const auto& minimizer = facts.minimizer();
    reference.minimizer = minimizer.value;
    reference.minimizer_reason = to_text(minimizer.proof);
  }
  if (is_wanted(Quantity::suboptimality) || is_wanted(Quantity::average_suboptimality)) {
    const auto& optimum = facts.optimum();
    reference.optimum = optimum.value;
    reference.optimum_reason = to_text(optimum.proof);
  }
  return reference;
}

// Enough digits for the decimals to be as narrow as the enclosures were asked to be.
int digits_for(double relative_width) {
  return std::max(17, static_cast<int>(std::ceil(-std::log10(relative_width))) + 2);
}

constexpr int digits_of_a_level = 3;

// All values at once are as stated but for this probability.
Rational error_level_of(const Trajectory& trajectory) {
  Evidence all;
  for (const auto& [quantity, values] : trajectory.values) {
    for (const Enclosure& x : values) all = join(all, x.evidence());
  }
  return all.error_level();
}

// How many runs each quantity would take to be as narrow as asked for.
std::map<Quantity, double> plan(const ExpectOptions& options, const Trajectory& trajectory) {
  std::map<Quantity, double> needed;
  if (!options.relative_width) return needed;
  for (const auto& [quantity, values] : trajectory.values) {
    const double runs =
        runs_needed(trajectory, quantity, options.sampling.runs(), *options.relative_width);
    if (std::isfinite(runs)) needed[quantity] = std::ceil(runs);
  }
  return needed;
}

// Most theorems have w_0 in W; expectations are what they are without it.
std::optional<std::string> remark_on(const Instance& instance) {
  if (instance.problem.domain.contains(enclose(instance.run.start)) != Truth::no)
    return std::nullopt;
  return "w_0 is not in W: the iterates are, from w_1 on";
}

Json trajectory_json(const ExpectOptions& options, const Instance& instance,
                     const Trajectory& trajectory) {
  const int digits =
      digits_for(options.relative_width.value_or(ExpectationOptions().relative_width));
  Json json{{"instance", options.file},
            {"engine", to_string(trajectory.engine)},
            {"arithmetic", to_string(trajectory.arithmetic)},
            {"iterations", trajectory.iterations},
            {"quantities", Json::object()}};
  for (const auto& [quantity, values] : trajectory.values) {
    Json rows = Json::array();
    FractionPrinter exact_text;
    for (int k = first_iteration(quantity); k <= trajectory.iterations; ++k) {
      const Enclosure& x = trajectory.at(quantity, k);
      Json row{{"k", k}};
      if (x.is_exact()) row["exact"] = exact_text(exact_value(x));
      row["lower"] = x.decimal_lower(digits);
      row["upper"] = x.decimal_upper(digits);
      rows.push_back(std::move(row));
    }
    json["quantities"][std::string(to_string(quantity))] = std::move(rows);
  }
  if (options.is_by_sampling()) {
    json["runs"] = options.sampling.runs();
    json["seed"] = options.sampling.seed();
    json["error_level"] = enclose(error_level_of(trajectory)).decimal_upper(digits_of_a_level);
    if (trajectory.caveat) json["caveat"] = *trajectory.caveat;
    for (const auto& [quantity, needed] : plan(options, trajectory))
      json["runs_needed"][std::string(to_string(quantity))] = needed;
  }
  if (const auto remark = remark_on(instance)) json["remark"] = *remark;
  for (const auto& [quantity, reason] : trajectory.absent) {
    json["absent"][std::string(to_string(quantity))] = reason;
  }
  return json;
}

std::string sampling_in_words(const ExpectOptions& options, const Trajectory& trajectory) {
  if (trajectory.caveat)
    return fmt::format("guesses from {} runs, as {}\n", options.sampling.runs(),
                       trajectory.caveat->plain());
  return fmt::format("{} runs, seed {}; all values as stated but for a probability of {}\n",
                     options.sampling.runs(), options.sampling.seed(),
                     enclose(error_level_of(trajectory)).decimal_upper(digits_of_a_level));
}

std::string trajectory_text(const ExpectOptions& options, const Instance& instance,
                            const Trajectory& trajectory) {
  std::vector<Table::Column> columns{{"k", Table::Align::right}};
  for (const auto& [quantity, values] : trajectory.values) {
    columns.push_back({std::string(to_string(quantity))});
  }
  Table table(columns);
  for (int k = 0; k <= trajectory.iterations; ++k) {
    std::vector<std::string> row{std::to_string(k)};
    for (const auto& [quantity, values] : trajectory.values) {
      row.push_back(k < first_iteration(quantity) ? "" : brief(trajectory.at(quantity, k)));
    }
    table.add(std::move(row));
  }
  std::string text = fmt::format("engine {}, {} arithmetic\n", to_string(trajectory.engine),
                                 to_string(trajectory.arithmetic));
  if (options.is_by_sampling()) text += sampling_in_words(options, trajectory);
  if (const auto remark = remark_on(instance)) text += *remark + "\n";
  text += "\n" + table.text();
  for (const auto& [quantity, needed] : plan(options, trajectory))
    text += fmt::format("\n{} to {:g} of its size would take about {:.2g} runs\n",
                        to_string(quantity), *options.relative_width, needed);
  for (const auto& [quantity, reason] : trajectory.absent) {
    text += fmt::format("\nno {}: {}\n", to_string(quantity), reason.plain());
  }
  return text;
}

// What only one engine understands is not passed over in silence.
void require_what_the_engine_knows(const ExpectOptions& options) {
  if (!options.is_by_sampling())
    options.sampling.refuse_without("--engine sampling");
  else if (options.arithmetic != "auto")
    throw UsageError("--arithmetic: the engine sampling computes in doubles");
}

int run_expect(const ExpectOptions& options) {
  require_what_the_engine_knows(options);
  Instance instance = workbench::read_instance_file(options.file);
  instance.run = options.run.applied_to(std::move(instance.run));
  const PrecisionScope scope(options.precision);
  const Facts facts(instance.problem);
  const auto how = expectation_options(options);
  const Reference reference = reference_of(facts, how.quantities);
  const auto trajectory = options.is_by_sampling()
                              ? sample_trajectory(instance.problem, instance.run, reference,
                                                  options.sampling.options(how.quantities))
                              : expect(instance.problem, instance.run, reference, how);
  if (!options.quantities.empty()) {
    for (const auto& [quantity, reason] : trajectory.absent) {
      throw UsageError(
          fmt::format("{}: there is no {}: {}", options.file, to_string(quantity), reason.plain()));
    }
  }
  options.json ? print_json(trajectory_json(options, instance, trajectory))
               : print(trajectory_text(options, instance, trajectory));
  return all_claims_hold;
}

std::function<int()> set_up_expect(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<ExpectOptions>();
  arguments.option("FILE", options->file, "instance file").required();
  options->run.add_to(arguments);
  arguments.option("--quantity", options->quantities, "what to take the expectation of; repeatable")
      .one_of(quantity_names())
      .one_value_each_time();
  arguments.option("--engine", options->engine, "how")
      .one_of({"auto", "moments", "enumeration", "sampling"})
      .shows_default();
  options->sampling.add_to(arguments);
  arguments.option("--arithmetic", options->arithmetic, "with which numbers")
      .one_of({"auto", "rational", "interval"})
      .shows_default();
  arguments.option("--precision", options->precision, "bits of intervals to begin with")
      .between(2U, 1U << 20U)
      .shows_default();
  arguments
      .option("--relative-width", options->relative_width,
              "intervals are narrowed down to this [1e-12]; of sampling, tells how many runs that "
              "would take")
      .between(1e-300, 1.0);
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_expect(*options); };
}

}  // namespace

Command expect_command() {
  return {"expect", "exact expectations along the run of an instance file", set_up_expect};
}

}  // namespace graddiv::cli
