#include "cli/support/command_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <graddiv_version.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <type_traits>

#include "workbench/lookup.h"

namespace graddiv::cli {

namespace {

template <class T>
constexpr auto kind_of = std::is_integral_v<T> ? "a whole number" : "a number";

/// All of the text as a finite number of this type, which from_chars() never rounds to. No zero
/// stands before a whole number: CLI11 would read 010 as 8.
template <class T>
std::optional<T> read_whole(const std::string& text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  if constexpr (std::is_floating_point_v<T>) {
    if (!std::isfinite(value)) return std::nullopt;
  } else if (text.size() > 1 && text[text[0] == '-' ? 1 : 0] == '0') {
    return std::nullopt;
  }
  return value;
}

}  // namespace

Argument& Argument::required() {
  option_->required();
  return *this;
}
Argument& Argument::shows_default() {
  option_->capture_default_str();
  return *this;
}
Argument& Argument::needs(const Argument& other) {
  option_->needs(other.option_);
  return *this;
}
Argument& Argument::one_of(const std::vector<std::string>& values) {
  option_->check([values](const std::string& text) -> std::string {
    if (std::ranges::find(values, text) != values.end()) return "";
    return fmt::format("found {}, expected {}{}", text, fmt::join(values, ", "),
                       workbench::suggestion(text, values));
  });
  return *this;
}
template <class T>
Argument& Argument::between(T least, T most) {
  option_->check([least, most](const std::string& text) -> std::string {
    const auto value = read_whole<T>(text);
    if (value && *value >= least && *value <= most) return "";
    return fmt::format("found {}, expected {} from {} to {}", text, kind_of<T>, least, most);
  });
  return *this;
}
Argument& Argument::one_value_each_time() {
  option_->allow_extra_args(false);
  return *this;
}

template <class T>
Argument Arguments::option(const std::string& name, T& value, const std::string& help) {
  return Argument(app_.add_option(name, value, help));
}

void Arguments::flag(const std::string& name, bool& value, const std::string& help) {
  app_.add_flag(name, value, help);
}

void Arguments::seed(std::uint64_t& value, const std::string& help) {
  option("--seed", value, help)
      .between(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max())
      .shows_default();
}

#define GRADDIV_OPTION_TYPE(T) \
  template Argument Arguments::option(const std::string&, T&, const std::string&);
GRADDIV_OPTION_TYPE(std::string)
GRADDIV_OPTION_TYPE(std::vector<std::string>)
GRADDIV_OPTION_TYPE(std::optional<std::string>)
GRADDIV_OPTION_TYPE(int)
GRADDIV_OPTION_TYPE(std::optional<int>)
GRADDIV_OPTION_TYPE(std::optional<long>)
GRADDIV_OPTION_TYPE(std::optional<std::uint64_t>)
GRADDIV_OPTION_TYPE(std::int64_t)
GRADDIV_OPTION_TYPE(unsigned)
GRADDIV_OPTION_TYPE(std::uint64_t)
GRADDIV_OPTION_TYPE(double)
GRADDIV_OPTION_TYPE(std::optional<double>)
#undef GRADDIV_OPTION_TYPE

template Argument& Argument::between(int, int);
template Argument& Argument::between(long, long);
template Argument& Argument::between(unsigned, unsigned);
template Argument& Argument::between(std::uint64_t, std::uint64_t);
template Argument& Argument::between(double, double);

namespace {

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
      throw UsageError("there is no command '" + word + "'" +
                       workbench::hint(word, names, "graddiv --help"));
    }
    return;
  }
}

}  // namespace

int parse_and_run(int argc, const char* const* argv, const std::vector<Command>& known) {
  CLI::App app("Verifies the theory of mini-batch SGD by computation.", "graddiv");
  app.set_version_flag("--version", fmt::format("graddiv {} ({})", version, commit()));
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(36);
  app.footer(
      "Exit codes: 0 all claims hold, 1 something refuted, 2 usage or bad input,\n"
      "3 input/output failure, 4 inconclusive or consistent (with --strict), left unchecked, "
      "or hardly ever applicable or telling.");
  Settings settings;
  app.add_flag("-q,--quiet", settings.quiet, "no progress on the terminal");

  std::map<const CLI::App*, std::function<int()>> actions;
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
    throw UsageError(fmt::format("{}; see graddiv {}--help", error.what(),
                                 given.empty() ? "" : given.front()->get_name() + " "));
  }
  return actions.at(app.get_subcommands().front())();
}

}  // namespace graddiv::cli
