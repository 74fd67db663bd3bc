#include "experiments/config.h"

#include <algorithm>
#include <stdexcept>

#include "json/embedded_file.h"

namespace graddiv::experiments {

void Config::set(const std::string& name, Value value) {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found == entries_.end()) {
    entries_.push_back({name, std::move(value)});
  } else {
    found->value = std::move(value);
  }
}

Config Config::overridden_by(const Config& other) const {
  Config result = *this;
  for (const Entry& entry : other.entries_) result.set(entry.name, entry.value);
  return result;
}

const Config::Value& Config::at(const std::string& name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found == entries_.end()) throw std::out_of_range("no setting " + name);
  return found->value;
}

std::int64_t Config::integer(const std::string& name) const {
  return std::get<std::int64_t>(at(name));
}
double Config::number(const std::string& name) const { return std::get<double>(at(name)); }
const std::string& Config::word(const std::string& name) const {
  return std::get<std::string>(at(name));
}
const std::vector<std::int64_t>& Config::integers(const std::string& name) const {
  return std::get<std::vector<std::int64_t>>(at(name));
}
const std::vector<double>& Config::numbers(const std::string& name) const {
  return std::get<std::vector<double>>(at(name));
}
const std::vector<std::string>& Config::words(const std::string& name) const {
  return std::get<std::vector<std::string>>(at(name));
}

std::span<const EmbeddedFile> embedded_configs();  // made at build time

std::string embedded_config(const std::string& name) {
  return std::string(embedded_text(embedded_configs(), name + ".toml"));
}

}  // namespace graddiv::experiments
