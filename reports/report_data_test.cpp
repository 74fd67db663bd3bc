#include "reports/report_data.h"

#include <gtest/gtest.h>

#include "campaign/store.h"

namespace graddiv {
namespace {

VerdictRecord verdict(std::int64_t number, Verdict what,
                      const std::string& origin = "random: convex") {
  VerdictRecord v;
  v.theorem = "glm";
  v.number = number;
  v.origin = origin;
  v.verdict = what;
  v.evidence = what == Verdict::proved ? Evidence::exact : Evidence::none;
  v.provenance = what == Verdict::proved ? "moments, rational" : "";
  if (what == Verdict::not_applicable) v.reason = "$X ≠ 0$: does not hold";
  if (what == Verdict::error) v.reason = "division by zero";
  v.conclusions = what == Verdict::proved ? 3 : 0;
  return v;
}

VerdictRecord with_course(VerdictRecord v, int iterations, const std::string& tightness) {
  v.tightness = tightness;
  for (int k = 1; k <= iterations; ++k) v.series.push_back({Place::at(k), 1, 2});
  return v;
}

TEST(TheoremData, CountsVerdictsByOrigin) {
  const TheoremData data =
      theorem_data({}, {},
                   {verdict(0, Verdict::proved, "construction: x"), verdict(1, Verdict::proved),
                    verdict(2, Verdict::not_applicable), verdict(3, Verdict::inconclusive)});
  ASSERT_EQ(data.origins.size(), 2u);
  EXPECT_EQ(data.origins[0].origin, "construction: x");
  EXPECT_EQ(data.origins[0].proved, 1);
  EXPECT_EQ(data.origins[1].instances, 3);
  EXPECT_EQ(data.origins[1].applicable, 2);
  EXPECT_EQ(data.origins[1].inconclusive, 1);
  EXPECT_EQ(data.conclusions, 6);
}

TEST(TheoremData, CountsAllWitnessesTogether) {
  const TheoremData data = theorem_data({}, {},
                                        {verdict(0, Verdict::proved, "witness: glm/mean"),
                                         verdict(1, Verdict::proved, "witness: glm/twice")});
  ASSERT_EQ(data.origins.size(), 1u);
  EXPECT_EQ(data.origins[0].origin, "witnesses of mutants");
}

TEST(TheoremData, CountsReasonsAndEvidence) {
  const TheoremData data =
      theorem_data({}, {},
                   {verdict(0, Verdict::proved), verdict(1, Verdict::not_applicable),
                    verdict(2, Verdict::not_applicable), verdict(3, Verdict::error)});
  ASSERT_EQ(data.not_applicable.size(), 1u);
  EXPECT_EQ(data.not_applicable[0].text, "$X ≠ 0$: does not hold");
  EXPECT_EQ(data.not_applicable[0].count, 2);
  ASSERT_EQ(data.errors.size(), 1u);
  EXPECT_EQ(data.errors[0].text, "division by zero");
  ASSERT_EQ(data.evidence.size(), 1u);
  EXPECT_EQ(data.evidence[0].text, "exact");
}

TEST(TheoremData, TheSharpestInstanceHasTheLargestRatioAndOfSeveralIsTheFirst) {
  const TheoremData data = theorem_data({}, {},
                                        {with_course(verdict(0, Verdict::proved), 1, "0.5"),
                                         with_course(verdict(1, Verdict::proved), 1, "0.75"),
                                         with_course(verdict(2, Verdict::proved), 1, "0.75")});
  ASSERT_TRUE(data.sharpest);
  EXPECT_EQ(data.sharpest->number, 1);
  EXPECT_EQ(data.ratios, (std::vector<double>{0.5, 0.75, 0.75}));
}

TEST(TheoremData, ATellingInstanceHasACourseThenASharpBound) {
  const TheoremData data = theorem_data({}, {},
                                        {with_course(verdict(0, Verdict::proved), 1, "1"),
                                         with_course(verdict(1, Verdict::proved), 40, "0.2"),
                                         with_course(verdict(2, Verdict::proved), 12, "0.6")});
  ASSERT_TRUE(data.telling);
  EXPECT_EQ(data.telling->number, 2);
}

TEST(TheoremData, IsEmptyWithoutVerdicts) {
  const TheoremData data = theorem_data({}, {}, {});
  EXPECT_FALSE(data.sharpest);
  EXPECT_FALSE(data.telling);
  EXPECT_TRUE(data.origins.empty());
}

TEST(ReportData, TakesEverythingFromTheStore) {
  Store store(":memory:", Store::Mode::write);
  Provenance provenance;
  provenance.version = "1.2.3";
  store.write(provenance);
  StatementRecord statement;
  statement.id = "glm";
  statement.title = "Generalized linear models";
  store.write(statement);
  store.write(with_course(verdict(0, Verdict::proved), 3, "0.5"));
  VerdictRecord bad = verdict(1, Verdict::refuted);
  bad.theorem = "unstated";
  store.write(bad);
  MutantRecord mutant;
  mutant.theorem = "glm";
  mutant.mutant = "mean";
  store.write(mutant);
  FigureRecord figure;
  figure.id = "saturation";
  store.write(figure);

  const ReportData data = report_data(store);
  EXPECT_EQ(data.provenance->version, "1.2.3");
  ASSERT_EQ(data.theorems.size(), 2u);
  EXPECT_EQ(data.theorems[0].statement.title, "Generalized linear models");
  EXPECT_EQ(data.theorems[0].summary.proved, 1);
  EXPECT_EQ(data.theorems[0].telling->series.size(), 3u);
  EXPECT_EQ(data.theorems[1].statement.id, "unstated");
  ASSERT_EQ(data.refuted.size(), 1u);
  EXPECT_EQ(data.mutants.size(), 1u);
  ASSERT_EQ(data.figures.size(), 1u);
  EXPECT_EQ(data.figures[0].id, "saturation");
}

}  // namespace
}  // namespace graddiv
