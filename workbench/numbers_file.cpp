#include "workbench/numbers_file.h"

#include <fmt/format.h>

#include <sstream>

#include "json/file.h"
#include "json/input_error.h"

namespace graddiv::workbench {

std::vector<Rational> read_numbers_file(const std::filesystem::path& file) {
  std::istringstream lines(read_file(file, "file with one number a line"));
  std::vector<Rational> numbers;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    const auto last = line.find_last_not_of(" \t\r");
    try {
      numbers.push_back(parse_rational(line.substr(first, last - first + 1)));
    } catch (const ParseError& error) {
      throw InputError(fmt::format("{}, line {}: {}", file.string(), number, error.what()));
    }
  }
  return numbers;
}

}  // namespace graddiv::workbench
