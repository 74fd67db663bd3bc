#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/data_words.h"
#include "cli/support/measurement_output.h"
#include "cli/support/output.h"
#include "cli/support/progress.h"
#include "json/file.h"
#include "workbench/measurement.h"

namespace graddiv::cli {

namespace {

using workbench::MeasurementRequest;

struct MeasureOptions {
  MeasurementRequest request;
  std::string model = "logistic";
  std::string activation = "relu";
  std::string scale = "1";
  std::string positive;
  std::string format;
  std::string part = "train";
  std::optional<int> columns;
  std::string data;
  std::string cache;
  std::optional<double> step;
  std::int64_t batch = 32;
  double epochs = 1;
  int points = 10;
  double delta = 1;
  std::optional<long> subsample;
  double level = 0.05;
  bool audit = false;
  std::int64_t verified = 0;
  std::string precision = "double";
  bool json = false;
  std::string csv;
  std::string figure;
};

MeasurementRequest request_of(const MeasureOptions& options) {
  MeasurementRequest request = options.request;
  request.data = options.data;
  request.read.columns = options.columns;
  request.read.cache = options.cache;
  request.read.part = options.part == "test" ? DataPart::test : DataPart::train;
  request.read.format = read_format(options.format);
  const double tau = request.model.tau;
  const double rho = request.model.rho;
  request.model = measure::parse_model(options.model);
  request.model.tau = tau;
  request.model.rho = rho;
  request.model.activation =
      options.activation == "tanh" ? measure::Activation::tanh : measure::Activation::relu;
  request.scale = read_scale(options.scale);
  request.positive = read_labels(options.positive);
  if (!request.positive.empty() && request.model.target() != measure::Target::sign) {
    throw UsageError("--positive is for --model logistic, which tells two classes apart");
  }
  request.single_precision = options.precision == "single";
  request.verified_gradients = options.verified;
  if (options.step) {
    request.path = {*options.step, options.batch, options.epochs, options.points};
  }
  if (options.subsample) {
    request.subsample = {*options.subsample, options.level, request.seed, 0};
  }
  if (options.audit) {
    measure::AuditOptions audit;
    audit.seed = request.seed;
    audit.epoch_batch = options.batch;
    audit.epoch_step = options.step.value_or(0.01 / static_cast<double>(options.batch));
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
  arguments
      .option("DATA", options->data,
              "LIBSVM or CSV file, IDX file of images, or a folder (MNIST and its like, "
              "CIFAR-10); plain or gz")
      .required();
  arguments.option("--format", options->format, "how to read it (default: told from the content)")
      .one_of(data_format_names());
  arguments.option("--part", options->part, "of a folder of images").one_of({"train", "test"});
  arguments.option("--label-column", request.read.label_column,
                   "CSV: name or number of the column of labels");
  arguments.option("--columns", options->columns, "LIBSVM: how many features there are")
      .between(1, 1 << 30);
  arguments.option("--cache", options->cache,
                   "a folder that keeps LIBSVM and CSV files as read, for the next time");
  arguments
      .option("--model", options->model,
              "logistic, linear, huber, geman-mcclure, sine, softmax, mlp:256-128, "
              "and with libtorch conv:16-32, resnet:16-32-64")
      .shows_default();
  arguments.option("--activation", options->activation, "of networks").one_of({"relu", "tanh"});
  arguments.option("--tau", request.model.tau, "of Huber's loss").between(1e-300, 1e300);
  arguments.option("--l2", request.model.rho, "adds ½ρ‖w‖² to every function").between(0.0, 1e300);
  arguments.option("--positive", options->positive,
                   "logistic: the labels of +1, with commas in between (default: 1 of ±1 or of 0 "
                   "and 1, else the larger of two)");
  arguments.option("--scale", options->scale, "multiplies every feature, read exactly: 1/255")
      .shows_default();
  arguments.flag("--bias", request.bias, "a last feature that is 1");
  arguments
      .option("--at", request.at,
              "where: zero, start (networks: random, by --seed), or a file with one number a "
              "line; may be given again (default: start)")
      .one_value_each_time();
  arguments.option("--step", options->step, "γ: measures along a run of SGD from the start")
      .between(1e-300, 1e300);
  arguments.option("--batch", options->batch, "B of that run").between(1L, 1L << 40U);
  arguments.option("--epochs", options->epochs, "its data passes").between(1e-9, 1e9);
  arguments.option("--points", options->points, "how many points of it, after the start")
      .between(1, 1000000);
  arguments.option("--delta", options->delta, "δ of the recommended batch 1 + δ B_S")
      .between(0.0, 1e300);
  arguments
      .option("--subsample", options->subsample,
              "also an interval for B_S from so many random examples")
      .between(8L, 1L << 40U);
  arguments.option("--level", options->level, "probability that the interval misses B_S")
      .between(1e-12, 0.5);
  arguments.flag("--certify", request.certify,
                 "also exact numbers, or certified intervals, at each point");
  arguments.flag("--bounds", request.bounds,
                 "also bounds on B_S at every point from the rows alone (Theorems 1 and 2)");
  arguments.flag("--audit", options->audit,
                 "also what others use in place of B_S, and how far it departs");
  arguments
      .option("--verify-gradients", options->verified,
              "checks the gradients of so many examples one by one")
      .between(1L, 1L << 40U);
  arguments.option("--precision", options->precision, "of the arithmetic")
      .one_of({"double", "single"});
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
