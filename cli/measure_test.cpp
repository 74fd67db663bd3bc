#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

const std::string fashion = "/usr/share/datasets/fashion-mnist";

class Measure : public testing::ToolTest {
 protected:
  /// Two examples of logistic regression: y = ±1, x = (1, 0) and (3, 4).
  std::string two_rows() const { return write("two", "+1 1:1\n-1 1:3 2:4\n"); }
  nlohmann::json point(const Arguments& arguments) const {
    return graddiv(arguments).json().at("points").at(0);
  }
};

TEST_F(Measure, ByHandAtZero) {
  // At 0 the gradients are −y x/2: (−1/2, 0) and (3/2, 2). Σ‖·‖² = 1/4 + 25/4, the sum is (1, 2).
  const auto measured = point({"measure", two_rows(), "--at", "zero", "--certify", "--json"});
  EXPECT_EQ(measured.at("sum_squared_norms"), 6.5);
  EXPECT_EQ(measured.at("squared_norm_of_sum"), 5.0);
  EXPECT_EQ(measured.at("gradient_diversity"), 1.3);
  EXPECT_EQ(measured.at("batch_size_bound"), 2.6);
  EXPECT_EQ(measured.at("noise_scale"), 1.6);
  EXPECT_EQ(measured.at("recommended_batch"), 3);
  EXPECT_EQ(measured.at("certified").at("batch_size_bound").at("exact"), "13/5");
}

TEST_F(Measure, InfiniteWhereTheGradientsCancel) {
  write("cancel", "1 1:1\n-1 1:1\n");
  const auto measured = point({"measure", "cancel", "--certify", "--json"});
  EXPECT_EQ(measured.at("batch_size_bound"), "inf");
  EXPECT_EQ(measured.at("certified").at("gradient_diversity").at("exact"), "inf");
}

// The values that issue and paper's definitions give on 60,000 images; the exact one by rational
// arithmetic outside of this project.
TEST_F(Measure, FashionMnistHasItsKnownValues) {
  auto measured = point(
      {"measure", fashion, "--model", "softmax", "--scale", "1/255", "--at", "zero", "--json"});
  EXPECT_NEAR(measured.at("batch_size_bound").get<double>(), 53.764563247931, 1e-11);
  measured = point({"measure", fashion, "--model", "softmax", "--scale", "1/255", "--at", "zero",
                    "--bias", "--json"});
  EXPECT_NEAR(measured.at("batch_size_bound").get<double>(), 54.096744390540, 1e-11);
  std::string w;
  for (int j = 0; j < 784; ++j) w += fmt::format("{:.17g}\n", std::sin(j + 1) / 784);
  write("w", w);
  const auto points =
      graddiv({"measure", fashion, "--model", "logistic", "--positive", "5,6,7,8,9", "--scale",
               "1/255", "--at", "zero", "--at", "w", "--certify", "--json"})
          .json()
          .at("points");
  EXPECT_NEAR(points.at(0).at("batch_size_bound").get<double>(), 17.76944647950, 1e-10);
  EXPECT_EQ(points.at(0).at("certified").at("gradient_diversity").at("exact"),
            "210490017449/710736885445889");
  measured = points.at(1);
  EXPECT_NEAR(measured.at("batch_size_bound").get<double>(), 17.77124537080, 1e-10);
  EXPECT_NEAR(measured.at("sum_squared_norms").get<double>(), 2428093.003179, 1e-5);
  EXPECT_NEAR(measured.at("squared_norm_of_sum").get<double>(), 8197826159.675, 1e-2);
  EXPECT_NEAR(measured.at("loss_sum").get<double>(), 41591.22165576, 1e-7);
  const std::string lower = measured.at("certified").at("batch_size_bound").at("lower");
  EXPECT_TRUE(lower.starts_with("17.7712453708015"));
}

TEST_F(Measure, AlongARunWritesEveryPointOnce) {
  const auto outcome =
      graddiv({"measure", two_rows(), "--step", "0.1", "--batch", "2", "--epochs", "3", "--points",
               "3", "--csv", "run.csv", "--figure", "run.tex", "--json"});
  const auto points = outcome.json().at("points");
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points.at(3).at("passes"), 3);
  EXPECT_LT(points.at(3).at("loss_sum"), points.at(0).at("loss_sum"));
  const std::string csv = read("run.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 5);
  EXPECT_NE(read("run.tex").find("\\addplot"), std::string::npos);
  const auto again = graddiv({"measure", two_rows(), "--step", "0.1", "--batch", "2", "--epochs",
                              "3", "--points", "3", "--csv", "again.csv", "--threads", "2"});
  EXPECT_EQ(again.code, 0);
  EXPECT_EQ(read("again.csv"), csv);
}

TEST_F(Measure, TheFigureJoinsThePointsOfTheRunAlone) {
  write("w_1", "1\n-1\n");
  const Arguments call = {"measure", two_rows(), "--at",     "zero",
                          "--at",    "w_1",      "--figure", "f.tex"};
  ASSERT_EQ(graddiv(call).code, 0);
  EXPECT_NE(read("f.tex").find("only marks] coordinates {(1, 2.6)};\n  \\addlegendentry{zero}"),
            std::string::npos);
  EXPECT_NE(read("f.tex").find("\\addlegendentry{w\\_1}"), std::string::npos);
  EXPECT_EQ(read("f.tex").find("mark=*"), std::string::npos) << "no curve";
  Arguments with_run = call;
  with_run.insert(with_run.end(), {"--step", "0.1", "--batch", "2", "--points", "1"});
  ASSERT_EQ(graddiv(with_run).code, 0);
  const std::string figure = read("f.tex");
  const std::string curve = figure.substr(figure.find("mark=*"));
  EXPECT_TRUE(curve.starts_with("mark=*, blue] coordinates {\n    (0, 2.6)\n    (1, ")) << curve;
  EXPECT_NE(curve.find("only marks] coordinates {(0, 2.6)};\n  \\addlegendentry{zero}"),
            std::string::npos);
}

TEST_F(Measure, TellsEachLayerOfANetworkAndTheGradientsAreVerified) {
  write("classes", "0 1:1 2:2\n1 1:3\n2 2:1\n1 1:1 2:1\n");
  const auto outcome = graddiv({"measure", "classes", "--model", "mlp:5-3", "--activation", "tanh",
                                "--verify-gradients", "4", "--json"});
  EXPECT_EQ(outcome.code, 0);
  const auto json = outcome.json();
  EXPECT_EQ(json.at("parameters"), 2 * 5 + 5 + 5 * 3 + 3 + 3 * 3 + 3);
  EXPECT_TRUE(json.at("gradient_check").at("passed"));
  double sum = 0;
  for (const auto& layer : json.at("points").at(0).at("layers")) {
    sum += layer.at("sum_squared_norms").get<double>();
  }
  EXPECT_NEAR(sum, json.at("points").at(0).at("sum_squared_norms").get<double>(), 1e-14);
}

TEST_F(Measure, SubsamplesAuditsAndBounds) {
  std::string rows;
  for (int i = 0; i < 200; ++i) {
    rows += std::to_string(i % 2) + " 1:" + std::to_string(i % 7) + " 2:1\n";
  }
  write("rows", rows);
  const auto json =
      graddiv({"measure", "rows", "--subsample", "150", "--audit", "--bounds", "--json"}).json();
  const auto measured = json.at("points").at(0);
  const auto& interval = measured.at("interval");
  EXPECT_TRUE(interval.at("rigorous"));
  EXPECT_LE(interval.at("lower").get<double>(), measured.at("batch_size_bound").get<double>());
  EXPECT_TRUE(measured.contains("two_batch_estimate"));
  EXPECT_TRUE(measured.contains("moving_estimate"));
  EXPECT_LE(json.at("bounds").at("glm_sharp").get<double>(),
            measured.at("batch_size_bound").get<double>());
  EXPECT_EQ(json.at("bounds").at("conflict_degree").at("largest"), 199);
  const auto text = graddiv({"measure", "rows", "--subsample", "150", "--audit", "--bounds"});
  EXPECT_EQ(text.code, 0);
  EXPECT_NE(text.out.find("Theorem 2, n/(ρ + 1), ρ = 199"), std::string::npos);
}

TEST_F(Measure, RefusesWhatWouldChangeNothing) {
  const std::string file = two_rows();
  write("table.csv", "1,0\n2,1\n3,0\n");
  const auto refused = [&](Arguments more, const std::string& reason) {
    more.insert(more.begin(), {"measure", file});
    expect_bad_input(graddiv(more), reason);
  };
  refused({"--level", "0.1"}, "--level requires --subsample");
  refused({"--epochs", "2"}, "--epochs requires --step");
  refused({"--points", "2"}, "--points requires --step");
  refused({"--batch", "2"}, "--batch is for the runs of --step and --audit");
  refused({"--tau", "2"}, "--tau is for --model huber");
  refused({"--tau", "2", "--model", "geman-mcclure"}, "--tau is for --model huber");
  refused({"--activation", "tanh"}, "--activation is for --model mlp");
  refused({"--activation", "relu", "--model", "softmax"}, "--activation is for --model mlp");
  refused({"--model", "softmax", "--positive", "1"}, "--positive is for --model logistic");
  refused({"--label-column", "1"},
          "--label-column is for CSV, but " + file + " is a file of format libsvm");
  refused({"--part", "train"}, "--part is for folders of images");
  expect_bad_input(graddiv({"measure", "table.csv", "--columns", "2"}), "--columns is for LIBSVM");
  expect_bad_input(graddiv({"measure", fashion, "--cache", "c"}),
                   "--cache is for LIBSVM and CSV, but " + fashion + " is a folder of format idx");
  EXPECT_EQ(graddiv({"measure", file, "--audit", "--batch", "2"}).code, 0);
  EXPECT_EQ(graddiv({"measure", file, "--model", "huber", "--tau", "2"}).code, 0);
  EXPECT_EQ(graddiv({"measure", "table.csv", "--label-column", "2", "--cache", "c"}).code, 0);
}

TEST_F(Measure, RefusesWhatDoesNotGoTogether) {
  const std::string file = two_rows();
  expect_bad_input(graddiv({"measure", file, "--model", "tree"}), "\"tree\" is no model");
  expect_bad_input(graddiv({"measure", file, "--positive", "7"}), "no example has the label 7");
  expect_bad_input(graddiv({"measure", file, "--positive", "1,x"}), "--positive");
  expect_bad_input(graddiv({"measure", file, "--positive", "nan"}), "--positive");
  expect_bad_input(graddiv({"measure", file, "--positive", "1,"}), "--positive");
  expect_bad_input(graddiv({"measure", file, "--positive", ""}), "--positive");
  expect_bad_input(graddiv({"measure", file, "--columns", "-7"}), "--columns");
  expect_bad_input(graddiv({"measure", file, "--precision", "single", "--scale", "1e-24"}),
                   "too small for single precision");
  expect_bad_input(graddiv({"measure", file, "--scale", "0.5x"}), "--scale");
  expect_bad_input(graddiv({"measure", file, "--subsample", "9"}), "has 2 examples");
  expect_bad_input(graddiv({"measure", file, "--model", "mlp:2", "--certify"}), "--certify");
  expect_bad_input(graddiv({"measure", file, "--l2", "1", "--bounds"}), "--bounds");
  expect_bad_input(graddiv({"measure", file, "--model", "linear", "--step", "1e9", "--batch", "1",
                            "--epochs", "200", "--csv", "no.csv"}),
                   "diverges");
  EXPECT_FALSE(exists("no.csv"));
  write("w", "1\n2\n3\n");
  expect_bad_input(graddiv({"measure", file, "--at", "w"}), "w has 3 numbers, but the model has 2");
  std::string classes;
  for (int c = 0; c < 200; ++c) classes += std::to_string(c) + " 2147483646:1\n";
  write("wide", classes);
  expect_bad_input(graddiv({"measure", "wide", "--model", "softmax"}),
                   "wide: found 2147483646 features, which give softmax 429496729200 parameters");
  write("three", "0 1:1\n1 1:2\n2 1:3\n");
  expect_bad_input(graddiv({"measure", "three"}), "3 different labels");
  expect_bad_input(graddiv({"measure", "none"}), "none");
}

}  // namespace
}  // namespace graddiv::cli
