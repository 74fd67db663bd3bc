#include "experiments/experiment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/interrupt.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "experiments/journal.h"
#include "experiments/output.h"
#include "mpi/communicator.h"
#include "reports/latexmk.h"
#include "workbench/lookup.h"
#include "workbench/provenance.h"

namespace graddiv::cli {

namespace {

using experiments::Experiment;

struct ExperimentOptions {
  std::string name;
  std::string config;
  std::string models;
  std::string data = experiments::default_data;
  std::string output = ".";
  std::uint64_t seed = 1;
  std::optional<int> repetitions;
  int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  bool full = false;
  bool json = false;
};

const Experiment& experiment_named(const std::string& name) {
  if (const Experiment* found = experiments::find_experiment(name)) return *found;
  std::vector<std::string> known;
  for (const Experiment& experiment : experiments::experiments()) known.push_back(experiment.id);
  throw UsageError("there is no experiment '" + name + "'" +
                   workbench::hint(name, known, "graddiv experiment --help"));
}

/// Words with commas in between, in place of those of the settings.
std::vector<std::string> models_of(const Experiment& experiment, const std::string& text) {
  const auto& choices =
      std::ranges::find(experiment.settings, "models", &experiments::Setting::name)->choices;
  std::vector<std::string> models;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t last = std::min(text.find(',', first), text.size());
    models.push_back(text.substr(first, last - first));
    first = last + 1;
    if (std::ranges::count(choices, models.back()) == 0) {
      throw UsageError(fmt::format("--models: found \"{}\", expected some of {} of experiment {}",
                                   text, fmt::join(choices, ","), experiment.id));
    }
  }
  return models;
}

experiments::Config config_of(const Experiment& experiment, const ExperimentOptions& options) {
  auto config = options.config.empty()
                    ? experiments::default_config(experiment, options.full)
                    : experiments::config_of_file(experiment, options.config, options.full);
  if (!options.models.empty()) config.set("models", models_of(experiment, options.models));
  if (!options.repetitions) return config;
  for (const auto& setting : experiment.settings) {
    const bool is_of_search = setting.name.starts_with("search_");
    if (setting.name.ends_with("repetitions") && !is_of_search) {
      config.set(setting.name, std::int64_t{*options.repetitions});
    }
  }
  return config;
}

std::string result_text(const experiments::Result& result, const experiments::WrittenFiles& files) {
  std::string text;
  for (const auto& claim : result.claims) {
    text += fmt::format("{}: {}\n  claim     {}\n  observed  {}\n  rule      {}\n", claim.id,
                        to_string(claim.reading), claim.claim.plain(), claim.observed.plain(),
                        claim.rule.plain());
  }
  text += "\n" + files.csv + "\n";
  if (files.timings) text += *files.timings + "\n";
  text += fmt::format("{}\n{}\n", files.tex, files.json);
  return files.pdf ? text + *files.pdf + "\n" : text;
}

std::string what_is_left(const experiments::Journal& journal) {
  if (journal.size() == 0) return "nothing was written";
  return fmt::format("the same command continues with the {} finished units in {}", journal.size(),
                     journal.path().string());
}

int run_experiment(const ExperimentOptions& options, bool quiet) {
  const Experiment& experiment = experiment_named(options.name);
  experiments::Setup setup{config_of(experiment, options), experiments::read_files(options.data),
                           options.seed};
  experiments::Journal journal(options.output, experiment, setup,
                               workbench::make_provenance(options.seed));
  if (journal.size() > 0) {
    fmt::print(stderr, "graddiv: continues with the {} finished units in {}\n", journal.size(),
               journal.path().string());
  }
  const InterruptScope interrupt("the same command continues with " + journal.path().string());
  ProgressBar bar(quiet);
  const auto progress = [&](const experiments::WorkProgress& p) {
    bar.show(p.done, p.total, 0, {p.cost_done, p.cost_total, p.cost_found});
  };
  experiments::Work work(options.threads, InterruptScope::requested, progress, &journal);
  try {
    const auto result = experiment.run(setup, work);
    bar.clear();
    const auto files = experiments::write_result(options.output, experiment, setup, result);
    journal.give_up();
    options.json ? print_json(experiments::summary_of(experiment, setup, result))
                 : print(result_text(result, files));
    if (!files.note.empty()) fmt::print(stderr, "graddiv: {}\n", files.note);
  } catch (const experiments::Cancelled&) {
    bar.clear();
    fmt::print(stderr, "graddiv: interrupted; {}\n", what_is_left(journal));
    return interrupted;
  } catch (const mpi::Error& error) {
    throw OutputError(error.what());
  } catch (const reports::LatexError& error) {
    throw OutputError(fmt::format("LaTeX failed: {} (see {}/{}.tex)", error.what(), options.output,
                                  experiment.id));
  }
  return all_claims_hold;
}

std::function<int()> set_up_experiment(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<ExperimentOptions>();
  std::string names;
  for (const auto& experiment : experiments::experiments()) {
    names += (names.empty() ? "" : ", ") + experiment.id;
  }
  arguments.option("NAME", options->name, names).required();
  arguments.option("--config", options->config,
                   "TOML file with settings to put in place of the built-in ones");
  arguments.option("--models", options->models,
                   "which of its models, with commas in between: conv,resnet");
  arguments.option("--data", options->data, "folder of an image data set (IDX or CIFAR-10)")
      .shows_default();
  arguments.flag("--full", options->full, "the larger setting");
  arguments.seed(options->seed, "the same seed gives the same numbers");
  arguments.option("--repetitions", options->repetitions, "of everything that has a band")
      .between(1, 10'000);
  arguments.option("--threads", options->threads, "do not change the numbers")
      .between(1, 4096)
      .shows_default();
  arguments
      .option(
          "-o,--output", options->output,
          "folder for NAME.csv, NAME.tex, NAME.json and, with latexmk, NAME.pdf; a run that was "
          "stopped goes on from NAME.journal there")
      .shows_default();
  arguments.flag("--json", options->json, "machine output");
  return [options, &settings] { return run_experiment(*options, settings.quiet); };
}

}  // namespace

Command experiment_command() {
  return {"experiment", "the figures of the paper on real data", set_up_experiment};
}

}  // namespace graddiv::cli
