#include "workbench/measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "measure/sgd.h"
#include "number/precision.h"
#include "workbench/error.h"
#include "workbench/numbers_file.h"

namespace graddiv::workbench {
namespace {

using measure::Examples;
using measure::Model;

template <class T>
class Measuring {
 public:
  Measuring(const MeasurementRequest& request, std::shared_ptr<const Dataset> data,
            const std::function<void(std::int64_t, std::int64_t)>& progress)
      : request_(request), data_(std::move(data)), progress_(progress) {
    const measure::Preparation preparation = request.examples.preparation();
    examples_ = std::make_shared<const Examples<T>>(data_, preparation);
    model_ = measure::make_model<T>(request.examples.model, examples_);
    if (request.certify || request.bounds || request.subsample || request.verified_gradients > 0) {
      if constexpr (std::is_same_v<T, double>) {
        in_doubles_ = examples_;
      } else {
        in_doubles_ = std::make_shared<const Examples<double>>(data_, preparation);
      }
      model_in_doubles_ = measure::make_model<double>(request.examples.model, in_doubles_);
    }
  }

  Measurement run() {
    describe();
    const std::int64_t on_path = request_.path ? request_.path->points + 1 : 0;
    total_ = static_cast<std::int64_t>(request_.at.size()) + on_path;
    for (const std::string& at : request_.at) measure_at(at);
    if (request_.path) follow(*request_.path);
    return std::move(result_);
  }

 private:
  const MeasurementRequest& request_;
  std::shared_ptr<const Dataset> data_;
  const std::function<void(std::int64_t, std::int64_t)>& progress_;
  std::shared_ptr<const Examples<T>> examples_;
  std::shared_ptr<const Examples<double>> in_doubles_;  // where something is asked in doubles
  std::unique_ptr<const Model<double>> model_in_doubles_;
  std::unique_ptr<const Model<T>> model_;
  Measurement result_;
  std::int64_t total_ = 0;

  void describe() {
    result_.source = data_->source;
    result_.detected = data_->detected;
    result_.examples = data_->rows;
    result_.features = examples_->dimension();
    result_.classes = examples_->class_labels();
    result_.parameters = model_->parameters();
    result_.is_classifier = model_->is_classifier();
    if (request_.bounds) {
      if (request_.examples.model.is_network() || request_.examples.model.rho != 0) {
        throw RequestError(
            "--bounds needs gradients that are multiples of the rows: a generalized linear model "
            "or softmax, without --l2");
      }
      result_.bounds = measure::data_bounds(*in_doubles_);
    }
  }

  void measure_at(const std::string& at) {
    const auto p = static_cast<std::size_t>(model_->parameters());
    if (at == "start") {
      add(at, 0, model_->start(request_.seed));
      return;
    }
    const std::vector<Rational> exact =
        at == "zero" ? std::vector<Rational>(p) : read_numbers_file(at);
    if (exact.size() != p) {
      throw RequestError(fmt::format("{} has {} number{}, but the model has {} parameters", at,
                                     exact.size(), exact.size() == 1 ? "" : "s", p));
    }
    std::vector<T> w;
    for (const Rational& x : exact) w.push_back(static_cast<T>(x));
    add(at, 0, w, &exact);
  }

  void follow(const MeasuredPath& path) {
    const auto total =
        static_cast<std::int64_t>(std::ceil(path.epochs * static_cast<double>(data_->rows)));
    measure::Sgd<T> run(*model_, model_->start(request_.seed),
                        {path.step, path.batch, request_.seed, 0, request_.threads});
    add("k = 0", 0, run.point());
    result_.points.back().is_on_run = true;
    for (int point = 1; point <= path.points; ++point) {
      if (run.gradients() >= total * point / path.points) continue;  // a batch went beyond it
      while (run.gradients() < total * point / path.points) {
        run.step();
        if (!std::isfinite(run.last_sums().loss_sum())) {
          throw RequestError(
              fmt::format("the run with step {} and batch {} diverges after {:.3g} "
                          "data passes: a smaller --step is expected",
                          path.step, path.batch, run.passes()));
        }
      }
      add(fmt::format("k = {}", run.gradients() / path.batch), run.passes(), run.point());
      result_.points.back().is_on_run = true;
    }
  }

  void add(const std::string& at, double passes, const std::vector<T>& w,
           const std::vector<Rational>* exact = nullptr) {
    if (request_.verified_gradients > 0 && !result_.gradients) {
      const std::vector<double> point(w.begin(), w.end());
      result_.gradients = measure::verify_gradients(*model_in_doubles_, point,
                                                    request_.verified_gradients, request_.seed);
    }
    MeasuredPoint point;
    point.at = at;
    point.passes = passes;
    point.sums =
        measure::totals<T>(*model_, {0, data_->rows, nullptr}, w, {request_.threads, true, true});
    if (!std::isfinite(point.sums.sum_of_squared_norms()) ||
        !std::isfinite(point.sums.loss_sum())) {
      throw RequestError(fmt::format(
          "the gradients at {} exceed what {} precision holds: a smaller --scale or another point "
          "is expected",
          at, request_.examples.single_precision ? "single" : "double"));
    }
    refuse_underflow(point.sums, at);
    const auto layers = model_->layers();
    for (std::size_t l = 0; l < layers.size() && layers.size() > 1; ++l) {
      point.layers.push_back({layers[l].name, measure::part_of(point.sums, layers[l], l)});
    }
    const double bound = point.sums.batch_size_bound();
    if (request_.subsample) {
      // In doubles: rounding in single precision is no part of what the interval allows for.
      const std::vector<double> exact_floats(w.begin(), w.end());
      point.interval = measure::subsampled_diversity<double>(*model_in_doubles_, exact_floats,
                                                             *request_.subsample);
    }
    if (request_.audit) {
      point.two_batches = measure::two_batch_estimate<T>(*model_, w, bound, *request_.audit);
      point.moving = measure::moving_estimate<T>(*model_, w, bound, *request_.audit);
    }
    if (request_.certify) point.certified = certified(w, exact);
    result_.points.push_back(std::move(point));
    if (progress_) progress_(static_cast<std::int64_t>(result_.points.size()), total_);
  }

  /// B_S is at least 1, unless squares of small numbers vanished.
  void refuse_underflow(const measure::Totals& sums, const std::string& at) const {
    constexpr double rounding = 1e-4;  // single precision adds up 60,000 numbers better than this
    const bool vanished = std::ranges::any_of(sums.gradient, [](double g) { return g != 0; }) &&
                          sums.squared_norm_of_sum() < 1e-290;
    if (!vanished && !(sums.batch_size_bound() < 1 - rounding)) return;
    throw RequestError(
        fmt::format("the gradients at {} are too small for {} precision: a larger "
                    "--scale is expected",
                    at, request_.examples.single_precision ? "single" : "double"));
  }

  measure::CertifiedSums certified(const std::vector<T>& w, const std::vector<Rational>* exact) {
    std::vector<Rational> point;
    if (exact == nullptr) {
      for (const T x : w) point.push_back(rational_from(static_cast<double>(x)));
      exact = &point;
    }
    measure::CertifiedModel model;
    model.loss = request_.examples.model.loss;
    model.tau = rational_from(request_.examples.model.tau);
    model.rho = rational_from(request_.examples.model.rho);
    model.scale = request_.examples.scale;
    const PrecisionScope scope(128);
    return measure::certified_sums(*in_doubles_, model, *exact);
  }
};

}  // namespace

Measurement measure_data(const MeasurementRequest& request,
                         const std::function<void(std::int64_t, std::int64_t)>& progress) {
  if (request.certify && request.examples.model.is_network()) {
    throw RequestError(
        "--certify is there for generalized linear models and softmax, not for "
        "networks");
  }
  const auto data =
      std::make_shared<const Dataset>(read_dataset(request.examples.data, request.examples.read));
  if (request.subsample && request.subsample->examples > data->rows) {
    throw RequestError(fmt::format("--subsample {}: {} has {} examples",
                                   request.subsample->examples, data->source, data->rows));
  }
  MeasurementRequest complete = request;
  if (complete.at.empty() && !complete.path) complete.at = {"start"};
  return complete.examples.single_precision ? Measuring<float>(complete, data, progress).run()
                                            : Measuring<double>(complete, data, progress).run();
}

}  // namespace graddiv::workbench
