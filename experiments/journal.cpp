#include "experiments/journal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "data/checksum.h"
#include "experiments/output.h"

namespace graddiv::experiments {
namespace {

using Json = nlohmann::ordered_json;

/// Raise it when units get other names or numbers.
constexpr int layout = 1;

Json identity_of(const Experiment& experiment, const Setup& setup, const Provenance& provenance) {
  return {{"journal", "graddiv experiment"},
          {"layout", layout},
          {"experiment", experiment.id},
          {"seed", setup.seed},
          {"settings", settings_json(setup.config)},
          {"training data", hexadecimal(checksum_of(*setup.files.train))},
          {"test data", hexadecimal(checksum_of(*setup.files.test))},
          {"version", provenance.version},
          {"commit", provenance.commit},
          {"processor", provenance.cpu}};  // its kind decides how sums of floats are formed
}

/// "seed: 1 there and 2 here": the first entry of `here` that is another one there.
std::optional<std::string> difference(const Json& there, const Json& here) {
  for (const auto& [key, value] : here.items()) {
    const Json other = there.is_object() && there.contains(key) ? there.at(key) : Json("nothing");
    if (value.is_object()) {
      if (auto inner = difference(other, value)) return inner;
    } else if (other != value) {
      return fmt::format("{}: {} there and {} here", key, other.dump(), value.dump());
    }
  }
  return std::nullopt;
}

std::string line_of(const std::string& unit, const Numbers& numbers) {
  return fmt::format("{}\t{}", unit, fmt::join(numbers, " "));
}

/// Of a sound line, which line_of() has made.
std::pair<std::string, Numbers> unit_of(const std::string& line) {
  const std::size_t tab = line.find('\t');
  Numbers numbers;
  const char* const end = line.data() + line.size();
  for (const char* at = line.data() + std::min(tab, line.size()); at != end;) {
    const auto [next, error] = std::from_chars(at + 1, end, numbers.emplace_back());
    if (error != std::errc()) throw std::logic_error("a line of a journal: " + line);
    at = next;
  }
  return {line.substr(0, tab), std::move(numbers)};
}

}  // namespace

Journal::Journal(const std::filesystem::path& folder, const Experiment& experiment,
                 const Setup& setup, const Provenance& provenance)
    : lines_(folder / (experiment.id + ".journal")) {
  const Json here = identity_of(experiment, setup, provenance);
  identity_ = here.dump();
  const auto& lines = lines_.lines();
  if (lines.empty()) return;
  if (const auto other = difference(Json::parse(lines.front(), nullptr, false), here)) {
    throw InputError(fmt::format(
        "{}: holds {} finished units of another run ({}); run that one to its end, choose another "
        "folder with -o, or remove the file",
        path().string(), lines.size() - 1, *other));
  }
  for (std::size_t i = 1; i < lines.size(); ++i) units_.insert(unit_of(lines[i]));
}

std::int64_t Journal::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(units_.size());
}

std::optional<Numbers> Journal::find(const std::string& unit) const {
  const std::lock_guard lock(mutex_);
  const auto found = units_.find(unit);
  if (found == units_.end()) return std::nullopt;
  return found->second;
}

void Journal::add(const std::string& unit, const Numbers& numbers) {
  const std::lock_guard lock(mutex_);
  if (lines_.is_empty()) lines_.add(identity_);
  lines_.add(line_of(unit, numbers));
  units_.emplace(unit, numbers);
}

}  // namespace graddiv::experiments
