#include "experiments/noisy_sgd.h"

#include <gtest/gtest.h>

#include <cmath>

#include "diversity/mechanism.h"
#include "experiments/testing.h"
#include "measure/random.h"
#include "measure/sgd.h"
#include "measure/totals.h"

namespace graddiv::experiments {
namespace {

/// The gradients of the model are `rows` (linear functions: least squares of slope 1), exactly.
class LinearModel final : public Model {
 public:
  explicit LinearModel(std::vector<std::vector<float>> rows) : rows_(std::move(rows)) {}
  std::int64_t size() const override { return std::ssize(rows_); }
  std::int64_t parameters() const override { return std::ssize(rows_[0]); }
  std::vector<measure::Layer> layers() const override { return {{"w", 0, parameters()}}; }
  bool is_classifier() const override { return false; }
  void add_block(const measure::Selection& block, std::span<const float>,
                 const measure::BlockOutput<float>& output) const override {
    for (std::int64_t k = 0; k < block.count; ++k) {
      const auto& g = rows_[static_cast<std::size_t>(block[k])];
      for (std::size_t j = 0; j < output.gradient.size(); ++j) output.gradient[j] += g[j];
    }
  }

 private:
  std::vector<std::vector<float>> rows_;
};

// Norms 5, 5 and 3: quantization is exact too.
const std::vector<std::vector<float>> gradients = {{3, -4, 0}, {0, 0, 0}, {0, 5, 0}, {1, -2, 2}};

Vector<Enclosure> exact(const std::vector<float>& row) {
  Vector<Enclosure> g(std::ssize(row));
  for (std::size_t j = 0; j < row.size(); ++j) {
    g(static_cast<Eigen::Index>(j)) = Enclosure(static_cast<double>(row[j]));
  }
  return g;
}

Enclosure squared(const Vector<Enclosure>& x) {
  Enclosure sum(0);
  for (Eigen::Index j = 0; j < x.size(); ++j) sum += x(j) * x(j);
  return sum;
}

/// Σ E‖Q_i(g_i)‖² / E‖Σ Q_i(g_i)‖² by enumeration of the joint law.
double enumerated(const Mechanism& mechanism) {
  Enclosure numerator(0);
  FiniteLaw sum = FiniteLaw::certain(exact({0, 0, 0}));
  for (const auto& row : gradients) {
    const FiniteLaw law = mechanism.law_of_same_moments(exact(row));
    numerator += law.mean(squared);
    sum = sum_of_independent(sum, law, 1e6);
  }
  return (numerator / sum.mean(squared)).approximate();
}

TEST(MechanismSums, AreWhatEnumerationGives) {
  const LinearModel model(gradients);
  const std::vector<float> w(3);
  const auto diversity = [&](const NoiseOptions& noise) {
    return mechanism_sums(model, w, noise).mechanism_diversity();
  };
  const auto expect = [](double actual, double expected) {
    EXPECT_NEAR(actual, expected, 1e-12 * expected);
  };
  expect(diversity({}), 59.0 / 21);  // 25 + 0 + 25 + 9 over ‖(4, −1, 2)‖²
  expect(diversity({MechanismKind::dropout, 0.25}),
         enumerated(Mechanism::dropout(Rational(1) / 4)));
  expect(diversity({MechanismKind::dropout, 1}), diversity({}));
  expect(diversity({MechanismKind::langevin, 0.5}),
         enumerated(Mechanism::langevin(Rational(1) / 4)));
  expect(diversity({MechanismKind::quantization, 0}), enumerated(Mechanism::quantization(1)));
}

TEST(MechanismSums, GiveTheBounds) {
  const LinearModel model(gradients);
  const auto sums = mechanism_sums(model, std::vector<float>(3), {MechanismKind::dropout, 0.5});
  EXPECT_EQ(sums.count, 4);
  EXPECT_EQ(sums.A, 59);
  EXPECT_EQ(sums.V, 59) << "(1/p − 1) Σ‖g‖²";
  EXPECT_EQ(sums.bound(), 4 * sums.A / sums.D);
  EXPECT_EQ(sums.mechanism_bound(), 4 * (sums.A + sums.V) / (sums.D + sums.V));
  const LinearModel opposite({{1, 0}, {-1, 0}});
  const auto none = mechanism_sums(opposite, std::vector<float>(2), {});
  EXPECT_TRUE(std::isinf(none.bound()));
  EXPECT_TRUE(std::isinf(none.mechanism_diversity()));
}

// Mean and variance of 20000 draws; the seed is fixed, the limits are five standard errors.
TEST(NoisyGradients, HaveTheMeanAndTheVarianceOfTheFormula) {
  const std::vector<float> g = {1, -2, 2, 0};
  for (const NoiseOptions& noise :
       {NoiseOptions{MechanismKind::dropout, 0.25}, NoiseOptions{MechanismKind::quantization, 0}}) {
    constexpr int draws = 20000;
    std::vector<double> mean(4);
    double squares = 0;
    for (int k = 0; k < draws; ++k) {
      std::vector<double> q(4);
      add_noisy(noise, g, 1, 0, static_cast<std::uint64_t>(k), q);
      for (std::size_t j = 0; j < 4; ++j) {
        mean[j] += q[j] / draws;
        squares += (q[j] - static_cast<double>(g[j])) * (q[j] - static_cast<double>(g[j])) / draws;
      }
    }
    // Dropout: 9·3. Quantization: 3·5 − 9.
    const double variance = noise.kind == MechanismKind::dropout ? 27 : 6;
    EXPECT_NEAR(squares, variance, 0.03 * variance);
    for (std::size_t j = 0; j < 4; ++j) {
      EXPECT_NEAR(mean[j], static_cast<double>(g[j]), 5 * std::sqrt(variance / draws)) << j;
    }
    EXPECT_EQ(mean[3], 0) << "Q(0) = 0";
  }
}

std::vector<std::vector<float>> points(const Model& model, const RunOptions& options,
                                       const NoiseOptions& noise) {
  std::vector<std::vector<float>> all;
  run_with_mechanism(model, options, noise, [&](std::int64_t, std::span<const float> w) {
    all.emplace_back(w.begin(), w.end());
    return true;
  });
  return all;
}

TEST(NoisySgd, WithoutNoiseIsSgd) {
  const Task task = make_task(testing::files(), {.model = "softmax"});
  const RunOptions options{0.01, 5, 2, 3, 4, 2};
  const auto noisy = points(*task.train, options, {});
  std::size_t look = 0;
  run_sgd(*task.train, options, [&](std::int64_t, std::span<const float> w) {
    for (std::size_t j = 0; j < w.size(); ++j) EXPECT_NEAR(noisy[look][j], w[j], 1e-6);
    ++look;
    return true;
  });
  EXPECT_EQ(noisy.size(), look);
  EXPECT_EQ(points(*task.train, options, {MechanismKind::dropout, 1}), noisy) << "keeps all";
}

TEST(NoisySgd, LangevinNoiseHasTheVarianceOfTheBatch) {
  // No gradient: after K steps w_j is normal with variance K γ² B σ².
  const LinearModel model(std::vector<std::vector<float>>(8, std::vector<float>(2000)));
  const auto w = points(model, {.step = 0.5, .batch = 4, .passes = 1, .looks = 1},
                        {MechanismKind::langevin, 3})
                     .back();
  double squares = 0;
  for (const float x : w) squares += static_cast<double>(x) * static_cast<double>(x);
  const double expected = 2 * 0.25 * 4 * 9;
  EXPECT_NEAR(squares / 2000, expected, 5 * expected * std::sqrt(2.0 / 2000));
}

TEST(NoisySgd, AnotherRepetitionHasOtherNoise) {
  const LinearModel model({{3, -4, 1}, {3, -4, 1}});  // whatever is drawn, the gradient is the same
  const NoiseOptions noise{MechanismKind::dropout, 0.5};
  const auto one = points(model, {0.1, 2, 4, 1, 1, 0}, noise);
  EXPECT_EQ(one, points(model, {0.1, 2, 4, 1, 1, 0}, noise));
  EXPECT_NE(one, points(model, {0.1, 2, 4, 1, 1, 1}, noise));
  EXPECT_NE(one, points(model, {0.1, 2, 4, 1, 2, 0}, noise));
}

}  // namespace
}  // namespace graddiv::experiments
