#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/data_options.h"
#include "cli/support/output.h"
#include "json/file.h"
#include "mpi/communicator.h"
#include "workbench/training.h"

namespace graddiv::cli {

namespace {

using workbench::Training;
using workbench::TrainingRequest;

struct TrainOptions {
  DataOptions data;
  TrainingRequest request;
  std::string output;
  std::string csv;
  bool mpi = false;
  bool json = false;
};

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
  TrainingRequest request = options.request;
  request.examples = options.data.request();
  std::optional<mpi::Communicator> ranks;
  try {
    if (options.mpi) ranks.emplace();
  } catch (const mpi::Error& error) {
    throw UsageError(std::string("--mpi: ") + error.what());
  }
  const Training training = workbench::train(request, ranks ? &*ranks : nullptr);
  if (!ranks || ranks->rank() == 0) report(options, training);
  return all_claims_hold;
}

std::function<int()> set_up_train(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<TrainOptions>();
  auto& request = options->request;
  options->data.add_to(arguments);
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
