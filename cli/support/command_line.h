#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace graddiv::cli {

/// One option or positional argument that a command has declared.
class Argument {
 public:
  Argument& required();
  Argument& shows_default();  ///< in the help
  Argument& needs(const Argument& other);

  // What is accepted; anything else is a usage error that says what was found and expected.
  Argument& one_of(const std::vector<std::string>& values);
  template <class T>
  Argument& between(T least, T most);
  Argument& one_value_each_time();  ///< for lists: --name A --name B, not --name A B

 private:
  friend class Arguments;
  explicit Argument(CLI::Option* option) : option_(option) {}
  CLI::Option* option_;
};

/// Where a command declares its arguments: CLI11 behind a wall, since its headers cost 10 s in
/// each file that includes them.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(app) {}

  /// `name` is "FILE" for a positional argument, else "--at" or "-o,--output". Absent, the value
  /// stays as it is. T: the types instantiated in command_line.cpp.
  template <class T>
  Argument option(const std::string& name, T& value, const std::string& help);
  void flag(const std::string& name, bool& value, const std::string& help);
  /// --seed, any whole number that fits. CLI11 alone would let −1 wrap around.
  void seed(std::uint64_t& value, const std::string& help);

 private:
  CLI::App& app_;
};

/// Parses the command line, runs the command it names and returns its exit code; --help and
/// --version print and return 0. Throws UsageError where the line makes no sense.
int parse_and_run(int argc, const char* const* argv, const std::vector<Command>& known);

}  // namespace graddiv::cli
