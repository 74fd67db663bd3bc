#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

// Runs the built tool as its users do: as a process, seen only through its output and exit code.
namespace graddiv::cli::testing {

struct Outcome {
  int code = -1;  ///< exit code, or minus the signal that ended it
  std::string out;
  std::string err;

  /// Standard output, which must be JSON from its first to its last byte.
  nlohmann::json json() const {
    auto parsed = nlohmann::json::parse(out, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << "no JSON: " << out << err;
    return parsed;
  }
};

/// A test with a folder of its own, in which the tool runs.
class ToolTest : public ::testing::Test {
 protected:
  using Arguments = std::vector<std::string>;
  using Environment = std::map<std::string, std::string>;

  ToolTest() {
    std::string name = (std::filesystem::temp_directory_path() / "graddiv-cli-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~ToolTest() override { std::filesystem::remove_all(folder_); }

  /// Starts it; its output goes to files.
  pid_t start(const Arguments& arguments, const Environment& environment = {}, int err = -1) const {
    std::vector<char*> argv{const_cast<char*>(GRADDIV_EXECUTABLE)};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    const auto redirect = [](const std::string& path, int to) {
      dup2(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666), to);
    };
    if (chdir(folder_.c_str()) != 0) _exit(126);
    redirect(folder_ + "/.out", STDOUT_FILENO);
    err < 0 ? redirect(folder_ + "/.err", STDERR_FILENO) : void(dup2(err, STDERR_FILENO));
    execv(argv[0], argv.data());
    _exit(127);
  }

  Outcome wait_for(pid_t child) const {
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read(".out"),
            read(".err")};
  }

  Outcome graddiv(const Arguments& arguments, const Environment& environment = {}) const {
    return wait_for(start(arguments, environment));
  }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }
  /// Writes a file and returns its name, relative to the folder.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return name;
  }
  bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }
  /// What the tests and the tool left in the folder.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      const auto name = entry.path().filename().string();
      if (!name.starts_with('.')) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

  /// f_i(w) = ½(w ∓ 1)²: F(w) = ½w² + ½, w* = 0, λ = β = 1, M²(w) = w² + 1, and with a step of ½ and
  /// B = 1 from w_0 = 1: E w_k² = 1, 1/2, 3/8, 11/32, … = E w_{k−1}²/4 + 1/4.
  std::string noise_floor(int iterations = 3) const {
    return write("noise-floor.json", R"({"format": "graddiv-instance/1",
  "problem": {"family": "quadratic", "dimension": 1,
              "functions": [{"A": [[1]], "c": [1]}, {"A": [[1]], "c": [-1]}],
              "domain": {"kind": "all"}},
  "run": {"start": [1], "step": "1/2", "batch": 1, "iterations": )" +
                                         std::to_string(iterations) + "}}\n");
  }

  /// F(w) = w on all of R: has no minimiser.
  std::string unbounded() const {
    return write("unbounded.json", R"({"format": "graddiv-instance/1",
  "problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}],
              "domain": {"kind": "all"}},
  "run": {"start": [0], "step": "1/2", "batch": 1, "iterations": 2}})");
  }

  void expect_bad_input(const Outcome& outcome, const std::string& message) const {
    EXPECT_EQ(outcome.code, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.err.starts_with("graddiv: ")) << outcome.err;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
    EXPECT_TRUE(outcome.err.ends_with("\n"));
  }

 private:
  std::string folder_;
};

}  // namespace graddiv::cli::testing
