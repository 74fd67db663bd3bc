#include "reports/latexmk.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <system_error>
#include <vector>

#include "reports/files.h"

namespace graddiv::reports {

namespace {

namespace fs = std::filesystem;

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

/// This process's environment with other values for the variables given as "NAME=value".
std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::vector<std::string> environment = changes;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('=') + 1);
    bool is_changed = false;
    for (const auto& change : changes) is_changed = is_changed || change.starts_with(name);
    if (!is_changed) environment.push_back(text);
  }
  return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Runs a program in a folder, its output going to a file there. Returns its exit status; 127 and
/// above for one that did not end by itself.
int run(std::vector<std::string> command, const fs::path& folder,
        const std::vector<std::string>& changes) {
  std::vector<std::string> environment = environment_with(changes);
  const std::string output = (folder / "output.txt").string();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  pid_t child = 0;
  const int failure = posix_spawn(&child, command.front().c_str(), &actions, nullptr,
                                  pointers(command).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::system_error(failure, std::generic_category(), command.front());
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), command.front());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
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
  if (command.find('/') != std::string::npos)
    return access(command.c_str(), X_OK) == 0 ? fs::absolute(command).string() : std::string();
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = (folder.empty() ? "." : folder) + "/" + command;
    if (access(candidate.c_str(), X_OK) == 0) return fs::absolute(candidate).string();
  }
  return {};
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
  const std::vector<std::string> command = {latexmk,
                                            "-norc",
                                            "-pdf",
                                            "-interaction=nonstopmode",
                                            "-halt-on-error",
                                            "-file-line-error",
                                            "-no-shell-escape",
                                            "report.tex"};
  // LaTeX reads and writes in its folder only, keeps its log lines whole and stamps the report's
  // date.
  const std::vector<std::string> changes = {"openin_any=p",
                                            "openout_any=p",
                                            "max_print_line=1000",
                                            "FORCE_SOURCE_DATE=1",
                                            "SOURCE_DATE_EPOCH=" + std::to_string(epoch_of(date)),
                                            "TEXINPUTS=",
                                            "BIBINPUTS="};
  const int status = run(command, folder.path(), changes);
  const fs::path pdf = folder.path() / "report.pdf";
  if (status != 0 || !fs::exists(pdf)) throw LatexError(explanation(folder.path()));
  return read_file(pdf);
}

}  // namespace graddiv::reports
