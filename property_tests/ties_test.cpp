#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "claim/check.h"
#include "instances/choices.h"
#include "json/reader.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"

// Where theorems are tight both sides are one number, often an irrational one: a tie must be
// decided, and not left to a precision that does not exist.
namespace graddiv {
namespace {

using Json = nlohmann::json;

Json numbers(const Vector<Rational>& v) {
  Json list = Json::array();
  for (const Rational& x : v) list.push_back(to_string(x));
  return list;
}

Json rows_of(const Matrix<Rational>& X) {
  Json rows = Json::array();
  for (Eigen::Index i = 0; i < X.rows(); ++i)
    rows.push_back(numbers(Vector<Rational>(X.row(i).transpose())));
  return rows;
}

Instance read(const Json& instance) {
  return read_instance(JsonReader::from_text(instance.dump(), "a tie"));
}

// Whatever is claimed of the instance is decided, the steps of the proof too.
void expect_decided(const char* id, const Instance& instance, int& proved) {
  const Finding f = check(find_theorem(id).statement, instance);
  EXPECT_TRUE(f.verdict == Verdict::proved || f.verdict == Verdict::not_applicable)
      << id << ": " << to_string(f.verdict) << ", " << f.reason << "\n"
      << to_text(instance);
  for (const ConclusionFinding& c : f.conclusions) {
    EXPECT_NE(c.holds, Truth::unknown) << id << ", " << to_string(c.conclusion.place) << "\n"
                                       << to_text(instance);
  }
  proved += f.verdict == Verdict::proved ? 1 : 0;
}

// One of a kind -----------------------------------------------------------------------------------

struct Named {
  const char* theorem;
  const char* problem;
  const char* run;
  const char* neighbour = nullptr;
  bool is_attained = true;
};

class ATie : public testing::TestWithParam<Named> {};

TEST_P(ATie, IsDecided) {
  const auto& [theorem, problem, run, neighbour, is_attained] = GetParam();
  const Instance instance = read_instance(JsonReader::from_text(
      std::string(R"({"format": "graddiv-instance/1", "problem": {)") + problem + R"(}, "run": {)" +
          run + "}" + (neighbour == nullptr ? "" : std::string(R"(, "neighbour": )") + neighbour) +
          "}",
      "a tie"));
  int proved = 0;
  expect_decided(theorem, instance, proved);
  EXPECT_EQ(proved, 1);
  const Finding f = check(find_theorem(theorem).statement, instance);
  EXPECT_FALSE(f.rests_on.surrogate);
  ASSERT_TRUE(f.tightness.has_value());
  if (is_attained) {
    EXPECT_EQ((*f.tightness == 1).truth(), Truth::yes) << *f.tightness;
  }
}

// A visited point where a derivative is about e^{−2000}: squares of what stands in for it would
// have more digits than exact numbers are kept with.
TEST(Tie, IsDecidedWhereDerivativesAreTiny) {
  const Instance instance = read(Json::parse(R"({
    "format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 3,
      "rows": [["-1/5", -10, "7/2"], [10, "7/2", "1/5"], ["-7/2", "1/5", -10],
               ["1/5", -10, "-7/2"]],
      "targets": ["1/3", 4, 10, 1]},
    "run": {"start": [0, "-2/3", "1/4"], "step": 1, "batch": 3, "iterations": 1}})"));
  int proved = 0;
  expect_decided("second-moment", instance, proved);
  EXPECT_EQ(proved, 1);
}

constexpr const char* short_run = R"("start": [1, 0], "step": "1/2", "batch": 2, "iterations": 1)";

INSTANTIATE_TEST_SUITE_P(
    Ties, ATie,
    testing::Values(
        // n = 1: B̄_S is 1 whatever the loss is.
        Named{"differential-sparse",
              R"("family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1]],
                 "targets": [1])",
              R"("start": [0], "step": "1/2", "batch": 2, "iterations": 2)"},
        // The same function twice, also where it is written in two ways.
        Named{"differential-sparse",
              R"("family": "glm", "loss": "logistic", "dimension": 2, "rows": [[1, 2], [-1, -2]],
                 "targets": [1, -1])",
              short_run},
        Named{"differential-sparse",
              R"("family": "glm", "loss": "sine", "dimension": 2, "rows": [[1, 2], [-1, -2]],
                 "targets": [1, -1])",
              short_run},
        // Orthogonal rows, without a common coordinate and with.
        Named{"differential-sparse",
              R"("family": "glm", "loss": "logistic", "dimension": 2, "rows": [[2, 0], [0, 3]],
                 "targets": [1, 1])",
              short_run},
        Named{"glm",
              R"("family": "glm", "loss": "logistic", "dimension": 2, "rows": [[1, 1], [1, -1]],
                 "targets": [1, 1])",
              short_run},
        Named{"differential-glm",
              R"("family": "glm", "loss": "sine", "dimension": 2, "rows": [[3, 4], [-4, 3]],
                 "targets": [1, 0])",
              short_run},
        Named{"glm-sharp",
              R"("family": "glm", "loss": "logistic", "dimension": 2, "rows": [[3, 4], [-4, 3]],
                 "targets": [1, 1])",
              short_run},
        // Rows of one norm: glm and glm-sharp are one number.
        Named{"glm-sharp",
              R"("family": "least-squares", "dimension": 2, "rows": [[5, 0], [3, 4], [4, 3]],
                 "targets": [0, 0, 0])",
              R"("start": [1, 1], "step": "1/50", "batch": 2, "iterations": 2)", nullptr, false},
        // √2 on both sides, and 4 = L²·…
        Named{"stability-convex",
              R"("family": "linear", "dimension": 2, "functions": [{"a": [1, 1]}, {"a": [1, 1]}])",
              R"("start": [0, 0], "step": 1, "batch": 2, "iterations": 3)",
              R"({"index": 1, "replacement": {"family": "linear", "dimension": 2,
                  "functions": [{"a": [-1, -1]}]}})"},
        // Both points have the same gradient.
        Named{"nonexpansive-convex",
              R"("family": "glm", "loss": "logistic", "dimension": 2, "rows": [[1, 0]],
                 "targets": [1])",
              R"("start": [1, 0], "step": "1/2", "batch": 1, "iterations": 1)"}));

// Generalized linear functions with these rows ----------------------------------------------------

Instance with_rows(const Matrix<Rational>& X, Choices& choose) {
  const Eigen::Index n = X.rows();
  const Eigen::Index d = X.cols();
  Vector<Rational> targets(n);
  for (Rational& y : targets) y = choose.one_of({1, -1});
  Json problem{{"dimension", d}};
  switch (choose.up_to(4)) {
    case 0: {
      problem["family"] = "linear";
      for (const Json& a : rows_of(X)) problem["functions"].push_back({{"a", a}});
      break;
    }
    case 1:
      problem.update({{"family", "least-squares"}, {"rows", rows_of(X)}});
      break;
    default: {
      const auto loss = choose.one_of({"logistic", "huber", "sine"});
      problem.update({{"family", "glm"}, {"loss", loss}, {"rows", rows_of(X)}});
      if (std::string(loss) == "huber") problem["tau"] = to_string(choose.positive());
    }
  }
  if (problem["family"] != "linear") problem["targets"] = numbers(targets);
  const Json run{{"start", numbers(choose.vector(d))},
                 {"step", to_string(choose.positive() / 8)},
                 {"batch", 1 + choose.up_to(2)},
                 {"iterations", choose.up_to(1)}};
  return read({{"format", "graddiv-instance/1"}, {"problem", problem}, {"run", run}});
}

Matrix<Rational> signs(Choices& choose) {
  Matrix<Rational> X(1 + choose.up_to(5), 1 + choose.up_to(4));
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    for (Eigen::Index j = 0; j < X.cols(); ++j) X(i, j) = choose.one_of({1, -1});
  }
  return X;
}

/// Rows of one norm, rational or not: what is left of it for the last coordinates is rarely a
/// square, so draw until it is.
Matrix<Rational> of_one_norm(Choices& choose) {
  const Eigen::Index n = 1 + choose.up_to(5);
  const Eigen::Index d = 1 + choose.up_to(4);
  const long norm2 = d == 1 ? choose.one_of({1, 4, 25}) : choose.one_of({2, 5, 25, 50, 65, 85});
  const Rational scale = Rational(1) / choose.one_of({1, 2, 5});
  Matrix<Rational> X(n, d);
  for (Eigen::Index i = 0; i < n; ++i) {
    long left = 0;
    do {
      left = norm2;
      for (Eigen::Index j = 0; j < d; ++j) {
        const auto largest = static_cast<long>(std::sqrt(static_cast<double>(left)));
        const long x = j + 1 == d ? largest : choose.up_to(largest);
        left -= x * x;
        X(i, j) = scale * x * choose.one_of({1, -1});
      }
    } while (left != 0);
  }
  return X;
}

/// Rows of length 1 as programs write them: rounded to 16 decimals, so that their norms differ by
/// some 1e-16, and bounds that are one number for unit rows by as little.
Matrix<Rational> of_unit_norm_but_for_rounding(Choices& choose) {
  const Rational decimal = Rational(1) / Integer("10000000000000000");
  Matrix<Rational> X(1 + choose.up_to(5), 1 + choose.up_to(4));
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    Vector<Rational> x = choose.vector(X.cols());
    if (x.isZero()) x(0) = 1;
    const Vector<double> unit = to_double(x).normalized();
    for (Eigen::Index j = 0; j < X.cols(); ++j)
      X(i, j) = decimal * Rational(std::round(unit(j) * 1e16));
  }
  return X;
}

using DrawRows = Matrix<Rational> (*)(Choices&);

struct Rows {
  const char* name;
  DrawRows draw;
  std::uint64_t stream;
};

class RowsOfOneNorm : public testing::TestWithParam<Rows> {};

TEST_P(RowsOfOneNorm, LeaveNothingUndecided) {
  constexpr std::uint64_t seed = 12;
  int proved = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    Choices choose({seed, GetParam().stream, number}, 100);
    const Matrix<Rational> X = GetParam().draw(choose);
    const Instance instance = with_rows(X, choose);
    for (const char* id : {"glm", "glm-sharp", "differential-glm", "differential-sparse"})
      expect_decided(id, instance, proved);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GE(proved, 4 * 180);
}

INSTANTIATE_TEST_SUITE_P(Ties, RowsOfOneNorm,
                         testing::Values(Rows{"signs", &signs, 0},
                                         Rows{"normalised", &of_one_norm, 1},
                                         Rows{"rounded", &of_unit_norm_but_for_rounding, 2}),
                         [](const auto& rows) { return std::string(rows.param.name); });

// Tight instances, turned ------------------------------------------------------------------------

/// A rotation of pairs of coordinates, times a factor: Q with QᵀQ = s I, so that f(Qᵀw), started in
/// Qw_0/s with steps γ/s, is the run of f from w_0 on, turned. A single coordinate becomes two.
struct Turn {
  const char* name;
  long c;  ///< Q has the blocks (c −d; d c)/divisor
  long d;
  long divisor;

  Rational scale() const { return Rational(c * c + d * d, divisor * divisor); }
  Matrix<Rational> matrix(Eigen::Index dimension) const {
    const Rational x(c, divisor);
    const Rational y(d, divisor);
    if (dimension == 1) {
      Matrix<Rational> column(2, 1);
      column << x, y;
      return column;
    }
    Matrix<Rational> Q = Matrix<Rational>::Zero(dimension, dimension);
    for (Eigen::Index j = 0; j < dimension; j += 2) {
      Q(j, j) = Q(j + 1, j + 1) = x;
      Q(j, j + 1) = -y;
      Q(j + 1, j) = y;
    }
    return Q;
  }
};

Vector<Rational> vector_in(const Json& list) {
  Vector<Rational> v(static_cast<Eigen::Index>(list.size()));
  for (std::size_t j = 0; j < list.size(); ++j)
    v(static_cast<Eigen::Index>(j)) =
        parse_rational(list[j].is_string() ? list[j].get<std::string>() : list[j].dump());
  return v;
}

Json scaled(const Json& number, const Rational& factor) {
  return numbers(Vector<Rational>(vector_in(Json::array({number})) * factor))[0];
}

Json turned(const Matrix<Rational>& Q, const Json& v, const Rational& factor = 1) {
  return numbers(Vector<Rational>(Q * vector_in(v) * factor));
}

void turn_problem(const Turn& turn, Json& problem) {
  const Matrix<Rational> Q = turn.matrix(problem["dimension"]);
  const Rational s = turn.scale();
  problem["dimension"] = Q.rows();
  if (problem.contains("rows")) {
    for (Json& x : problem["rows"]) x = turned(Q, x);
    return;
  }
  for (Json& f : problem["functions"]) {
    if (f.contains("a")) {
      f["a"] = turned(Q, f["a"]);
      continue;
    }
    if (f.contains("pieces")) {  // with one curvature for all coordinates
      for (Json& piece : f["pieces"]) piece["a"] = turned(Q, piece["a"]);
      for (Json& curvature : f["curvature"]) curvature = scaled(curvature, s);
      continue;
    }
    Matrix<Rational> A(Q.cols(), Q.cols());
    for (Eigen::Index i = 0; i < A.rows(); ++i)
      A.row(i) = vector_in(f["A"][static_cast<std::size_t>(i)]).transpose();
    // Of one coordinate, the same curvature in both: no run leaves the line.
    f["A"] =
        rows_of(Q.cols() == 1 ? Matrix<Rational>(s * A(0, 0) * Matrix<Rational>::Identity(2, 2))
                              : Matrix<Rational>(Q * A * Q.transpose()));
    f["c"] = turned(Q, f["c"], 1 / s);
  }
}

Instance turned(const Instance& instance, const Turn& turn) {
  const Matrix<Rational> Q = turn.matrix(instance.problem.dimension());
  const Rational s = turn.scale();
  Json json = Json::parse(to_text(instance));
  turn_problem(turn, json["problem"]);
  if (json.contains("neighbour")) turn_problem(turn, json["neighbour"]["replacement"]);
  Json& run = json["run"];
  run["start"] = turned(Q, run["start"], 1 / s);
  if (run["step"].is_array()) {
    for (Json& step : run["step"]) step = scaled(step, 1 / s);
  } else {
    run["step"] = scaled(run["step"], 1 / s);
  }
  if (run.contains("mechanism") && run["mechanism"].contains("variance"))
    run["mechanism"]["variance"] = scaled(run["mechanism"]["variance"], s);
  return read(json);
}

/// Whether it is about lengths and angles alone, so that a turned instance is as tight: not about
/// which coordinates are zero, nor about noise on single ones, nor about a family by its form.
bool is_geometry(const GalleryEntry& entry) {
  const Mechanism& mechanism = entry.instance.run.mechanism;
  const bool is_noise_round = mechanism.is_none() || mechanism.name() == "langevin";
  return is_noise_round && entry.theorem.find("sparse") == std::string::npos &&
         entry.theorem.rfind("lower-", 0) == std::string::npos &&
         entry.theorem != "differential-glm";  // which speaks of differences along coordinates
}

class TightInstances : public testing::TestWithParam<Turn> {};

// All of the gallery but those on boxes, which are none when they are turned, and noise on a line,
// which does not stay there.
TEST_P(TightInstances, StayAsTightWhenTurned) {
  int compared = 0;
  int in_planes = 0;
  for (const GalleryEntry& entry : gallery()) {
    const bool is_noise_on_a_line =
        entry.instance.problem.dimension() == 1 && !entry.instance.run.mechanism.is_none();
    if (entry.instance.problem.domain.kind() != Domain::Kind::all || is_noise_on_a_line) continue;
    const Statement& statement = find_theorem(entry.theorem).statement;
    const Instance instance = turned(entry.instance, GetParam());
    const Finding before = check(statement, entry.instance);
    const Finding after = check(statement, instance);
    const std::string what =
        entry.file_name() + ": " + after.reason.plain() + "\n" + to_text(instance);
    for (const ConclusionFinding& c : after.conclusions)
      EXPECT_NE(c.holds, Truth::unknown) << to_string(c.conclusion.place) << " of " << what;
    if (!is_geometry(entry)) {
      EXPECT_TRUE(after.verdict == Verdict::proved || after.verdict == Verdict::not_applicable)
          << what;
      continue;
    }
    EXPECT_EQ(after.verdict, Verdict::proved) << what;
    if (!before.tightness || !after.tightness) continue;
    // One number, as far as it is known: of a logarithm no more than an interval.
    EXPECT_NE((*before.tightness == *after.tightness).truth(), Truth::no)
        << entry.file_name() << ": " << *before.tightness << " " << *after.tightness;
    if (before.tightness->is_exact()) {
      EXPECT_TRUE(after.tightness->same_as(*before.tightness)) << entry.file_name();
    }
    ++compared;
    in_planes += entry.instance.problem.dimension() > 1 ? 1 : 0;
  }
  EXPECT_GE(compared, 20);
  EXPECT_GE(in_planes, 7);
}

INSTANTIATE_TEST_SUITE_P(Ties, TightInstances,
                         testing::Values(Turn{"by_45_degrees", 1, 1, 1},
                                         Turn{"by_a_rational_angle", 3, 4, 5}),
                         [](const auto& turn) { return std::string(turn.param.name); });

}  // namespace
}  // namespace graddiv
