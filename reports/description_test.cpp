#include "reports/description.h"

#include <gtest/gtest.h>

namespace graddiv::reports {
namespace {

std::string described(const std::string& problem, const std::string& run,
                      const std::string& more = "") {
  return describe_instance(R"({"format": "graddiv-instance/1", "problem": {)" + problem +
                           R"(}, "run": {)" + run + "}" + more + "}");
}

const std::string parabolas =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [0]}, {"A": [[2]],
    "c": [1]}])";
const std::string run = R"("start": [0], "step": "1/64", "batch": 4, "iterations": 20)";

TEST(Description, IsOneLineOnAnInstance) {
  EXPECT_EQ(
      described(parabolas, run),
      "quadratic, $n = 2$, $d = 1$, $W = \\mathbb{R}^d$; $\\gamma = 1/64$, $B = 4$, $K = 20$");
}

TEST(Description, NamesLossDomainAndWhatVaries) {
  EXPECT_EQ(
      described(
          R"("family": "glm", "loss": "huber", "tau": 1, "dimension": 1, "rows": [[1]], "targets":
    [0],
             "domain": {"kind": "box", "lower": [0], "upper": [1]})",
          R"("start": [0], "step": ["1", "2"], "batch": [1, 1], "iterations": 2)"),
      "glm (huber loss), $n = 1$, $d = 1$, $W$ a box; $\\gamma_k$ varying, $B_k$ varying, $K = 2$");
}

TEST(Description, NamesRegularizationRuleAndFullBatch) {
  EXPECT_EQ(described(R"("regularization": "1/3", )" + parabolas,
                      R"("start": [0], "step": {"rule": "c/k", "c": "1/2"}, "batch": "full",
                         "iterations": 20)"),
            "quadratic, $\\frac{\\rho}2\\|w\\|^2$ added, $\\rho = 1/3$, $n = 2$, $d = 1$, "
            "$W = \\mathbb{R}^d$; $\\gamma_k = 1/2/(k+1)$, full batch, $K = 20$");
}

TEST(Description, CountsRandomRows) {
  EXPECT_EQ(
      described(R"("family": "random-rows", "law": "gaussian", "functions": 5, "dimension": 3,
                         "seed": 1)",
                R"("start": [0, 0, 0], "step": 1, "batch": 1, "iterations": 0)"),
      "random-rows (gaussian), $n = 5$, $d = 3$, $W = \\mathbb{R}^d$; $\\gamma = 1$, $B = 1$, "
      "$K = 0$");
}

TEST(Description, NamesMechanismAndNeighbour) {
  EXPECT_EQ(
      described(parabolas,
                run + R"(, "mechanism": {"kind": "dropout", "keep": "1/2", "sharing": "shared"})",
                R"(, "neighbour": {"index": 1, "replacement": {"family": "quadratic",
                   "dimension": 1, "functions": [{"A": [[3]], "c": [0]}]}})"),
      "quadratic, $n = 2$, $d = 1$, $W = \\mathbb{R}^d$; $\\gamma = 1/64$, $B = 4$, $K = 20$; "
      "dropout "
      "with $p = 1/2$, its noise shared by equal draws; $S'$ replaces $f_{2}$");
}

TEST(Description, LeavesLongNumbersOut) {
  EXPECT_EQ(described(parabolas, R"("start": [0], "step": ")" + std::string(60, '7') +
                                     R"(", "batch": 1, "iterations": 0)"),
            "quadratic, $n = 2$, $d = 1$, $W = \\mathbb{R}^d$; $B = 1$, $K = 0$");
}

TEST(Description, IsEmptyWhereThereIsNoInstance) {
  EXPECT_EQ(describe_instance(""), "");
  EXPECT_EQ(describe_instance("[1]"), "");
}

}  // namespace
}  // namespace graddiv::reports
