#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <toml.hpp>

#include "experiments/config.h"
#include "json/input_error.h"

// The one file that sees the headers of toml11, which take long to compile.
namespace graddiv::experiments {
namespace {

using toml::value_t;

class Reader {
 public:
  Reader(const std::vector<Setting>& known, std::string file)
      : known_(known), file_(std::move(file)) {}

  Config table(const toml::value& table, bool is_top) const {
    for (const auto& [key, value] : table.as_table()) {
      if (is_top && key == "full") {
        if (!value.is_table()) fail(value, key, "a table [full]");
      } else if (std::ranges::find(known_, key, &Setting::name) == known_.end()) {
        fail_unknown(value, key);
      }
    }
    Config config;  // in the order of the known ones, whatever order the file has
    for (const Setting& setting : known_) {
      if (table.contains(setting.name)) {
        config.set(setting.name, read(setting, table.at(setting.name)));
      }
    }
    return config;
  }

 private:
  [[noreturn]] void fail(const toml::value& at, const std::string& key,
                         const std::string& expected) const {
    std::string found = at.is_table() ? "a table" : toml::format(at, 1000);
    std::erase(found, '\n');
    throw InputError(fmt::format("{}:{}: {}: found {}, expected {}", file_, at.location().line(),
                                 key, found, expected));
  }
  [[noreturn]] void fail_unknown(const toml::value& at, const std::string& key) const {
    std::vector<std::string> names;
    for (const Setting& setting : known_) names.push_back(setting.name);
    throw InputError(fmt::format("{}:{}: unknown key {}, expected one of {}", file_,
                                 at.location().line(), key, fmt::join(names, ", ")));
  }

  std::int64_t integer(const Setting& s, const toml::value& value) const {
    const auto in_range = [&](std::int64_t x) {
      return static_cast<double>(x) >= s.least && static_cast<double>(x) <= s.most;
    };
    if (!value.is_integer() || !in_range(value.as_integer())) {
      fail(value, s.name, fmt::format("an integer from {:.0f} to {:.0f}", s.least, s.most));
    }
    return value.as_integer();
  }
  double number(const Setting& s, const toml::value& value) const {
    const double x = value.is_integer()    ? static_cast<double>(value.as_integer())
                     : value.is_floating() ? value.as_floating()
                                           : std::numeric_limits<double>::quiet_NaN();
    if (!(x >= s.least && x <= s.most)) {
      fail(value, s.name, fmt::format("a number from {} to {}", s.least, s.most));
    }
    return x;
  }
  std::string word(const Setting& s, const toml::value& value) const {
    if (!value.is_string() ||
        std::ranges::find(s.choices, value.as_string().str) == s.choices.end()) {
      fail(value, s.name, fmt::format("one of \"{}\"", fmt::join(s.choices, "\", \"")));
    }
    return value.as_string().str;
  }
  template <class T>
  std::vector<T> list(const Setting& s, const toml::value& value,
                      T (Reader::*entry)(const Setting&, const toml::value&) const) const {
    if (!value.is_array() || value.as_array().empty()) fail(value, s.name, "a list [a, b, …]");
    std::vector<T> result;
    for (const toml::value& element : value.as_array()) {
      result.push_back((this->*entry)(s, element));
    }
    return result;
  }

  Config::Value read(const Setting& s, const toml::value& value) const {
    switch (s.kind) {
      case Kind::integer:
        return integer(s, value);
      case Kind::number:
        return number(s, value);
      case Kind::word:
        return word(s, value);
      case Kind::integers:
        return list(s, value, &Reader::integer);
      case Kind::numbers:
        return list(s, value, &Reader::number);
      case Kind::words:
        return list(s, value, &Reader::word);
    }
    throw std::logic_error("a kind of setting without a reader");
  }

  const std::vector<Setting>& known_;
  std::string file_;
};

toml::value parse(const std::string& text, const std::string& file) {
  std::istringstream stream(text);
  try {
    return toml::parse(stream, file);
  } catch (const toml::syntax_error& error) {
    std::string message = error.what();  // the first line says what, the others draw it
    message = message.substr(0, message.find('\n'));
    for (const char* prefix : {"[error] ", "toml::"}) {
      if (message.starts_with(prefix)) message.erase(0, std::string_view(prefix).size());
    }
    throw InputError(fmt::format("{}:{}: no TOML: {}", file, error.location().line(), message));
  } catch (const std::exception& error) {
    throw InputError(fmt::format("{}:1: no TOML: {}", file, error.what()));
  }
}

}  // namespace

Config Config::read(const std::vector<Setting>& known, const std::string& toml,
                    const std::string& file, bool full) {
  const toml::value root = parse(toml, file);
  const Reader reader(known, file);
  const Config base = reader.table(root, true);
  if (!root.contains("full")) return base;
  const Config more = reader.table(root.at("full"), false);
  return full ? base.overridden_by(more) : base;
}

}  // namespace graddiv::experiments
