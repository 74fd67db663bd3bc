#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/data_words.h"
#include "cli/support/output.h"
#include "experiments/mpi/mpi_communicator.h"
#include "json/file.h"
#include "workbench/training.h"

namespace graddiv::cli {

namespace {

using experiments::MpiCommunicator;
using workbench::Training;
using workbench::TrainingRequest;

struct TrainOptions {
  TrainingRequest request;
  std::string data;
  std::string format;
  std::string part = "train";
  std::string model = "logistic";
  std::string positive;
  std::string scale = "1";
  std::string precision = "double";
  std::string output;
  std::string csv;
  bool mpi = false;
  bool json = false;
};

TrainingRequest request_of(const TrainOptions& options) {
  TrainingRequest request = options.request;
  request.data = options.data;
  request.read.format = read_format(options.format);
  request.read.part = options.part == "test" ? DataPart::test : DataPart::train;
  const double rho = request.model.rho;
  request.model = measure::parse_model(options.model);
  request.model.rho = rho;
  request.scale = read_scale(options.scale);
  request.positive = read_labels(options.positive);
  if (!request.positive.empty() && request.model.target() != measure::Target::sign) {
    throw UsageError("--positive is for --model logistic, which tells two classes apart");
  }
  request.single_precision = options.precision == "single";
  return request;
}

std::string point_text(const Training& training) {
  std::string text;
  for (const double x : training.point) text += fmt::format("{}\n", x);
  return text;
}

std::string losses_csv(const Training& training) {
  std::string csv = "pass,loss\n";
  for (std::size_t k = 0; k < training.losses.size(); ++k) {
    csv += fmt::format("{},{}\n", k, training.losses[k]);
  }
  return csv;
}

void report(const TrainOptions& options, const Training& t) {
  if (!options.output.empty()) write_file(options.output, point_text(t));
  if (!options.csv.empty()) write_file(options.csv, losses_csv(t));
  if (options.json) {
    print_json(Json{{"data", t.source},
                    {"examples", t.examples},
                    {"parameters", t.parameters},
                    {"batch", options.request.batch},
                    {"iterations", t.iterations},
                    {"ranks", t.ranks},
                    {"threads", options.request.threads},
                    {"losses", t.losses},
                    {"seconds", t.seconds}});
    return;
  }
  Table table({{"passes", Table::Align::right}, {"mean loss"}});
  for (std::size_t k = 0; k < t.losses.size(); ++k) {
    table.add({std::to_string(k), fmt::format("{:.9g}", t.losses[k])});
  }
  print(fmt::format("{}\n{} iterations of batch {} on {} rank{} in {:.3g} s\n", table.text(),
                    t.iterations, options.request.batch, t.ranks, t.ranks == 1 ? "" : "s",
                    std::accumulate(t.seconds.begin(), t.seconds.end(), 0.0)));
}

int run_train(const TrainOptions& options) {
  const TrainingRequest request = request_of(options);
  std::optional<MpiCommunicator> ranks;
  try {
    if (options.mpi) ranks.emplace();
  } catch (const experiments::MpiError& error) {
    throw UsageError(std::string("--mpi: ") + error.what());
  }
  const Training training = workbench::train(request, ranks ? &*ranks : nullptr);
  if (!ranks || ranks->rank() == 0) report(options, training);
  return all_claims_hold;
}

std::function<int()> set_up_train(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<TrainOptions>();
  auto& request = options->request;
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
  arguments
      .option("--model", options->model,
              "logistic, linear, huber, geman-mcclure, sine, softmax, or mlp:128, mlp:256-128")
      .shows_default();
  arguments.option("--l2", request.model.rho, "adds ½ρ‖w‖² to every function").between(0.0, 1e300);
  arguments.option(
      "--positive", options->positive,
      "logistic: the labels of +1, with commas in between (default: the larger of two)");
  arguments.option("--scale", options->scale, "multiplies every feature, read exactly: 1/255")
      .shows_default();
  arguments.flag("--bias", request.bias, "a last feature that is 1");
  arguments.option("--step", request.step, "γ, of the sum of the gradients of a batch")
      .between(1e-300, 1e300)
      .required();
  arguments.option("--batch", request.batch, "B").between(1L, 1L << 40U).shows_default();
  arguments.option("--passes", request.passes, "over the data")
      .between(1L, 1L << 30U)
      .shows_default();
  arguments.seed(request.seed, "of the start and of the indices drawn");
  arguments.option("--threads", request.threads, "do not change the numbers").between(1, 1024);
  arguments.flag("--mpi", options->mpi,
                 "shares every batch out among the ranks that mpirun starts (mpirun -n 4 graddiv "
                 "train --mpi …), which do not change the numbers either");
  arguments.option("--precision", options->precision, "of the arithmetic")
      .one_of({"double", "single"});
  arguments.option("-o,--output", options->output,
                   "file for the point where it ends, a number a line (measure --at FILE)");
  arguments.option("--csv", options->csv, "file for the mean loss after each pass");
  arguments.flag("--json", options->json, "machine output");
  return [options] { return run_train(*options); };
}

}  // namespace

Command train_command() {
  return {"train", "mini-batch SGD on real data, data-parallel over threads or MPI", set_up_train};
}

}  // namespace graddiv::cli
