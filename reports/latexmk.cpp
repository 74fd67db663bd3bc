#include "reports/latexmk.h"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/process.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <system_error>
#include <vector>

#include "json/file.h"

namespace graddiv::reports {

namespace {

namespace fs = std::filesystem;
namespace bp = boost::process;

/// A folder of this process alone, removed with everything in it.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string name = (fs::temp_directory_path() / "graddiv-report-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    path_ = name;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Seconds since 1970 for "2025-11-21T20:15:00Z"; 0 for what is no date.
std::int64_t epoch_of(const std::string& iso) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (std::sscanf(iso.c_str(), "%d-%u-%uT%d:%d:%d", &year, &month, &day, &hour, &minute, &second) <
      3)
    return 0;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok() || year < 1970) return 0;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return std::int64_t{days} * 86400 + hour * 3600L + minute * 60L + second;
}

/// Runs a program in a folder, its output going to a file there. Returns its exit status; 128 for
/// one that did not end by itself. Throws std::system_error where it cannot be started.
int run(const std::string& program, const std::vector<std::string>& arguments,
        const fs::path& folder, const std::map<std::string, std::string>& variables) {
  bp::environment environment = boost::this_process::environment();
  for (const auto& [name, value] : variables) environment[name] = value;
  bp::child child(
      bp::exe = program, bp::args = arguments, bp::start_dir = folder.string(), environment,
      bp::std_in<bp::null, (bp::std_out & bp::std_err)>(folder / "output.txt").string());
  child.wait();
  return WIFEXITED(child.native_exit_code()) ? child.exit_code() : 128;
}

/// What went wrong, from LaTeX's log or, where it did not get that far, from what latexmk printed
/// last.
std::string explanation(const fs::path& folder) {
  for (const char* name : {"report.log", "output.txt"}) {
    std::error_code ignored;
    if (!fs::exists(folder / name, ignored)) continue;
    const std::string error = first_error(read_file(folder / name));
    if (!error.empty()) return error;
  }
  return "latexmk failed without saying why; compile the .tex file by hand";
}

}  // namespace

std::string find_program(const std::string& command) {
  if (command.empty()) return {};
  if (command.find('/') == std::string::npos) {
    const auto found = bp::search_path(command);
    return found.empty() ? std::string() : fs::absolute(fs::path(found.string())).string();
  }
  return access(command.c_str(), X_OK) == 0 ? fs::absolute(command).string() : std::string();
}

std::string first_error(const std::string& log) {
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("./")) line.erase(0, 2);
    const bool has_position =
        line.starts_with("report.tex:") && line.find(": ") != std::string::npos;
    const bool is_bibtex = line.find("---line ") != std::string::npos;
    if (has_position || line.starts_with("! ") || is_bibtex) return line;
  }
  return {};
}

std::string compile_pdf(const std::string& latexmk, const std::string& latex,
                        const std::string& date) {
  const PrivateFolder folder;
  write_file(folder.path() / "report.tex", latex);
  const std::vector<std::string> arguments = {"-norc",
                                              "-pdf",
                                              "-interaction=nonstopmode",
                                              "-halt-on-error",
                                              "-file-line-error",
                                              "-no-shell-escape",
                                              "report.tex"};
  // LaTeX reads and writes in its folder only, keeps its log lines whole and stamps the report's
  // date.
  const std::map<std::string, std::string> variables = {
      {"openin_any", "p"},
      {"openout_any", "p"},
      {"max_print_line", "1000"},
      {"FORCE_SOURCE_DATE", "1"},
      {"SOURCE_DATE_EPOCH", std::to_string(epoch_of(date))},
      {"TEXINPUTS", ""},
      {"BIBINPUTS", ""}};
  const int status = run(latexmk, arguments, folder.path(), variables);
  const fs::path pdf = folder.path() / "report.pdf";
  if (status != 0 || !fs::exists(pdf)) throw LatexError(explanation(folder.path()));
  return read_file(pdf);
}

}  // namespace graddiv::reports
