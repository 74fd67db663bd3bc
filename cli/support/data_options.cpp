#include "cli/support/data_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "data/detect.h"

namespace graddiv::cli {
namespace {

/// Labels with commas in between.
std::vector<double> read_labels(const std::string& text) {
  std::vector<double> labels;
  std::string_view rest = text;
  for (;;) {
    const std::string_view word = rest.substr(0, rest.find(','));
    double label = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), label);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(label)) {
      throw UsageError(
          fmt::format("--positive: found \"{}\", labels with commas in between expected", text));
    }
    labels.push_back(label);
    if (word.size() == rest.size()) return labels;
    rest.remove_prefix(word.size() + 1);
  }
}

Rational read_scale(const std::string& text) {
  try {
    return parse_rational(text);
  } catch (const ParseError& error) {
    throw UsageError(std::string("--scale: ") + error.what());
  }
}

/// Empty where it is to be told from the content.
std::optional<DataFormat> read_format(const std::string& name) {
  const auto& names = data_format_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<DataFormat>(found - names.begin());
}

}  // namespace

void DataOptions::add_to(Arguments& arguments) {
  arguments
      .option("DATA", data_,
              "LIBSVM or CSV file, IDX file of images, or a folder (MNIST and its like, "
              "CIFAR-10); plain or gz")
      .required();
  arguments.option("--format", format_, "how to read it (default: told from the content)")
      .one_of(data_format_names());
  arguments.option("--part", part_, "of a folder of images (default: train)")
      .one_of({"train", "test"});
  arguments.option("--label-column", label_column_, "CSV: name or number of the column of labels");
  arguments.option("--columns", columns_, "LIBSVM: how many features there are")
      .between(1, 1 << 30);
  arguments.option("--cache", cache_,
                   "a folder that keeps LIBSVM and CSV files as read, for the next time");
  arguments
      .option("--model", model_,
              "logistic, linear, huber, geman-mcclure, sine, softmax, mlp:256-128, "
              "and with libtorch conv:16-32, resnet:16-32-64")
      .shows_default();
  arguments.option("--activation", activation_, "of --model mlp (default: relu)")
      .one_of({"relu", "tanh"});
  arguments.option("--tau", tau_, "of --model huber (default: 1)").between(1e-300, 1e300);
  arguments.option("--l2", rho_, "adds ½ρ‖w‖² to every function").between(0.0, 1e300);
  arguments.option("--positive", positive_,
                   "logistic: the labels of +1, with commas in between (default: 1 of ±1 or of 0 "
                   "and 1, else the larger of two)");
  arguments.option("--scale", scale_, "multiplies every feature, read exactly: 1/255")
      .shows_default();
  arguments.flag("--bias", bias_, "a last feature that is 1");
  arguments.option("--precision", precision_, "of the arithmetic").one_of({"double", "single"});
}

workbench::ExamplesRequest DataOptions::request() const {
  workbench::ExamplesRequest request;
  request.model = measure::parse_model(model_);
  refuse_idle(request.model);
  request.model.activation =
      activation_ == "tanh" ? measure::Activation::tanh : measure::Activation::relu;
  request.model.tau = tau_.value_or(request.model.tau);
  request.model.rho = rho_;
  if (positive_) request.positive = read_labels(*positive_);
  request.scale = read_scale(scale_);
  request.bias = bias_;
  request.single_precision = precision_ == "single";
  request.data = data_;
  request.read.format = read_format(format_);
  request.read.part = part_ == "test" ? DataPart::test : DataPart::train;
  request.read.columns = columns_;
  request.read.label_column = label_column_.value_or("");
  request.read.cache = cache_.value_or("");
  refuse_idle(request);
  return request;
}

void DataOptions::refuse_idle(const measure::ModelChoice& model) const {
  if (positive_ && model.target() != measure::Target::sign) {
    throw UsageError("--positive is for --model logistic, which tells two classes apart");
  }
  if (tau_ && model.loss != Loss::huber) throw UsageError("--tau is for --model huber");
  if (activation_ && model.hidden.empty()) throw UsageError("--activation is for --model mlp");
}

void DataOptions::refuse_idle(const workbench::ExamplesRequest& request) const {
  if (!part_ && !label_column_ && !columns_ && !cache_) return;
  const DataSource source = detect_source(request.data, request.read);
  const bool is_libsvm = source.format == DataFormat::libsvm;
  const bool is_csv = source.format == DataFormat::csv;
  const auto only_for = [&](const std::string& what, const std::string& option) {
    const auto& name = data_format_names().at(static_cast<std::size_t>(source.format));
    throw UsageError(fmt::format("{} is for {}, but {} is {} of format {}", option, what, data_,
                                 source.is_in_folder ? "a folder" : "a file", name));
  };
  if (part_ && !source.is_in_folder) only_for("folders of images", "--part");
  if (label_column_ && !is_csv) only_for("CSV", "--label-column");
  if (columns_ && !is_libsvm) only_for("LIBSVM", "--columns");
  if (cache_ && !is_libsvm && !is_csv) only_for("LIBSVM and CSV", "--cache");
}

}  // namespace graddiv::cli
