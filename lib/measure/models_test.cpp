#include <gtest/gtest.h>

#include <cmath>

#include "json/input_error.h"
#include "measure/model.h"
#include "measure/totals.h"

namespace graddiv::measure {
namespace {

enum class Storage { bytes, numbers, sparse };

// 7 examples of 5 features, small whole numbers, three classes 0, 1, 2.
std::shared_ptr<const Dataset> dataset(Storage storage) {
  constexpr int rows = 7;
  constexpr int columns = 5;
  auto data = std::make_shared<Dataset>();
  data->source = "made up";
  data->rows = rows;
  data->columns = columns;
  std::vector<std::uint8_t> bytes;
  for (int k = 0; k < rows * columns; ++k) {
    bytes.push_back(static_cast<std::uint8_t>(k % 3 == 1 ? 0 : k * k % 11));
  }
  for (int i = 0; i < rows; ++i) data->labels.push_back(i * i % 3 == 1 ? 1 + i % 2 : 0);
  if (storage == Storage::bytes) {
    data->features = DenseBytes{bytes};
  } else if (storage == Storage::numbers) {
    data->features = DenseNumbers{{bytes.begin(), bytes.end()}};
  } else {
    SparseRows sparse;
    for (int k = 0; k < rows * columns; ++k) {
      if (bytes[static_cast<std::size_t>(k)] != 0) {
        sparse.column.push_back(k % columns);
        sparse.value.push_back(bytes[static_cast<std::size_t>(k)]);
      }
      if (k % columns == columns - 1) {
        sparse.row_begin.push_back(static_cast<std::int64_t>(sparse.column.size()));
      }
    }
    data->features = std::move(sparse);
  }
  return data;
}

template <class T>
struct Named {
  std::string name;
  std::unique_ptr<const Model<T>> model;
};

template <class T>
std::vector<Named<T>> models(Storage storage, bool constant, double rho) {
  const auto examples = [&](Target target) {
    Preparation preparation{1.0 / 8, constant, target, {}};
    if (target == Target::sign) preparation.positive = {1, 2};
    return std::make_shared<const Examples<T>>(dataset(storage), preparation);
  };
  std::vector<Named<T>> all;
  for (const auto& [name, loss] : {std::pair{"squared", Loss::squared},
                                   {"huber", Loss::huber},
                                   {"geman-mcclure", Loss::geman_mcclure},
                                   {"sine", Loss::sine}}) {
    all.push_back({name, generalized_linear_model(examples(Target::number), loss, 0.5, rho)});
  }
  all.push_back(
      {"logistic", generalized_linear_model(examples(Target::sign), Loss::logistic, 1, rho)});
  all.push_back({"softmax", softmax_model(examples(Target::index), rho)});
  all.push_back({"relu", network_model(examples(Target::index), {4}, Activation::relu, rho)});
  all.push_back({"tanh", network_model(examples(Target::index), {4, 3}, Activation::tanh, rho)});
  return all;
}

template <class T>
std::vector<T> point(const Model<T>& model) {
  std::vector<T> w = model.start(3);
  for (std::size_t j = 0; j < w.size(); ++j) {
    w[j] += static_cast<T>(std::sin(static_cast<double>(j + 1)) / 4);
  }
  return w;
}

// One example's gradient by itself, and its loss.
struct Single {
  double loss;
  std::vector<double> gradient;
};
Single single(const Model<double>& model, std::int64_t i, const std::vector<double>& w) {
  Single result{0, std::vector<double>(w.size())};
  BlockOutput<double> output;
  output.losses = {&result.loss, 1};
  output.gradient = result.gradient;
  model.add_block({i, 1, nullptr}, w, output);
  return result;
}

void each_model(const std::function<void(const Model<double>&)>& check) {
  for (const Storage storage : {Storage::bytes, Storage::numbers, Storage::sparse}) {
    for (const bool constant : {false, true}) {
      for (const double rho : {0.0, 0.375}) {
        for (const auto& [name, model] : models<double>(storage, constant, rho)) {
          SCOPED_TRACE(name + ", storage " + std::to_string(static_cast<int>(storage)) + ", rho " +
                       std::to_string(rho));
          check(*model);
        }
      }
    }
  }
}

TEST(Models, DerivativesAreThoseOfTheLosses) {
  each_model([](const Model<double>& model) {
    const auto w = point(model);
    const double h = 1e-5;
    for (std::int64_t i = 0; i < model.size(); ++i) {
      const auto own = single(model, i, w);
      for (std::size_t j = 0; j < w.size(); ++j) {
        auto right = w;
        auto left = w;
        right[j] += h;
        left[j] -= h;
        const double slope = (single(model, i, right).loss - single(model, i, left).loss) / (2 * h);
        ASSERT_NEAR(own.gradient[j], slope, 1e-7) << "example " << i << ", parameter " << j;
      }
    }
  });
}

TEST(Models, SquaredNormsAreThoseOfEachLayersPartOfTheGradients) {
  each_model([](const Model<double>& model) {
    const auto w = point(model);
    const auto layers = model.layers();
    const auto m = static_cast<std::size_t>(model.size());
    std::vector<double> norms(layers.size() * m);
    BlockOutput<double> output;
    output.squared_norms = norms;
    model.add_block({0, model.size(), nullptr}, w, output);
    std::int64_t counted = 0;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      EXPECT_EQ(layers[l].first, counted);
      counted += layers[l].count;
      for (std::size_t i = 0; i < m; ++i) {
        const auto own = single(model, static_cast<std::int64_t>(i), w).gradient;
        double norm2 = 0;
        for (auto j = layers[l].first; j < counted; ++j) {
          norm2 += own[static_cast<std::size_t>(j)] * own[static_cast<std::size_t>(j)];
        }
        EXPECT_NEAR(norms[l * m + i], norm2, 1e-12 * (1 + norm2));
      }
    }
    EXPECT_EQ(counted, model.parameters());
  });
}

TEST(Models, BlocksAddUpTheirExamplesInAnyOrder) {
  each_model([](const Model<double>& model) {
    const auto w = point(model);
    const std::vector<std::int64_t> list = {4, 1, 1, 6};
    const Totals sums = totals<double>(model, Selection::of(list), w);
    std::vector<double> expected(w.size());
    double loss = 0;
    for (const auto i : list) {
      const auto own = single(model, i, w);
      loss += own.loss;
      for (std::size_t j = 0; j < w.size(); ++j) expected[j] += own.gradient[j];
    }
    EXPECT_NEAR(sums.loss_sum(), loss, 1e-12 * (1 + loss));
    for (std::size_t j = 0; j < w.size(); ++j) EXPECT_NEAR(sums.gradient[j], expected[j], 1e-12);
  });
}

TEST(Models, NoGradientIsLongerThanTheBound) {
  each_model([](const Model<double>& model) {
    const auto w = point(model);
    const double bound = model.gradient_bound(w);
    for (std::int64_t i = 0; i < model.size(); ++i) {
      double norm2 = 0;
      for (const double g : single(model, i, w).gradient) norm2 += g * g;
      EXPECT_LE(std::sqrt(norm2), bound * (1 + 1e-12));
    }
  });
}

TEST(Models, SinglePrecisionIsNearDoublePrecision) {
  for (const Storage storage : {Storage::bytes, Storage::numbers, Storage::sparse}) {
    const auto exact = models<double>(storage, true, 0.25);
    const auto rounded = models<float>(storage, true, 0.25);
    for (std::size_t k = 0; k < exact.size(); ++k) {
      const Totals a = totals<double>(*exact[k].model, {0, 7, nullptr}, point(*exact[k].model));
      const Totals b = totals<float>(*rounded[k].model, {0, 7, nullptr}, point(*rounded[k].model));
      EXPECT_NEAR(a.batch_size_bound(), b.batch_size_bound(), 1e-4 * a.batch_size_bound())
          << exact[k].name;
    }
  }
}

TEST(Examples, TellTwoClassesApart) {
  const auto targets = [](std::vector<double> labels, std::vector<double> positive) {
    auto data = std::make_shared<Dataset>();
    data->rows = static_cast<std::int64_t>(labels.size());
    data->columns = 1;
    data->features = DenseNumbers{std::vector<double>(labels.size(), 1)};
    data->labels = std::move(labels);
    const Examples<double> examples(data, {1, false, Target::sign, std::move(positive)});
    std::vector<double> result;
    for (std::int64_t i = 0; i < examples.size(); ++i) result.push_back(examples.target(i));
    return result;
  };
  using Signs = std::vector<double>;
  EXPECT_EQ(targets({-1, -1}, {}), (Signs{-1, -1}));
  EXPECT_EQ(targets({1, 1}, {}), (Signs{1, 1}));
  EXPECT_EQ(targets({0, 0}, {}), (Signs{-1, -1}));
  EXPECT_EQ(targets({2, 1}, {}), (Signs{1, -1}));
  EXPECT_EQ(targets({5, 6, 7}, {5, 7}), (Signs{1, -1, 1}));
  EXPECT_THROW(targets({5, 6, 7}, {}), InputError);
  EXPECT_THROW(targets({5, 6, 7}, {4}), InputError);
}

TEST(Totals, AreTheSameBitForBitOnAnyNumberOfThreads) {
  const auto all = models<double>(Storage::bytes, true, 0.25);
  std::vector<std::int64_t> list(3 * leaf_size + 17);
  for (std::size_t k = 0; k < list.size(); ++k) list[k] = static_cast<std::int64_t>(k * k % 7);
  for (const auto& [name, model] : all) {
    const auto w = point(*model);
    const Totals one = totals<double>(*model, Selection::of(list), w, {1, true, true});
    for (const int threads : {2, 3}) {
      const Totals more = totals<double>(*model, Selection::of(list), w, {threads, true, true});
      EXPECT_EQ(one.gradient, more.gradient) << name;
      EXPECT_EQ(one.loss_sum(), more.loss_sum()) << name;
      EXPECT_EQ(one.sum_of_squared_norms(), more.sum_of_squared_norms()) << name;
    }
  }
}

TEST(Totals, HaveTheSameLossesWithoutTheGradient) {
  each_model([](const Model<double>& model) {
    const auto w = point(model);
    const auto whole = totals<double>(model, {0, model.size(), nullptr}, w);
    const auto losses = totals<double>(model, {0, model.size(), nullptr}, w,
                                       {.with_norms = false, .with_gradient = false});
    EXPECT_EQ(losses.loss_sum(), whole.loss_sum());
    EXPECT_EQ(losses.correct, whole.correct);
    EXPECT_EQ(losses.gradient, std::vector<double>(w.size()));
  });
}

TEST(Totals, OfNoGradientIsInfinite) {
  Totals sums;
  sums.count = 3;
  sums.squared_norms.resize(1);
  sums.gradient = {0, 0};
  EXPECT_EQ(sums.gradient_diversity(), std::numeric_limits<double>::infinity());
  sums.squared_norms[0].add(5);
  EXPECT_EQ(sums.batch_size_bound(), std::numeric_limits<double>::infinity());
}

TEST(Totals, CutInWholeLeaves) {
  for (const std::int64_t count : {leaf_size + 1, 2 * leaf_size, 5 * leaf_size + 3}) {
    const auto left = left_part(count);
    EXPECT_EQ(left % leaf_size, 0);
    EXPECT_GT(left, 0);
    EXPECT_LT(left, count);
  }
}

}  // namespace
}  // namespace graddiv::measure
