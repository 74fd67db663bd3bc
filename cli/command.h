#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "workbench/error.h"

namespace graddiv::cli {

class Arguments;

/// What the tool ends with.
enum ExitCode : int {
  all_claims_hold = 0,
  something_refuted = 1,
  bad_input = 2,
  io_failure = 3,
  inconclusive = 4,  ///< where --strict asks for it, or a campaign was vacuous
  interrupted = 130  ///< what shells expect after Ctrl-C
};

/// Asked for something that does not exist or makes no sense; `what()` is meant for the user.
using UsageError = workbench::RequestError;

/// Could not write what was asked for.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Options of the tool itself, which every subcommand accepts.
struct Settings {
  bool quiet = false;
};

/// A subcommand.
struct Command {
  std::string name;
  std::string summary;
  /// Declares its options and returns what to run once they are parsed; that returns the exit code.
  std::function<int()> (*set_up)(Arguments& arguments, const Settings& settings);
};

/// The registry.
std::vector<Command> commands();

}  // namespace graddiv::cli
