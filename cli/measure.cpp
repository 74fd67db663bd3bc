#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/data_options.h"
#include "cli/support/measurement_output.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "json/file.h"
#include "workbench/measurement.h"

namespace graddiv::cli {

namespace {

using workbench::MeasurementRequest;

struct MeasureOptions {
  DataOptions data;
  MeasurementRequest request;
  std::optional<double> step;
  std::optional<long> batch;
  double epochs = 1;
  int points = 10;
  double delta = 1;
  std::optional<long> subsample;
  double level = 0.05;
  bool audit = false;
  bool json = false;
  std::string csv;
  std::string figure;
};

MeasurementRequest request_of(const MeasureOptions& options) {
  MeasurementRequest request = options.request;
  if (options.batch && !options.step && !options.audit) {
    throw UsageError("--batch is for the runs of --step and --audit");
  }
  request.examples = options.data.request();
  const std::int64_t batch = options.batch.value_or(32);
  if (options.step) request.path = {*options.step, batch, options.epochs, options.points};
  if (options.subsample) {
    request.subsample = {*options.subsample, options.level, request.seed, 0};
  }
  if (options.audit) {
    measure::AuditOptions audit;
    audit.seed = request.seed;
    audit.epoch_batch = batch;
    audit.epoch_step = options.step.value_or(0.01 / static_cast<double>(batch));
    request.audit = audit;
  }
  return request;
}

int run_measure(const MeasureOptions& options, const Settings& settings) {
  const MeasurementRequest request = request_of(options);
  ProgressBar bar(settings.quiet);
  const auto measurement = workbench::measure_data(
      request, [&bar](std::int64_t done, std::int64_t total) { bar.show(done, total, 0); });
  bar.clear();
  if (!options.csv.empty()) write_file(options.csv, measurement_csv(measurement, options.delta));
  if (!options.figure.empty()) write_file(options.figure, measurement_figure(measurement));
  if (options.json) {
    print_json(measurement_json(measurement, options.delta));
  } else {
    print(measurement_text(measurement, options.delta));
  }
  return measurement.gradients && !measurement.gradients->passed() ? something_refuted
                                                                   : all_claims_hold;
}

std::function<int()> set_up_measure(Arguments& arguments, const Settings& settings) {
  auto options = std::make_shared<MeasureOptions>();
  auto& request = options->request;
  request.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  options->data.add_to(arguments);
  arguments
      .option("--at", request.at,
              "where: zero, start (networks: random, by --seed), or a file with one number a "
              "line; may be given again (default: start)")
      .one_value_each_time();
  auto step =
      arguments.option("--step", options->step, "γ: measures along a run of SGD from the start")
          .between(1e-300, 1e300);
  arguments.option("--batch", options->batch, "B of that run, and of --audit (default: 32)")
      .between(1L, 1L << 40U);
  arguments.option("--epochs", options->epochs, "its data passes").between(1e-9, 1e9).needs(step);
  arguments.option("--points", options->points, "how many points of it, after the start")
      .between(1, 1000000)
      .needs(step);
  arguments.option("--delta", options->delta, "δ of the recommended batch 1 + δ B_S")
      .between(0.0, 1e300);
  auto subsample = arguments
                       .option("--subsample", options->subsample,
                               "also an interval for B_S from so many random examples")
                       .between(8L, 1L << 40U);
  arguments.option("--level", options->level, "probability that the interval misses B_S")
      .between(1e-12, 0.5)
      .needs(subsample);
  arguments.flag("--certify", request.certify,
                 "also exact numbers, or certified intervals, at each point");
  arguments.flag("--bounds", request.bounds,
                 "also bounds on B_S at every point from the rows alone (Theorems 1 and 2)");
  arguments.flag("--audit", options->audit,
                 "also what others use in place of B_S, and how far it departs");
  arguments
      .option("--verify-gradients", request.verified_gradients,
              "checks the gradients of so many examples one by one")
      .between(1L, 1L << 40U);
  arguments.seed(request.seed, "of starts, runs and subsamples");
  arguments
      .option("--threads", request.threads, "default: all cores; the results do not depend on it")
      .between(1, 1024);
  arguments.flag("--json", options->json, "machine output");
  arguments.option("--csv", options->csv, "writes the points to this file");
  arguments.option("--figure", options->figure, "writes a pgfplots picture to this file");
  return [options, &settings] { return run_measure(*options, settings); };
}

}  // namespace

Command measure_command() {
  return {"measure", "gradient diversity of real data, and the batch size that it allows",
          set_up_measure};
}

}  // namespace graddiv::cli
