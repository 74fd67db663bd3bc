#include <gtest/gtest.h>

#include "claim/check.h"
#include "formula/statement_of.h"
#include "formula/theorem_file.h"
#include "json/reader.h"
#include "sgd/instance.h"

namespace graddiv {
namespace {

/// One step of gradient descent on a parabola.
Finding found(const std::string& head, const std::string& claims) {
  const Instance descent = read_instance(JsonReader::from_text(
      R"json({"format": "graddiv-instance/1",
        "problem": {"family": "quadratic", "dimension": 1, "functions": [{"A": [[1]], "c": [0]}]},
        "run": {"start": [1], "step": "1/2", "batch": "full", "iterations": 1}})json",
      "descent"));
  const std::string text =
      "theorem t\n" + head + "assume the batch is full\nfor every k\n" + claims;
  return check(statement_of(parse_theorem(text)), descent);
}

// n = 1: m is 2, 8/5, 1 or 1/5.
TEST(Given, MeetsItsHypothesesAtAnyOfTheNumbersThatAreTried) {
  const std::string head = "given m ≤ 2·n\nassume m ≤ 1/2\n";
  const Finding refuted = found(head, "claim m ≥ n\n");
  EXPECT_EQ(refuted.verdict, Verdict::refuted);
  EXPECT_NE(refuted.reason.plain().find("m = 1/5"), std::string::npos) << refuted.reason.plain();
  // Nothing is claimed of the others.
  const Finding proved = found(head, "claim m ≤ 1/5\n");
  EXPECT_EQ(proved.verdict, Verdict::proved);
  EXPECT_EQ(proved.conclusions.size(), 1U);
}

TEST(Given, MeetsAllItsHypothesesAtOneNumber) {
  const Finding f =
      found("given m ≤ 2·n\nassume m < 2\nassume m > 3/2\nassume m > 9/5\n", "claim m ≤ 1\n");
  EXPECT_EQ(f.verdict, Verdict::not_applicable);
  EXPECT_EQ(f.reason.plain(), "m > 1.8: does not hold");
  EXPECT_EQ(found("given m ≤ 2·n\nassume m < 2\nassume m > 3/2\n", "claim m ≤ 1\n").verdict,
            Verdict::refuted);
}

TEST(Given, GuardsHypothesesByThoseBeforeThem) {
  EXPECT_EQ(found("given m ≥ 2·n\nassume m > 2\nassume 1/(m − 2) ≥ 1\n", "claim m ≤ 3\n").verdict,
            Verdict::proved);
}

}  // namespace
}  // namespace graddiv
