#include "experiments/workers.h"

#include <fmt/format.h>

#include <boost/asio.hpp>
#include <boost/process.hpp>
#include <chrono>
#include <filesystem>
#include <future>
#include <nlohmann/json.hpp>

#include "measure/sgd.h"
#include "measure/thread_communicator.h"
#include "mpi/communicator.h"
#include "reports/latexmk.h"

#ifndef GRADDIV_MPIRUN
#define GRADDIV_MPIRUN ""
#endif

namespace graddiv::experiments {
namespace {

namespace bp = boost::process;

// So small that no model moves: a pass takes the time that it takes.
constexpr double step = 1e-12;

std::string mpirun() {
  const std::string built_with = reports::find_program(GRADDIV_MPIRUN);
  return built_with.empty() ? reports::find_program("mpirun") : built_with;
}

/// Open MPI wants to be told that root may use it and that there may be more ranks than cores, as
/// in a container; it looks for no way to other machines. Ranks stay where the system puts them, so
/// that they do not share a core, and one that waits leaves its core to others.
bp::environment environment_of_ranks() {
  bp::environment environment = boost::this_process::environment();
  environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
  environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
  environment["OMPI_MCA_rmaps_base_oversubscribe"] = "1";
  environment["OMPI_MCA_plm"] = "isolated";
  environment["OMPI_MCA_hwloc_base_binding_policy"] = "none";
  environment["OMPI_MCA_mpi_yield_when_idle"] = "1";
  return environment;
}

}  // namespace

bool can_start_processes() { return mpi::Communicator::is_built_in() && !mpirun().empty(); }

std::vector<double> seconds_on_threads(const TimedRun& run) {
  std::vector<double> seconds(static_cast<std::size_t>(run.passes));
  measure::run_on_threads(run.workers, [&](measure::Communicator& ranks) {
    measure::Sgd<float> sgd(*run.model, run.model->start(run.seed),
                            {step, run.batch, run.seed, 0, 1, &ranks});
    for (std::int64_t pass = 1; pass <= run.passes; ++pass) {
      const auto begin = std::chrono::steady_clock::now();
      while (sgd.gradients() < pass * run.model->size()) sgd.step();
      const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
      if (ranks.rank() == 0) seconds[static_cast<std::size_t>(pass - 1)] = time.count();
    }
  });
  return seconds;
}

std::vector<double> seconds_on_processes(const TimedRun& run, const Work& work) {
  std::vector<std::string> arguments = {"-n", std::to_string(run.workers),
                                        std::filesystem::read_symlink("/proc/self/exe"), "train"};
  arguments.insert(arguments.end(), run.arguments.begin(), run.arguments.end());
  for (const std::string& argument :
       {std::string("--mpi"), std::string("--json"), std::string("--step"), fmt::format("{}", step),
        std::string("--batch"), std::to_string(run.batch), std::string("--passes"),
        std::to_string(run.passes), std::string("--seed"), std::to_string(run.seed)}) {
    arguments.push_back(argument);
  }
  boost::asio::io_context context;
  std::future<std::string> out;
  std::future<std::string> err;
  bp::child child(mpirun(), bp::args(arguments), bp::std_in.close(), bp::std_out > out,
                  bp::std_err > err, context, environment_of_ranks());
  context.run();
  child.wait();
  work.check();
  const auto json = nlohmann::json::parse(out.get(), nullptr, false);
  if (child.exit_code() != 0 || !json.is_object()) {
    throw mpi::Error(fmt::format("mpirun ended with {}: {}", child.exit_code(), err.get()));
  }
  return json.at("seconds").get<std::vector<double>>();
}

}  // namespace graddiv::experiments
