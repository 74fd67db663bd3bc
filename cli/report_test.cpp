#include "campaign/store.h"
#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

class ReportCommand : public testing::ToolTest {};

TEST_F(ReportCommand, WritesTheLatexOfAStore) {
  ASSERT_EQ(graddiv({"verify", "second-moment", "--instances", "5", "--example", noise_floor(),
                     "--store", "s.sqlite"})
                .code,
            0);
  // Without latexmk in the PATH only the LaTeX can be written, and that is no failure.
  const auto outcome = graddiv({"report", "s.sqlite", "-o", "out.pdf"}, {{"PATH", "/nonexistent"}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("graddiv: "), std::string::npos) << "why there is no PDF";
  EXPECT_FALSE(exists("out.pdf"));
  const auto latex = read("out.tex");
  EXPECT_NE(latex.find("\\documentclass"), std::string::npos);
  EXPECT_NE(latex.find("second-moment"), std::string::npos);
}

TEST_F(ReportCommand, BadInputLeavesNothing) {
  expect_bad_input(graddiv({"report", "missing.sqlite", "-o", "out.pdf"}),
                   "missing.sqlite: no such file");
  const auto text = write("text.sqlite", "no store at all");
  expect_bad_input(graddiv({"report", text, "-o", "out.pdf"}), "is no graddiv store");
  { const Store empty(path("empty.sqlite"), Store::Mode::write); }
  expect_bad_input(graddiv({"report", "empty.sqlite", "-o", "out.pdf"}), "holds nothing yet");
  expect_bad_input(graddiv({"report", "empty.sqlite", "-o", "out.txt"}), "ends in .pdf");
  EXPECT_EQ(files(), (std::vector<std::string>{"empty.sqlite", "text.sqlite"}));
}

TEST_F(ReportCommand, TheSummaryLeavesOutWhatIsLong) {
  ASSERT_EQ(graddiv({"verify", "second-moment", "--instances", "1", "--example", noise_floor(),
                     "--store", "s.sqlite"})
                .code,
            0);
  const Environment without_latex{{"PATH", "/nonexistent"}};
  ASSERT_EQ(graddiv({"report", "s.sqlite", "-o", "full.pdf"}, without_latex).code, 0);
  ASSERT_EQ(graddiv({"report", "--summary", "s.sqlite", "-o", "short.pdf"}, without_latex).code, 0);
  EXPECT_NE(read("full.tex").find("\\section{Mutants}"), std::string::npos);
  EXPECT_EQ(read("short.tex").find("\\section{Mutants}"), std::string::npos);
  EXPECT_NE(read("short.tex").find("\\section{The sandwich}"), std::string::npos);
}

TEST_F(ReportCommand, AFolderThatIsNotThereIsAnOutputFailure) {
  ASSERT_EQ(graddiv({"verify", "second-moment", "--instances", "1", "--example", noise_floor(),
                     "--store", "s.sqlite"})
                .code,
            0);
  const auto outcome =
      graddiv({"report", "s.sqlite", "-o", "no/such/out.pdf"}, {{"PATH", "/nonexistent"}});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
}

}  // namespace
}  // namespace graddiv::cli
