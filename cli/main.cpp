#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <string_view>

#include "campaign/campaign.h"
#include "claim/statement_error.h"
#include "cli/command.h"
#include "cli/support/command_line.h"
#include "expectation/trajectory.h"
#include "json/file.h"

namespace graddiv::cli {
namespace {

int complain(std::string_view message, int code) {
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
  } catch (const UsageError& error) {
    return complain(error.what(), bad_input);
  } catch (const InputError& error) {
    return complain(error.what(), bad_input);
  } catch (const ExpectationError& error) {
    return complain(error.what(), bad_input);
  } catch (const StatementError& error) {
    return complain(error.what(), bad_input);
  } catch (const CampaignError& error) {
    return complain(error.what(), bad_input);
  } catch (const NoStore& error) {
    return complain(error.what(), bad_input);
  } catch (const StoreError& error) {
    return complain(error.what(), io_failure);
  } catch (const FileError& error) {
    return complain(error.what(), io_failure);
  } catch (const OutputError& error) {
    return complain(error.what(), io_failure);
  } catch (const std::exception& error) {
    return complain(fmt::format("unexpected failure, please report it: {}", error.what()),
                    io_failure);
  }
}

}  // namespace
}  // namespace graddiv::cli

int main(int argc, char** argv) {
  // A file that grows beyond its limit is an error like a full disk, not the end of the program.
  std::signal(SIGXFSZ, SIG_IGN);
  return graddiv::cli::run(argc, argv);
}
