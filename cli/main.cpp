#include <fmt/core.h>
#include <graddiv_version.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <string_view>

#include "campaign/campaign.h"
#include "cli/command.h"
#include "cli/support/arguments.h"
#include "cli/support/lookup.h"
#include "expectation/trajectory.h"
#include "problem/json_reader.h"

namespace graddiv::cli {
namespace {

int complain(std::string_view message, int code) {
  fmt::print(stderr, "graddiv: {}\n", message);
  return code;
}

// CLI11 would answer a misspelt command or option with "A subcommand is required".
void look_at_command(int argc, const char* const* argv, const std::vector<Command>& known) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "-q" || word == "--quiet") continue;
    if (word.starts_with('-')) {
      throw UsageError("there is no option '" + word + "'; see graddiv --help");
    }
    std::vector<std::string> names;
    for (const auto& command : known) names.push_back(command.name);
    if (std::ranges::find(names, word) == names.end()) {
      throw UsageError("there is no command '" + word + "'" + hint(word, names, "graddiv --help"));
    }
    return;
  }
}

int parse_and_run(int argc, const char* const* argv) {
  CLI::App app("Verifies the theory of mini-batch SGD by computation.", "graddiv");
  app.set_version_flag("--version", fmt::format("graddiv {} ({})", version, commit()));
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(36);
  app.footer(
      "Exit codes: 0 all claims hold, 1 something refuted, 2 usage or bad input,\n"
      "3 input/output failure, 4 inconclusive (with --strict) or hardly ever applicable.");
  Settings settings;
  app.add_flag("-q,--quiet", settings.quiet, "no progress on the terminal");

  std::map<const CLI::App*, std::function<int()>> actions;
  const auto known = commands();
  for (const auto& command : known) {
    auto* sub = app.add_subcommand(command.name, command.summary);
    Arguments arguments(*sub);
    actions[sub] = command.set_up(arguments, settings);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help and version, on stdout
    look_at_command(argc, argv, known);
    const auto given = app.get_subcommands();
    return complain(fmt::format("{}; see graddiv {}--help", error.what(),
                                given.empty() ? "" : given.front()->get_name() + " "),
                    bad_input);
  }
  return actions.at(app.get_subcommands().front())();
}

int run(int argc, const char* const* argv) {
  try {
    const int code = parse_and_run(argc, argv);
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
  } catch (const CampaignError& error) {
    return complain(error.what(), bad_input);
  } catch (const NoStore& error) {
    return complain(error.what(), bad_input);
  } catch (const StoreError& error) {
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

int main(int argc, char** argv) { return graddiv::cli::run(argc, argv); }
