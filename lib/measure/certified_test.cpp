#include "measure/certified.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include "diversity/diversity.h"
#include "measure/data_bounds.h"
#include "measure/noise_scale.h"
#include "measure/totals.h"
#include "number/exact.h"
#include "number/precision.h"

namespace graddiv::measure {
namespace {

std::shared_ptr<Dataset> dataset(int kind) {
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = 6;
  data->columns = 3;
  const std::vector<std::uint8_t> bytes = {1, 0, 255, 7, 2, 0, 0, 0, 3, 9, 9, 1, 4, 0, 0, 5, 6, 7};
  data->labels = {0, 1, 1, 2, 0, 2};
  if (kind == 0) {
    data->features = DenseBytes{bytes};
  } else if (kind == 1) {
    DenseNumbers numbers;
    for (const auto byte : bytes) numbers.values.push_back(byte / 8.0 - 1);
    data->features = std::move(numbers);
  } else {
    SparseRows rows;
    for (std::size_t k = 0; k < bytes.size(); ++k) {
      if (bytes[k] != 0) {
        rows.column.push_back(static_cast<std::int32_t>(k % 3));
        rows.value.push_back(bytes[k] * 0.1);
      }
      if (k % 3 == 2) rows.row_begin.push_back(static_cast<std::int64_t>(rows.column.size()));
    }
    data->features = std::move(rows);
  }
  return data;
}

Examples<double> examples(int kind, Target target, bool constant, const Rational& scale) {
  Preparation preparation{static_cast<double>(scale), constant, target, {}};
  if (target == Target::sign) preparation.positive = {1, 2};
  return {dataset(kind), preparation};
}

// The same sums by the family of the theorems, on the same rows as rationals.
GradientSums by_family(const Examples<double>& data, Loss loss, const Rational& scale,
                       const std::vector<Rational>& w) {
  Matrix<Rational> X(data.size(), data.dimension());
  Vector<Rational> y(data.size());
  std::vector<double> row(static_cast<std::size_t>(data.dimension()));
  const Examples<double> unscaled(std::make_shared<Dataset>(data.data()),
                                  {1, data.preparation().constant_column, data.preparation().target,
                                   data.preparation().positive});
  for (std::int64_t i = 0; i < data.size(); ++i) {
    unscaled.load({i, 1, nullptr}, row.data());
    for (int j = 0; j < data.dimension(); ++j) {
      X(i, j) = rational_from(row[static_cast<std::size_t>(j)]);
      if (j < data.data().columns) X(i, j) *= scale;
    }
    y(i) = rational_from(data.target(i));
  }
  Vector<Rational> point(static_cast<Eigen::Index>(w.size()));
  for (std::size_t j = 0; j < w.size(); ++j) point(static_cast<Eigen::Index>(j)) = w[j];
  const Problem problem{generalized_linear(X, y, loss, Rational(1, 2)), Domain::all()};
  return gradient_sums(problem, enclose(point));
}

TEST(CertifiedSums, AreThoseOfTheFamilyOfTheTheorems) {
  const PrecisionScope scope(128);
  const Rational scale(1, 255);
  for (const int kind : {0, 1, 2}) {
    for (const bool constant : {false, true}) {
      for (const Loss loss : {Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::logistic}) {
        const auto data =
            examples(kind, loss == Loss::logistic ? Target::sign : Target::number, constant, scale);
        std::vector<Rational> w = {Rational(1, 3), Rational(-2), Rational(5, 7)};
        if (constant) w.push_back(Rational(1, 10));
        const auto sums = certified_sums(data, {loss, Rational(1, 2), 0, scale}, w);
        const auto expected = by_family(data, loss, scale, w).gradient_diversity();
        ASSERT_TRUE(sums.gradient_diversity() && expected);
        if (expected->is_exact() && loss != Loss::geman_mcclure) {
          EXPECT_EQ(sums.gradient_diversity()->to_string(), expected->to_string());
        } else {
          EXPECT_NO_THROW(Enclosure::intersection(*sums.gradient_diversity(), *expected));
          EXPECT_LT(sums.gradient_diversity()->relative_width(), 1e-20);
        }
      }
    }
  }
}

TEST(CertifiedSums, HoldTheSumsInDoubles) {
  const PrecisionScope scope(128);
  const Rational scale(1, 8);
  for (const int kind : {0, 1, 2}) {
    for (const double rho : {0.0, 0.5}) {
      auto data =
          std::make_shared<const Examples<double>>(examples(kind, Target::index, true, scale));
      const auto model = softmax_model<double>(data, rho);
      std::vector<double> w;
      std::vector<Rational> exact;
      for (int j = 0; j < 12; ++j) {
        w.push_back(j % 5 / 16.0 - 0.1);
        exact.push_back(rational_from(w.back()));
      }
      const auto sums = certified_sums(*data, {std::nullopt, 1, rational_from(rho), scale}, exact);
      const Totals rounded = totals<double>(*model, {0, 6, nullptr}, w);
      const double value = sums.batch_size_bound()->approximate();
      EXPECT_LT(sums.batch_size_bound()->relative_width(), 1e-20);
      EXPECT_NEAR(rounded.batch_size_bound(), value, 1e-12 * value);
    }
  }
}

// Where every example is fitted, 1 − p_y is the sum of the others, not what rounding leaves of 1.
TEST(CertifiedSums, HoldTheSumsOfExamplesThatAreFitted) {
  const PrecisionScope scope(128);
  auto file = std::make_shared<Dataset>();
  file->rows = 3;
  file->columns = 1;
  file->features = DenseNumbers{{-1, 1.5, 1}};
  file->labels = {0, 1, 1};
  const auto data =
      std::make_shared<const Examples<double>>(file, Preparation{1, false, Target::index, {}});
  const auto model = softmax_model<double>(data, 0);
  for (const double gap : {1.0, 20.0, 45.0, 300.0}) {
    const std::vector<double> w = {-gap / 2, gap / 2};
    const std::vector<Rational> exact = {rational_from(w[0]), rational_from(w[1])};
    const auto sums = certified_sums(*data, {std::nullopt, 1, 0, 1}, exact);
    ASSERT_TRUE(sums.batch_size_bound()) << gap;
    const double value = sums.batch_size_bound()->approximate();
    const Totals rounded = totals<double>(*model, {0, 3, nullptr}, w);
    EXPECT_NEAR(rounded.batch_size_bound(), value, 1e-12 * value) << gap;
    EXPECT_GT(rounded.loss_sum(), 0) << gap;
  }
}

// ∇f = (w − 1) + w/2 nearly vanishes at 2/3, and ‖∇f‖² must not be what rounding leaves of it.
TEST(CertifiedSums, HoldTheSumsWhereTheRidgeCancelsTheSlope) {
  const PrecisionScope scope(128);
  auto file = std::make_shared<Dataset>();
  file->rows = 2;
  file->columns = 1;
  file->features = DenseNumbers{{1, 1}};
  file->labels = {1, 1};
  const auto data =
      std::make_shared<const Examples<double>>(file, Preparation{1, false, Target::number, {}});
  const auto model = generalized_linear_model<double>(data, Loss::squared, 1, 0.5);
  for (const double off : {1e-6, 1e-9}) {
    const std::vector<double> w = {2.0 / 3 + off};
    const Totals rounded = totals<double>(*model, {0, 2, nullptr}, w);
    EXPECT_NEAR(rounded.batch_size_bound(), 1, 1e-6) << off;
  }
}

TEST(CertifiedSums, AreExactForSoftmaxAtZero) {
  const auto data = examples(0, Target::index, false, 1);
  const auto sums = certified_sums(data, {std::nullopt, 1, 0, 1}, std::vector<Rational>(9));
  EXPECT_TRUE(sums.batch_size_bound()->is_exact());
}

TEST(CertifiedSums, SayThatTheRatioIsInfinite) {
  auto data = std::make_shared<Dataset>();
  data->rows = 2;
  data->columns = 1;
  data->features = DenseBytes{{3, 3}};
  data->labels = {0, 1};
  const Examples<double> two(data, {1, false, Target::sign, {}});
  const auto sums = certified_sums(two, {Loss::logistic, 1, 0, 1}, {Rational(0)});
  EXPECT_FALSE(sums.gradient_diversity());
  EXPECT_EQ(sums.squared_norm_of_sum.to_string(), "0");
}

TEST(DataBounds, AreBelowTheBatchSizeBoundAndNearTheTruth) {
  for (const int kind : {0, 1, 2}) {
    const auto data = std::make_shared<const Examples<double>>(
        examples(kind, Target::sign, false, Rational(1, 4)));
    const DataBounds bounds = data_bounds(*data);
    const auto model = generalized_linear_model<double>(data, Loss::logistic, 1, 0);
    for (const double t : {0.0, 1.0, -3.0}) {
      const std::vector<double> w = {t, -t / 2, t / 7};
      const double truth = totals<double>(*model, {0, 6, nullptr}, w).batch_size_bound();
      EXPECT_LE(bounds.glm, truth);
      EXPECT_LE(bounds.glm_sharp, truth);
      if (bounds.sparse) {
        EXPECT_LE(*bounds.sparse, truth);
      }
    }
    EXPECT_LE(bounds.glm, bounds.glm_sharp);
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> X(6, 3);
    data->load({0, 6, nullptr}, X.data());
    const double largest =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(X.transpose() * X).eigenvalues().maxCoeff();
    EXPECT_GE(bounds.norm.squared_norm, largest * (1 - 1e-14));
    EXPECT_LE(bounds.norm.squared_norm, largest * (1 + 1e-9));
  }
}

TEST(DataBounds, ConflictsAreCountedOrBounded) {
  const auto data = examples(2, Target::sign, false, 1);
  // Rows 0: {0, 2}, 1: {0, 1}, 2: {2}, 3: all, 4: {0}, 5: all.
  EXPECT_EQ(conflict_degree(data).largest, 5);
  EXPECT_TRUE(conflict_degree(data).is_exact);
  EXPECT_FALSE(conflict_degree(data, 0).is_exact);
  EXPECT_GE(conflict_degree(data, 0).largest, 5);
}

TEST(NoiseScale, TwoBatchesFindTheTruthOnAverage) {
  const auto data = std::make_shared<const Examples<double>>(examples(1, Target::number, true, 1));
  const auto model = generalized_linear_model<double>(data, Loss::squared, 1, 0);
  const std::vector<double> w(4, 0.5);
  const double truth = totals<double>(*model, {0, 6, nullptr}, w).batch_size_bound();
  AuditOptions options;
  options.repetitions = 20000;
  options.small_batch = 2;
  options.large_batch = 4;
  const auto audited = two_batch_estimate<double>(*model, w, truth, options);
  EXPECT_NEAR(audited.estimate, truth, 0.1 * truth);
  EXPECT_NEAR(audited.departure, audited.estimate / truth - 1, 1e-12);
}

TEST(NoiseScale, AnEpochWithTinyStepsIsAFixedPoint) {
  const auto data = std::make_shared<const Examples<double>>(examples(1, Target::number, true, 1));
  const auto model = generalized_linear_model<double>(data, Loss::squared, 1, 0);
  const std::vector<double> w(4, 0.5);
  AuditOptions options;
  options.epoch_step = 1e-300;
  options.epoch_batch = 6;
  const auto audited = moving_estimate<double>(*model, w, 1, options);
  // One batch of six draws at w: n Σ‖g‖²/‖Σ g‖² of those.
  EXPECT_GE(audited.estimate, 1);
  options.epoch_step = 0.01;
  EXPECT_EQ(audited.estimate, moving_estimate<double>(*model, w, 1, options).estimate);
  options.epoch_batch = 1;
  EXPECT_NE(audited.estimate, moving_estimate<double>(*model, w, 1, options).estimate);
}

}  // namespace
}  // namespace graddiv::measure
