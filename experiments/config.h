#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace graddiv::experiments {

/// What a setting of an experiment holds.
enum class Kind { integer, number, word, integers, numbers, words };

/// A setting that an experiment knows: its range is that of every entry of a list.
struct Setting {
  std::string name;
  Kind kind = Kind::integer;
  double least = 1;
  double most = 1e9;
  std::vector<std::string> choices = {};  ///< of words
};

/// The settings of one run of an experiment.
class Config {
 public:
  using Value = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>,
                             std::vector<double>, std::vector<std::string>>;
  struct Entry {
    std::string name;
    Value value;
  };

  /// Reads TOML: the settings at the top, and those of a table [full], which count in addition
  /// where `full`. Throws InputError, `FILE:LINE: …`: no TOML, an unknown key, a value of another
  /// type or out of its range, an empty list.
  static Config read(const std::vector<Setting>& known, const std::string& toml,
                     const std::string& file, bool full);

  /// These settings, and in their place those of `other` where it has them.
  Config overridden_by(const Config& other) const;
  void set(const std::string& name, Value value);

  // Throw std::out_of_range for a setting that is not there.
  std::int64_t integer(const std::string& name) const;
  double number(const std::string& name) const;
  const std::string& word(const std::string& name) const;
  const std::vector<std::int64_t>& integers(const std::string& name) const;
  const std::vector<double>& numbers(const std::string& name) const;
  const std::vector<std::string>& words(const std::string& name) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Value& at(const std::string& name) const;
  std::vector<Entry> entries_;
};

/// The text of experiments/configs/NAME.toml, built into the library. Throws std::out_of_range.
std::string embedded_config(const std::string& name);

}  // namespace graddiv::experiments
