#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Runs the built tool as its users do: as a process, seen only through its output and exit code.
namespace graddiv::cli::testing {

struct Outcome {
  int code = -1;  ///< exit code, or minus the signal that ended it
  std::string out;
  std::string err;
  long peak_kilobytes = 0;  ///< the most memory that it had

  /// Standard output, which must be JSON from its first to its last byte.
  nlohmann::json json() const;
};

/// A test with a folder of its own, in which the tool runs.
class ToolTest : public ::testing::Test {
 protected:
  using Arguments = std::vector<std::string>;
  using Environment = std::map<std::string, std::string>;

  ToolTest();
  ~ToolTest() override;

  /// Starts it; its output goes to files.
  pid_t start(const Arguments& arguments, const Environment& environment = {}, int err = -1) const;
  Outcome wait_for(pid_t child) const;
  Outcome graddiv(const Arguments& arguments, const Environment& environment = {}) const;
  /// The same, started by mpirun on so many ranks: more than there are cores, and by root, too. Its
  /// output is that of all ranks.
  pid_t start_on_ranks(int ranks, const Arguments& arguments) const;
  Outcome graddiv_on_ranks(int ranks, const Arguments& arguments) const;

  /// The CPU time of all tools that ended so far.
  static double seconds_of_tools();

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string read(const std::string& name) const;
  /// Writes a file and returns its name, relative to the folder.
  std::string write(const std::string& name, const std::string& text) const;
  bool exists(const std::string& name) const;
  /// What the tests and the tool left in the folder.
  std::vector<std::string> files() const;

  /// f_i(w) = ½(w ∓ 1)²: F(w) = ½w² + ½, w* = 0, λ = β = 1, M²(w) = w² + 1, and with a step of ½
  /// and B = 1 from w_0 = 1: E w_k² = 1, 1/2, 3/8, 11/32, … = E w_{k−1}²/4 + 1/4.
  std::string noise_floor(int iterations = 3) const;
  /// F(w) = w on all of R: has no minimiser.
  std::string unbounded() const;

  /// A folder of 48 images for training and 24 for the test, side × side pixels, with labels 0 and
  /// 1 by turns, which columns tell apart.
  std::string images(int side) const;

  void expect_bad_input(const Outcome& outcome, const std::string& message) const;

 private:
  pid_t start_program(const Arguments& command, const Environment& environment, int err) const;

  std::string folder_;
};

}  // namespace graddiv::cli::testing
