#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "measure/model.h"

namespace graddiv::experiments {

using Model = measure::Model<float>;

/// The files of an experiment: those for training and those for the test.
struct Files {
  std::shared_ptr<const Dataset> train;
  std::shared_ptr<const Dataset> test;
};

/// Where Debian's package dataset-fashion-mnist puts its files.
inline constexpr const char* default_data = "/usr/share/datasets/fashion-mnist";

/// Reads the folder of an image data set. Throws InputError.
Files read_files(const std::filesystem::path& folder);

/// What is learnt from them.
struct TaskOptions {
  std::string model;  ///< "logistic", "softmax", "mlp", "conv", "resnet"
  /// Of an mlp the widths of its hidden layers (relu), of conv and resnet the channels of stages.
  std::vector<std::int64_t> hidden = {};
  /// Of logistic: the labels of the two classes; other examples are left out.
  std::vector<std::int64_t> positive = {};
  std::vector<std::int64_t> negative = {};
  /// Of the others: the labels that take part; none: all of them.
  std::vector<std::int64_t> labels = {};
  double ridge = 0;  ///< ρ of the term ½ρ‖w‖²
  double scale = 1.0 / 255;
};

/// The functions of all examples of the two files, and which of them take part.
struct Task {
  std::shared_ptr<const Model> train;
  std::shared_ptr<const Model> test;
  std::vector<std::int64_t> train_rows;
  std::vector<std::int64_t> test_rows;
  double largest_squared_norm = 0;  ///< max ‖x_i‖² of the training file
};

/// Throws InputError where the labels do not fit the files.
Task make_task(const Files& files, const TaskOptions& options);

/// f_{list[0]}, f_{list[1]}, …: a choice of a model's functions, any of them several times, without
/// a copy of the data.
std::unique_ptr<const Model> selected(std::shared_ptr<const Model> model,
                                      std::vector<std::int64_t> list);

/// `count` different ones of the rows, drawn at random: a function of seed and stream. Throws
/// InputError where there are fewer.
std::vector<std::int64_t> drawn_rows(const std::vector<std::int64_t>& rows, std::int64_t count,
                                     std::uint64_t seed, std::uint64_t stream);

/// `count` indices: the distinct ones over and over again.
std::vector<std::int64_t> replicated(const std::vector<std::int64_t>& distinct, std::int64_t count);

}  // namespace graddiv::experiments
