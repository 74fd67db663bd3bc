#include "reports/report.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "json/file.h"
#include "reports/document.h"
#include "reports/escape.h"
#include "reports/latexmk.h"
#include "reports/mathematics.h"
#include "reports/sample_report.h"
#include "reports/unicode.h"
#include "reports/view.h"

namespace graddiv {
namespace {

namespace fs = std::filesystem;

/// A folder of this test alone, with the names of what stands in it.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "graddiv-report-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::set<std::string> names() const {
    std::set<std::string> all;
    for (const auto& entry : fs::directory_iterator(path_))
      all.insert(entry.path().filename().string());
    return all;
  }

 private:
  fs::path path_;
};

bool is_installed(const std::string& program) { return !reports::find_program(program).empty(); }

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 4096> buffer{};
  std::string text;
  while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe.get()))
    text.append(buffer.data(), count);
  return text;
}

ReportData with_statement(const std::string& latex) {
  ReportData data = reports::sample_report();
  data.theorems.resize(1);
  data.theorems[0].statement.latex = latex;
  return data;
}

TEST(Report, IsAPdfWithAllItsSections) {
  if (!is_installed("latexmk") || !is_installed("pdftotext"))
    GTEST_SKIP() << "needs latexmk and pdftotext";
  const Folder folder;
  const ReportFiles files = write_report(reports::sample_report(), folder.file("report.pdf"));
  EXPECT_EQ(files.pdf, folder.file("report.pdf"));
  EXPECT_EQ(files.tex, folder.file("report.tex"));
  EXPECT_TRUE(files.note.empty());
  EXPECT_EQ(folder.names(), (std::set<std::string>{"report.pdf", "report.tex"}));

  const std::string information = output_of("pdfinfo " + *files.pdf);
  const std::size_t pages = information.find("Pages:");
  ASSERT_NE(pages, std::string::npos);
  EXPECT_GE(std::stoi(information.substr(pages + 6)), 6);
  EXPECT_NE(information.find("Verification of the Theory of Mini-Batch SGD"), std::string::npos);

  const std::string text = output_of("pdftotext -layout " + *files.pdf + " -");
  for (const char* expected : {"refuted on none",
                               "0123456789abcdef0123456789abcdef01234567",
                               "20251121",
                               "21 November 2025",
                               "results.sqlite",
                               "MPFI 1.5.3",
                               "Summary",
                               "How to read this report",
                               "The sandwich",
                               "Worst cases in pictures",
                               "costs little",
                               "Mini-batch SGD on strongly convex objectives",
                               "tight",
                               "loose by",
                               "rate-strongly-convex",
                               "Sharpest instance",
                               "\"iterations\": 160",
                               "28 more",
                               "Mutants",
                               "half-the-horizon",
                               "Worst-case constructions",
                               "Noise floor",
                               "law = expectation",
                               "References",
                               "Gradient diversity: a key ingredient"})
    EXPECT_NE(text.find(expected), std::string::npos) << expected;
  EXPECT_EQ(text.find("??"), std::string::npos) << "an undefined reference";
}

TEST(Report, TheSameDataGivesTheSamePdf) {
  if (!is_installed("latexmk")) GTEST_SKIP() << "needs latexmk";
  const std::string latex =
      "\\documentclass{article}\\pdftrailerid{}\\begin{document}\\today\\end{document}";
  const std::string date = "2025-11-21T20:15:00Z";
  EXPECT_EQ(reports::compile_pdf(reports::find_program("latexmk"), latex, date),
            reports::compile_pdf(reports::find_program("latexmk"), latex, date));
}

TEST(Report, EveryKnownCharacterCanBeSet) {
  if (!is_installed("latexmk")) GTEST_SKIP() << "needs latexmk";
  std::string body;
  for (const reports::Character& c : reports::known_characters()) {
    const std::string written = reports::utf8_of(c.code);
    body += reports::latex_escape("x" + written) + " $" +
            reports::math_latex("x" + written + " ≤ y") + "$\n";
    if (c.role == reports::Character::Role::accent) continue;
    body += written + (c.math.empty() ? "" : " $x " + written + "$") + "\n";
  }
  for (char32_t c = 0xC0; c <= 0xFF; ++c) body += reports::latex_escape(reports::utf8_of(c)) + "\n";
  nlohmann::json view = reports::report_view(ReportData{});
  view["body_latex"] = body;
  const std::string pdf =
      reports::compile_pdf(reports::find_program("latexmk"), reports::render("document", view), "");
  EXPECT_TRUE(pdf.starts_with("%PDF"));
}

TEST(Report, ALatexErrorIsReportedAndLeavesAnOldPdfAlone) {
  if (!is_installed("latexmk")) GTEST_SKIP() << "needs latexmk";
  const Folder folder;
  write_file(folder.file("report.pdf"), "an older report");
  try {
    write_report(with_statement("$\\nosuchcommand$"), folder.file("report.pdf"));
    FAIL() << "no error";
  } catch (const ReportError& error) {
    EXPECT_NE(std::string(error.what()).find("Undefined control sequence"), std::string::npos)
        << error.what();
  }
  EXPECT_EQ(read_file(folder.file("report.pdf")), "an older report");
  EXPECT_EQ(folder.names(), (std::set<std::string>{"report.pdf", "report.tex"}));
}

TEST(Report, WithoutLatexmkTheLatexIsWrittenAndThatIsSaid) {
  const Folder folder;
  const ReportFiles files = write_report(reports::sample_report(), folder.file("report.pdf"),
                                         {.latexmk = "no-such-latexmk"});
  EXPECT_FALSE(files.pdf);
  EXPECT_NE(files.note.find("no-such-latexmk is not installed"), std::string::npos) << files.note;
  EXPECT_EQ(folder.names(), std::set<std::string>{"report.tex"});
  EXPECT_EQ(read_file(files.tex), report_latex(reports::sample_report()));
}

TEST(Report, OnlyANameEndingInPdfIsTaken) {
  for (const char* name : {"report", "report.tex", "report.pdf/", ""})
    EXPECT_THROW(write_report(ReportData{}, name), std::invalid_argument) << name;
}

TEST(Report, AFolderThatIsNotThereIsAnError) {
  const Folder folder;
  EXPECT_THROW(write_report(ReportData{}, folder.file("missing/report.pdf")), ReportError);
  EXPECT_TRUE(folder.names().empty());
}

TEST(Report, ANameWithBlanksIsAsGoodAsAnyOther) {
  const Folder folder;
  const ReportFiles files =
      write_report(ReportData{}, folder.file("my report.v2.pdf"), {.latexmk = ""});
  EXPECT_EQ(folder.names(), std::set<std::string>{"my report.v2.tex"});
}

TEST(LatexLog, GivesItsFirstError) {
  EXPECT_EQ(
      reports::first_error(
          "This is pdfTeX\n(./report.tex\n./report.tex:12: Undefined control sequence.\nl.12 \\x\n"
          "./report.tex:13: Missing $ inserted.\n"),
      "report.tex:12: Undefined control sequence.");
  EXPECT_EQ(reports::first_error("! Emergency stop.\n"), "! Emergency stop.");
  EXPECT_EQ(reports::first_error("LaTeX Warning: Reference undefined\n"), "");
}

}  // namespace
}  // namespace graddiv
