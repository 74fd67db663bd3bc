#include "experiments/task.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "data/read_dataset.h"
#include "json/input_error.h"
#include "measure/model_choice.h"
#include "measure/random.h"

namespace graddiv::experiments {
namespace {

using measure::Examples;
using measure::Target;

class SelectedModel final : public Model {
 public:
  SelectedModel(std::shared_ptr<const Model> model, std::vector<std::int64_t> list)
      : model_(std::move(model)), list_(std::move(list)) {
    for (const std::int64_t i : list_) {
      if (i < 0 || i >= model_->size()) throw std::invalid_argument("no such example");
    }
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(list_.size()); }
  std::int64_t parameters() const override { return model_->parameters(); }
  std::vector<measure::Layer> layers() const override { return model_->layers(); }
  bool is_classifier() const override { return model_->is_classifier(); }
  std::int64_t products() const override { return model_->products(); }
  std::vector<float> start(std::uint64_t seed) const override { return model_->start(seed); }
  void add_block(const measure::Selection& block, std::span<const float> w,
                 const measure::BlockOutput<float>& output) const override {
    std::array<std::int64_t, largest_block> rows{};
    for (std::int64_t k = 0; k < block.count; ++k) {
      rows[static_cast<std::size_t>(k)] = list_[static_cast<std::size_t>(block[k])];
    }
    model_->add_block({0, block.count, rows.data()}, w, output);
  }

 private:
  std::shared_ptr<const Model> model_;
  std::vector<std::int64_t> list_;
};

std::vector<std::int64_t> rows_of(const Dataset& data, const TaskOptions& options) {
  const auto names = [](const std::vector<std::int64_t>& labels, double label) {
    return std::ranges::any_of(labels, [&](auto l) { return static_cast<double>(l) == label; });
  };
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < data.rows; ++i) {
    const double label = data.labels[static_cast<std::size_t>(i)];
    const bool takes_part = options.model == "logistic"
                                ? names(options.positive, label) || names(options.negative, label)
                                : options.labels.empty() || names(options.labels, label);
    if (takes_part) rows.push_back(i);
  }
  return rows;
}

std::shared_ptr<const Model> make_model(std::shared_ptr<const Dataset> data,
                                        const TaskOptions& options, double& largest) {
  measure::Preparation preparation;
  preparation.scale = options.scale;
  preparation.target = options.model == "logistic" ? Target::sign : Target::index;
  preparation.positive.assign(options.positive.begin(), options.positive.end());
  if (options.model != "logistic") preparation.positive.clear();
  auto examples = std::make_shared<const Examples<float>>(std::move(data), preparation);
  largest = examples->largest_squared_norm();
  if (options.model == "logistic") {
    return measure::generalized_linear_model<float>(examples, Loss::logistic, 1, options.ridge);
  }
  if (options.model == "softmax") return measure::softmax_model<float>(examples, options.ridge);
  const std::vector<int> hidden(options.hidden.begin(), options.hidden.end());
  if (options.model == "conv" || options.model == "resnet") {
    measure::ModelChoice choice;
    choice.name = options.model;
    choice.convolutional = measure::ConvolutionalShape{options.model == "resnet", hidden};
    choice.rho = options.ridge;
    return measure::make_model<float>(choice, examples);
  }
  return measure::network_model<float>(examples, hidden, measure::Activation::relu, options.ridge);
}

}  // namespace

Files read_files(const std::filesystem::path& folder) {
  ReadOptions options;
  Files files;
  options.part = DataPart::train;
  files.train = std::make_shared<const Dataset>(read_dataset(folder, options));
  options.part = DataPart::test;
  files.test = std::make_shared<const Dataset>(read_dataset(folder, options));
  if (files.train->columns != files.test->columns) {
    throw InputError(fmt::format("{}: {} features for training and {} for the test",
                                 folder.string(), files.train->columns, files.test->columns));
  }
  return files;
}

Task make_task(const Files& files, const TaskOptions& options) {
  Task task;
  double of_test = 0;
  task.train = make_model(files.train, options, task.largest_squared_norm);
  task.test = make_model(files.test, options, of_test);
  if (task.train->parameters() != task.test->parameters()) {
    throw InputError(files.test->source + ": has other classes than the examples for training");
  }
  task.train_rows = rows_of(*files.train, options);
  task.test_rows = rows_of(*files.test, options);
  return task;
}

std::unique_ptr<const Model> selected(std::shared_ptr<const Model> model,
                                      std::vector<std::int64_t> list) {
  return std::make_unique<SelectedModel>(std::move(model), std::move(list));
}

std::vector<std::int64_t> drawn_rows(const std::vector<std::int64_t>& rows, std::int64_t count,
                                     std::uint64_t seed, std::uint64_t stream) {
  if (count > std::ssize(rows)) {
    throw InputError(fmt::format("the data have {} examples of these classes, expected at least {}",
                                 rows.size(), count));
  }
  const measure::CounterRandom random(seed, measure::Purpose::subsample, stream);
  auto drawn = measure::draw_without_replacement(std::ssize(rows), count, random);
  for (auto& row : drawn) row = rows[static_cast<std::size_t>(row)];
  return drawn;
}

std::vector<std::int64_t> replicated(const std::vector<std::int64_t>& distinct,
                                     std::int64_t count) {
  std::vector<std::int64_t> list(static_cast<std::size_t>(count));
  for (std::size_t k = 0; k < list.size(); ++k) list[k] = distinct[k % distinct.size()];
  return list;
}

}  // namespace graddiv::experiments
