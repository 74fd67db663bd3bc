#include "reports/document.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "graddiv_version.h"
#include "json/file.h"
#include "reports/sample_report.h"
#include "reports/view.h"

namespace graddiv::reports {
namespace {

/// The view of the sample, without what would only make golden files long.
nlohmann::json sample_view(const ReportData& data) {
  nlohmann::json view = report_view(data);
  view["unicode_latex"] = "% declarations of characters\n";
  view["bibliography_latex"] = "% references.bib\n";
  view["body_latex"] = "% sections\n";
  view["is_full"] = true;
  return view;
}

std::string first_difference(const std::string& actual, const std::string& expected) {
  std::istringstream a(actual);
  std::istringstream b(expected);
  std::string line_a;
  std::string line_b;
  for (int number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) return "they differ in the last line break only";
    if (more_a != more_b || line_a != line_b)
      return "line " + std::to_string(number) + "\n  is       " + (more_a ? line_a : "missing") +
             "\n  expected " + (more_b ? line_b : "nothing");
  }
}

/// Compares with reports/golden/<name>.tex, or rewrites it where GRADDIV_UPDATE_GOLDEN=1.
void expect_golden(const std::string& name, const std::string& actual) {
  const auto file =
      std::filesystem::path(source_directory()) / "reports" / "golden" / (name + ".tex");
  const char* update = std::getenv("GRADDIV_UPDATE_GOLDEN");
  if (update && std::string(update) == "1") write_file(file, actual);
  const std::string expected = read_file(file);
  EXPECT_TRUE(actual == expected)
      << file.filename() << ": " << first_difference(actual, expected)
      << "\nIf the change is meant, run the test with GRADDIV_UPDATE_GOLDEN=1 and read the diff.";
}

class Template : public testing::TestWithParam<std::string_view> {};

TEST_P(Template, PrintsWhatItsGoldenFileSays) {
  expect_golden(std::string(GetParam()), render(GetParam(), sample_view(sample_report())));
}

std::vector<std::string_view> templates() {
  std::vector<std::string_view> all{"document"};
  for (const Section& section : sections()) all.push_back(section.name);
  return all;
}

std::string name_of(const testing::TestParamInfo<std::string_view>& info) {
  return std::string(info.param);
}

INSTANTIATE_TEST_SUITE_P(All, Template, testing::ValuesIn(templates()), name_of);

ReportData refuted_report() {
  ReportData data = sample_report();
  data.refuted.push_back(sample_refutation());
  data.theorems[2].summary.refuted = 1;
  data.mutants[1].refuted = false;
  data.constructions[1].law_holds = false;
  return data;
}

TEST(Template, ShowsARefutedClaimBeforeEverythingElse) {
  expect_golden("refuted-claim", render("refuted", sample_view(refuted_report())));
  const std::string latex = report_latex(refuted_report());
  EXPECT_LT(latex.find("\\section{Refuted claims}"), latex.find("\\section{Summary}"));
  EXPECT_NE(latex.find("\\badge{refuted}{false}"), std::string::npos);
  EXPECT_NE(latex.find("\\textbf{\\textcolor{refuted}{refuted on 1}}"), std::string::npos);
}

TEST(Template, SaysWhenAMutantSurvivesOrALawFails) {
  const nlohmann::json view = sample_view(refuted_report());
  EXPECT_NE(render("mutants", view).find("\\no"), std::string::npos);
  EXPECT_NE(render("summary", view).find("3 were refuted"), std::string::npos);
  EXPECT_NE(render("constructions", view).find("law $\\ne$ expectation"), std::string::npos);
}

TEST(Template, SaysWhichChecksEndedInAnError) {
  ReportData data = sample_report();
  EXPECT_EQ(report_latex(data).find("ended in an error"), std::string::npos);
  data.theorems[0].summary.errors = 2;
  data.theorems[0].errors = {{Text::words("it costs $5"), 2}};
  const nlohmann::json view = sample_view(data);
  EXPECT_NE(render("summary", view).find("ended in an error: 2"), std::string::npos);
  EXPECT_NE(render("theorems", view).find("it costs \\$5"), std::string::npos);
}

TEST(Template, LeavesNoTagBehind) {
  for (const ReportData& data : {sample_report(), refuted_report(), ReportData{}}) {
    const std::string latex = report_latex(data);
    EXPECT_EQ(latex.find("<%"), std::string::npos);
    EXPECT_EQ(latex.find("%>"), std::string::npos);
    EXPECT_EQ(latex.find("{{="), std::string::npos);
    EXPECT_EQ(latex.find('\x01'), std::string::npos);
  }
}

TEST(Template, HidesSectionsThatHaveNothingToSay) {
  const nlohmann::json view = sample_view(ReportData{});
  for (const char* name :
       {"refuted", "sandwich", "figures", "theorems", "mutants", "constructions", "gallery"})
    EXPECT_EQ(render(name, view).find_first_not_of('\n'), std::string::npos) << name;
  EXPECT_NE(render("summary", view).find("holds no statement"), std::string::npos);
  EXPECT_NE(render("title", view).find("does not say how it was made"), std::string::npos);
}

// What a summary leaves out it must not refer to.
TEST(Template, TheSummaryHasTheTablesAndPicturesAndNoReferenceIntoThinAir) {
  for (const ReportData& data : {sample_report(), refuted_report()}) {
    const std::string latex = report_latex(data, ReportLength::summary);
    for (const char* there : {"\\section{Summary}", "\\section{The sandwich}",
                              "\\section{Worst cases in pictures}", "\\bibliography{"})
      EXPECT_NE(latex.find(there), std::string::npos) << there;
    for (const char* absent : {"\\section{Mutants}", "\\section{How to read this report}"})
      EXPECT_EQ(latex.find(absent), std::string::npos) << absent;
    EXPECT_EQ(latex.find("\\ref{"), latex.find("\\ref{#1}")) << "beside the macro's own";
  }
}

TEST(Template, AStatementThatNoInstanceTestsIsNoSuccess) {
  ReportData data;
  TheoremData theorem;
  theorem.statement.id = "glm";
  theorem.summary.instances = 5;
  data.theorems.push_back(theorem);
  EXPECT_EQ(report_view(data)["theorems"][0]["badge"]["latex"], "not tested");
  data.theorems[0].summary.applicable = data.theorems[0].summary.inconclusive = 5;
  EXPECT_EQ(report_view(data)["theorems"][0]["badge"]["latex"], "open");
}

TEST(Template, TheSandwichIsTightLooseOrFalse) {
  ReportData data = sample_report();
  const auto badge = [&] {
    return report_view(data)["theorems"][2]["badge"]["latex"].get<std::string>();
  };
  // The gallery's ratio, as the sandwich table has it, and not the campaign's.
  ASSERT_EQ(data.theorems[2].summary.tightness->substr(0, 7), "0.92033");
  EXPECT_EQ(badge(), "loose by $\\times$1.025");
  data.gallery.clear();
  EXPECT_EQ(badge(), "loose by $\\times$1.087");
  data.theorems[2].summary.tightness = "1";
  EXPECT_EQ(badge(), "tight");
  data.theorems[2].summary.tightness.reset();
  EXPECT_EQ(badge(), "holds");
  data.theorems[2].summary.refuted = 1;
  EXPECT_EQ(badge(), "false");
}

TEST(Template, CitesOnlyWhatTheBibliographyHolds) {
  EXPECT_EQ(citation("yin2018"), "\\cite{yin2018}");
  EXPECT_EQ(citation("no_such"), "no\\_such");
  EXPECT_EQ(citation(""), "");
}

TEST(Template, DisplaysAStatementWithoutDollars) {
  EXPECT_EQ(statement_latex("B_S(w) \\ge 1"), "\\[ B_S(w) \\ge 1 \\]");
  EXPECT_EQ(statement_latex("$B_S(w) \\ge 1$"), "$B_S(w) \\ge 1$");
  EXPECT_EQ(statement_latex("Nothing to add."), "Nothing to add.");
}

TEST(Template, AnUnknownNameIsAnError) { EXPECT_THROW(render("nothing", {}), std::out_of_range); }

}  // namespace
}  // namespace graddiv::reports
