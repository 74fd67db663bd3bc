#include "cli/support/data_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/command.h"

namespace graddiv::cli {

std::vector<double> read_labels(const std::string& text) {
  std::vector<double> labels;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(','));
    double label = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), label);
    if (error != std::errc() || end != word.data() + word.size() || !std::isfinite(label)) {
      throw UsageError(
          fmt::format("--positive: found \"{}\", labels with commas in between expected", text));
    }
    labels.push_back(label);
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return labels;
}

Rational read_scale(const std::string& text) {
  try {
    return parse_rational(text);
  } catch (const ParseError& error) {
    throw UsageError(std::string("--scale: ") + error.what());
  }
}

std::optional<DataFormat> read_format(const std::string& name) {
  const auto& names = data_format_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<DataFormat>(found - names.begin());
}

}  // namespace graddiv::cli
