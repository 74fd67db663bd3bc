#include "problem/mixed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "problem/kernel.h"
#include "problem/regularized.h"
#include "testing/problems.h"

namespace graddiv {
namespace {

using test::mat;
using test::vec;
using Sum = std::shared_ptr<const FiniteSum>;

/// (w − 1)² and w²/2; ½(2w − 3)², ½(w + 1)² and ½w².
Sum parabolas() {
  return quadratic_sum({{mat({{"2"}}), vec({"1"}), 0}, {mat({{"1"}}), vec({"0"}), Rational(1, 3)}});
}
Sum squares() { return least_squares(mat({{"2"}, {"1"}, {"1"}}), vec({"3", "-1", "0"})); }
Sum modulus() { return max_affine_sum({{{{vec({"1"}), 0}, {vec({"-1"}), 0}}, vec({"0"})}}); }

TEST(Mixed, HasTheFunctionsOfItsPartsOneAfterAnother) {
  const Sum sum = mixed({parabolas(), squares(), modulus()});
  EXPECT_EQ(sum->size(), 6);
  EXPECT_EQ(sum->dimension(), 1);
  EXPECT_EQ(sum->family(), "sum");
  const Vector<Enclosure> w = enclose(vec({"3"}));
  const std::vector<std::string> values{"4", "29/6", "9/2", "8", "9/2", "3"};
  const std::vector<std::string> slopes{"4", "3", "6", "4", "3", "1"};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(sum->value(i, w).to_string(), values[static_cast<std::size_t>(i)]);
    EXPECT_EQ(sum->gradient(i, w)(0).to_string(), slopes[static_cast<std::size_t>(i)]);
  }
  EXPECT_EQ(objective(Problem{sum}, w).to_string(), "173/36");
}

TEST(Mixed, IsOfOneKindWhereAllPartsAre) {
  EXPECT_TRUE(mixed({parabolas(), squares()})->facts().is_quadratic());
  EXPECT_EQ(mixed({parabolas(), squares()})->facts().rows, nullptr);
  EXPECT_FALSE(mixed({parabolas(), modulus()})->facts().is_quadratic());
  EXPECT_FALSE(mixed({modulus(), parabolas()})->facts().is_max_affine());
  EXPECT_TRUE(mixed({modulus(), modulus()})->facts().is_max_affine());
  const Sum logistic = generalized_linear(mat({{"5"}, {"1"}}), vec({"1", "-1"}), Loss::logistic);
  const Sum rows = mixed({squares(), logistic});
  ASSERT_NE(rows->facts().rows, nullptr);
  EXPECT_EQ((*rows->facts().rows)(0, 0), 2);
  EXPECT_EQ((*rows->facts().rows)(3, 0), (*logistic->facts().rows)(0, 0));
  EXPECT_FALSE(rows->facts().is_rational);
  EXPECT_FALSE(rows->facts().loss_pl_constant.has_value());
  EXPECT_TRUE(mixed({squares(), parabolas()})->facts().is_rational);
}

// ½ℓ'² ≥ m(ℓ − min ℓ) with the least m of all losses holds for each.
TEST(Mixed, LossesHaveTheLeastOfTheirConstants) {
  const Sum sine = generalized_linear(mat({{"1"}}), vec({"0"}), Loss::sine);
  const Rational least =
      std::min(*sine->facts().loss_pl_constant, *squares()->facts().loss_pl_constant);
  EXPECT_EQ(mixed({squares(), sine})->facts().loss_pl_constant, least);
  EXPECT_EQ(mixed({sine, squares()})->facts().loss_pl_constant, least);
}

TEST(Mixed, PartsOfPartsAreParts) {
  const Sum sum = mixed({mixed({parabolas(), squares()}), modulus()});
  EXPECT_EQ(parts_of(*sum)->size(), 3U);
  EXPECT_EQ(parts_of(*regularized(sum, 1))->size(), 3U);
  EXPECT_EQ(parts_of(*squares()), nullptr);
}

TEST(Mixed, AsksForPartsOfOneDimension) {
  EXPECT_THROW(mixed({}), std::invalid_argument);
  EXPECT_THROW(mixed({parabolas(), least_squares(mat({{"1", "2"}}), vec({"3"}))}),
               std::invalid_argument);
}

TEST(Mixed, ASelectionKeepsItsOrder) {
  const Sum sum = mixed({parabolas(), squares()});
  const Sum chosen = select(sum, {4, 0, 1, 1, 3});
  EXPECT_EQ(parts_of(*chosen)->size(), 3U);
  const Vector<Enclosure> w = enclose(vec({"3"}));
  const std::vector<std::string> slopes{"3", "4", "3", "3", "4"};
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(chosen->gradient(i, w)(0).to_string(), slopes[static_cast<std::size_t>(i)]);
}

TEST(Mixed, IsReadFromItsParts) {
  const char* const text = R"({"family": "sum", "regularization": "1/2", "parts": [
      {"family": "linear", "dimension": 1, "functions": [{"a": [3]}], "regularization": 2},
      {"family": "glm", "loss": "huber", "tau": 1, "dimension": 1, "rows": [[2]], "targets": [1]}],
      "domain": {"kind": "box", "lower": [0], "upper": [1]}})";
  const Problem problem = read_problem(JsonReader::from_text(text, "good.json"));
  EXPECT_EQ(problem.size(), 2);
  EXPECT_TRUE(problem.domain.is_bounded());
  const Vector<Enclosure> w = enclose(vec({"1"}));
  EXPECT_EQ(problem.sum->gradient(0, w)(0).to_string(), "11/2");  // 3 + (2 + ½)w
  EXPECT_EQ(problem.sum->gradient(1, w)(0).to_string(), "5/2");   // 2 + ½w
  const auto json = to_json(problem);
  EXPECT_EQ(json.at("dimension"), 1);
  EXPECT_EQ(json.at("regularization"), "1/2");
  EXPECT_EQ(json.at("parts")[0].at("regularization"), "2");
  EXPECT_EQ(to_json(read_problem(JsonReader::from_text(json.dump(), "again.json"))), json);
}

std::string error_of(const std::string& parts) {
  try {
    read_problem(JsonReader::from_text(R"({"family": "sum", )" + parts + "}", "bad.json"));
  } catch (const InputError& e) {
    return e.what();
  }
  return "";
}

TEST(Mixed, SaysWhatIsWrongWithItsParts) {
  const std::string line = R"({"family": "linear", "dimension": 1, "functions": [{"a": [3]}])";
  EXPECT_EQ(error_of(R"("parts": [])"),
            "bad.json: /parts: found [], expected an array of at least one sum {\"family\": …}");
  EXPECT_EQ(error_of(R"("functions": 3)"),
            "bad.json: /functions: found an unknown key, expected only \"family\", \"domain\", "
            "\"regularization\", \"dimension\" or \"parts\"");
  EXPECT_EQ(error_of(R"("parts": [)" + line + R"(, "domain": {"kind": "all"}}])"),
            "bad.json: /parts/0/domain: found {\"kind\": \"all\"}, expected no \"domain\" here: "
            "all parts have that of \"problem\"");
  EXPECT_NE(error_of(R"("dimension": 2, "parts": [)" + line + "}]")
                .find("expected functions of dimension 2, as of the whole sum"),
            std::string::npos);
  EXPECT_NE(error_of(R"("parts": [)" + line + R"(}, {"family": "least-squares", "dimension": 2,
      "drawn": {"functions": 20000, "seed": 1, "targets": "numbers"}}])")
                .find("/parts/1: found"),
            std::string::npos);
  EXPECT_NE(error_of(R"("parts": [{"family": "least-squares", "dimension": 2,
      "drawn": {"functions": 20000, "seed": 1, "targets": "numbers"}}])")
                .find("expected fewer numbers: a part whose facts are found in doubles"),
            std::string::npos);
}

// Blocks end anywhere.
RC_GTEST_PROP(Mixed, KernelsTakeBlocksAcrossParts, ()) {
  const Sum sum = test::sum_of_kind(10);
  const int n = sum->size();
  const int first = test::integer(0, n);
  const auto m = static_cast<std::size_t>(test::integer(1, n - first + 1));
  const Vector<double> w = to_double(test::vector(sum->dimension()));
  std::vector<double> values(m), norms(m);
  Vector<double> gradient = Vector<double>::Zero(w.size());
  const auto d = static_cast<std::size_t>(w.size());
  make_kernel<double>(*sum)->value_and_gradient(first, {w.data(), d},
                                                {values, norms, {gradient.data(), d}});
  Vector<double> total = Vector<double>::Zero(w.size());
  for (std::size_t k = 0; k < m; ++k) {
    const int i = first + static_cast<int>(k);
    if (!sum->facts(i).curvature.upper) return;  // rounding may choose another piece at a kink
    const Vector<double> g = sum->gradient(i, w);
    total += g;
    RC_ASSERT(std::abs(values[k] - sum->value(i, w)) <= 1e-9 * (1 + std::abs(values[k])));
    RC_ASSERT(std::abs(norms[k] - g.squaredNorm()) <= 1e-9 * (1 + norms[k]));
  }
  RC_ASSERT((gradient - total).norm() <= 1e-9 * (1 + total.norm()));
}

}  // namespace
}  // namespace graddiv
