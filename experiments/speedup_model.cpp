#include "experiments/speedup_model.h"

#include <Eigen/Dense>
#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>

#include "measure/sgd.h"
#include "measure/shared_totals.h"

namespace graddiv::experiments::speedup {
namespace {

using Eigen::Index;

/// What the numbers (c_1, …, c_m, o_1, …, o_m, a, 1/b) are multiplied with.
Eigen::VectorXd factors(const TimedPass& pass, std::size_t models) {
  const auto iterations = static_cast<double>((pass.examples + pass.batch - 1) / pass.batch);
  const std::int64_t share =
      measure::largest_share(pass.batch, measure::sgd_leaf(pass.batch), pass.workers);
  const auto levels = std::bit_width(static_cast<unsigned>(pass.workers - 1));  // ⌈log2 P⌉
  const auto m = static_cast<Index>(models);
  const auto k = static_cast<Index>(pass.model);
  constexpr double bytes = 8;
  Eigen::VectorXd row = Eigen::VectorXd::Zero(2 * m + 2);
  row(k) = iterations * static_cast<double>(share);
  row(m + k) = iterations;
  row(2 * m) = iterations * 2 * levels;
  row(2 * m + 1) = row(2 * m) * bytes * pass.parameters;
  return row;
}

}  // namespace

double Cost::seconds(const TimedPass& pass) const {
  const auto m = static_cast<Index>(seconds_per_gradient.size());
  Eigen::VectorXd x(2 * m + 2);
  for (Index k = 0; k < m; ++k) {
    x(k) = seconds_per_gradient[static_cast<std::size_t>(k)];
    x(m + k) = overhead[static_cast<std::size_t>(k)];
  }
  x(2 * m) = latency;
  x(2 * m + 1) = seconds_per_byte;
  return factors(pass, seconds_per_gradient.size()).dot(x);
}

Cost fit(const std::vector<TimedPass>& passes) {
  if (passes.empty()) throw std::invalid_argument("a fit needs passes that were timed");
  std::size_t models = 0;
  for (const TimedPass& pass : passes) models = std::max(models, pass.model + 1);
  Eigen::MatrixXd A(std::ssize(passes), static_cast<Index>(2 * models + 2));
  for (Index i = 0; i < A.rows(); ++i) {
    const TimedPass& pass = passes[static_cast<std::size_t>(i)];
    A.row(i) = factors(pass, models).transpose() / pass.seconds;
  }
  // The columns differ by many powers of ten.
  Eigen::VectorXd scale = A.colwise().norm();
  for (Index j = 0; j < A.cols(); ++j) {
    if (scale(j) > 0) A.col(j) /= scale(j);
  }
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(A.rows());
  // Of a least sum of squares without negative numbers some are 0 and the others are free: tries
  // every choice of these, few numbers first.
  std::vector<unsigned> choices(std::size_t{1} << static_cast<unsigned>(A.cols()));
  for (unsigned k = 0; k < choices.size(); ++k) choices[k] = k;
  std::ranges::stable_sort(choices, {}, [](unsigned choice) { return std::popcount(choice); });
  double least = std::numeric_limits<double>::infinity();
  Eigen::VectorXd best = Eigen::VectorXd::Zero(A.cols());
  for (const unsigned choice : choices) {
    std::vector<Index> columns;
    for (Index j = 0; j < A.cols(); ++j) {
      if ((choice >> static_cast<unsigned>(j) & 1U) != 0) columns.push_back(j);
    }
    if (columns.empty()) continue;
    const Eigen::MatrixXd part = A(Eigen::all, columns);
    const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(part);
    if (qr.rank() < part.cols()) continue;
    const Eigen::VectorXd x = qr.solve(ones);
    const double squares = (part * x - ones).squaredNorm();
    if (x.minCoeff() < 0 || !(squares < least)) continue;
    least = squares;
    best.setZero();
    for (std::size_t j = 0; j < columns.size(); ++j) best(columns[j]) = x(static_cast<Index>(j));
  }
  for (Index j = 0; j < A.cols(); ++j) {
    if (scale(j) > 0) best(j) /= scale(j);
  }
  Cost cost;
  const auto m = static_cast<Index>(models);
  cost.seconds_per_gradient.assign(best.data(), best.data() + m);
  cost.overhead.assign(best.data() + m, best.data() + 2 * m);
  cost.latency = best(2 * m);
  cost.seconds_per_byte = best(2 * m + 1);
  return cost;
}

}  // namespace graddiv::experiments::speedup
