#include <fmt/core.h>

#include <csignal>
#include <cstdio>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/failure.h"
#include "cli/support/networks.h"
#include "cli/support/output.h"

namespace graddiv::cli {
namespace {

std::string call_of(int argc, const char* const* argv) {
  std::string call = "graddiv";
  for (int i = 1; i < argc; ++i) call += " " + shell_word(argv[i]);
  return call;
}

int complain(const std::string& message, int code) {
  fmt::print(stderr, "graddiv: {}\n", message);
  return code;
}

int run(int argc, const char* const* argv) {
  try {
    const int code = parse_and_run(argc, argv, commands());
    // A full disk shows only when the last of the output leaves the buffer.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      return complain("cannot write to standard output", io_failure);
    }
    return code;
  } catch (...) {
    const Failure failure = failure_of(std::current_exception(), call_of(argc, argv));
    return complain(failure.message, failure.code);
  }
}

}  // namespace
}  // namespace graddiv::cli

int main(int argc, char** argv) {
  // A file that grows beyond its limit is an error like a full disk, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  graddiv::cli::find_networks_beside_the_tool();
  return graddiv::cli::run(argc, argv);
}
