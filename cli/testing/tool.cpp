#include "cli/testing/tool.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace graddiv::cli::testing {

nlohmann::json Outcome::json() const {
  auto parsed = nlohmann::json::parse(out, nullptr, false);
  EXPECT_FALSE(parsed.is_discarded()) << "no JSON: " << out << err;
  return parsed;
}

ToolTest::ToolTest() {
  std::string name = (std::filesystem::temp_directory_path() / "graddiv-cli-XXXXXX").string();
  folder_ = mkdtemp(name.data());
}

ToolTest::~ToolTest() { std::filesystem::remove_all(folder_); }

pid_t ToolTest::start(const Arguments& arguments, const Environment& environment, int err) const {
  Arguments command{GRADDIV_EXECUTABLE};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return start_program(command, environment, err);
}

pid_t ToolTest::start_on_ranks(int ranks, const Arguments& arguments) const {
  Arguments command{"mpirun", "-n", std::to_string(ranks), GRADDIV_EXECUTABLE};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return start_program(command,
                       {{"OMPI_ALLOW_RUN_AS_ROOT", "1"},
                        {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"},
                        {"OMPI_MCA_rmaps_base_oversubscribe", "1"},
                        {"OMPI_MCA_plm", "isolated"}},
                       -1);
}

pid_t ToolTest::start_program(const Arguments& command, const Environment& environment,
                              int err) const {
  std::vector<char*> argv;
  for (const auto& argument : command) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  const auto redirect = [](const std::string& path, int to) {
    dup2(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666), to);
  };
  if (chdir(folder_.c_str()) != 0) _exit(126);
  // Permissions count for the superuser's tests as for anybody's.
  for (const int might : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}) prctl(PR_CAPBSET_DROP, might);
  redirect(folder_ + "/.out", STDOUT_FILENO);
  err < 0 ? redirect(folder_ + "/.err", STDERR_FILENO) : void(dup2(err, STDERR_FILENO));
  execvp(argv[0], argv.data());
  _exit(127);
}

Outcome ToolTest::wait_for(pid_t child) const {
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read(".out"), read(".err"),
          usage.ru_maxrss};
}

Outcome ToolTest::graddiv(const Arguments& arguments, const Environment& environment) const {
  return wait_for(start(arguments, environment));
}

Outcome ToolTest::graddiv_on_ranks(int ranks, const Arguments& arguments) const {
  return wait_for(start_on_ranks(ranks, arguments));
}

double ToolTest::seconds_of_tools() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

std::string ToolTest::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path(name), std::ios::binary).rdbuf();
  return text.str();
}

std::string ToolTest::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
  return name;
}

bool ToolTest::exists(const std::string& name) const { return std::filesystem::exists(path(name)); }

std::vector<std::string> ToolTest::files() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with('.')) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::string ToolTest::noise_floor(int iterations) const {
  return write("noise-floor.json", R"({"format": "graddiv-instance/1",
"problem": {"family": "quadratic", "dimension": 1,
            "functions": [{"A": [[1]], "c": [1]}, {"A": [[1]], "c": [-1]}],
            "domain": {"kind": "all"}},
"run": {"start": [1], "step": "1/2", "batch": 1, "iterations": )" +
                                       std::to_string(iterations) + "}}\n");
}

std::string ToolTest::unbounded() const {
  return write("unbounded.json", R"({"format": "graddiv-instance/1",
"problem": {"family": "linear", "dimension": 1, "functions": [{"a": [1]}],
            "domain": {"kind": "all"}},
"run": {"start": [0], "step": "1/2", "batch": 1, "iterations": 2}})");
}

std::string ToolTest::images(int side) const {
  std::filesystem::create_directory(path("images"));
  const auto big_endian = [](int n) { return std::string{0, 0, 0, static_cast<char>(n)}; };
  for (const auto& [part, count] : {std::pair{"train", 48}, {"t10k", 24}}) {
    std::string pixels =
        std::string{0, 0, 8, 3} + big_endian(count) + big_endian(side) + big_endian(side);
    std::string labels = std::string{0, 0, 8, 1} + big_endian(count);
    for (int i = 0; i < count; ++i) {
      labels += static_cast<char>(i % 2);
      for (int j = 0; j < side * side; ++j) {
        pixels += static_cast<char>((i * 37 + j * 11) % 50 + (j % 2 == i % 2 ? 70 : 0));
      }
    }
    write(std::string("images/") + part + "-images-idx3-ubyte", pixels);
    write(std::string("images/") + part + "-labels-idx1-ubyte", labels);
  }
  return "images";
}

void ToolTest::expect_bad_input(const Outcome& outcome, const std::string& message) const {
  EXPECT_EQ(outcome.code, 2) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("graddiv: ")) << outcome.err;
  EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with("\n"));
}

}  // namespace graddiv::cli::testing
