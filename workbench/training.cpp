#include "workbench/training.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "measure/sgd.h"
#include "measure/shared_totals.h"
#include "workbench/error.h"

namespace graddiv::workbench {
namespace {

using measure::Examples;
using measure::Model;

template <class T>
double mean_loss(const Model<T>& model, std::span<const T> w, int threads,
                 measure::Communicator* ranks) {
  const measure::Selection all{0, model.size()};
  const measure::PassOptions pass{threads, false, true};
  const auto sums = ranks == nullptr ? measure::totals<T>(model, all, w, pass)
                                     : measure::shared_totals<T>(model, all, w, pass, *ranks);
  return sums.loss_sum() / static_cast<double>(sums.count);
}

template <class T>
Training train_in(const TrainingRequest& request, std::shared_ptr<const Dataset> data,
                  measure::Communicator* ranks) {
  Training result;
  result.source = data->source;
  result.examples = data->rows;
  result.ranks = ranks == nullptr ? 1 : ranks->size();
  const auto model = measure::make_model<T>(
      request.examples.model,
      std::make_shared<const Examples<T>>(std::move(data), request.examples.preparation()));
  result.parameters = model->parameters();
  measure::Sgd<T> run(*model, model->start(request.seed),
                      {request.step, request.batch, request.seed, 0, request.threads, ranks});
  const auto look = [&] {
    const double loss = mean_loss<T>(*model, run.point(), request.threads, ranks);
    if (!std::isfinite(loss)) {
      throw RequestError(fmt::format(
          "the run diverges: the loss is infinite or no number after {} iterations; a smaller "
          "--step is needed",
          result.iterations));
    }
    result.losses.push_back(loss);
  };
  look();
  for (std::int64_t pass = 1; pass <= request.passes; ++pass) {
    const auto begin = std::chrono::steady_clock::now();
    for (; run.gradients() < pass * model->size(); ++result.iterations) run.step();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    result.seconds.push_back(time.count());
    look();
  }
  result.point.assign(run.point().begin(), run.point().end());
  return result;
}

}  // namespace

Training train(const TrainingRequest& request, measure::Communicator* ranks) {
  const ExamplesRequest& examples = request.examples;
  auto data = std::make_shared<const Dataset>(read_dataset(examples.data, examples.read));
  return examples.single_precision ? train_in<float>(request, std::move(data), ranks)
                                   : train_in<double>(request, std::move(data), ranks);
}

}  // namespace graddiv::workbench
