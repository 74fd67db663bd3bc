#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "campaign/record.h"
#include "experiments/experiment.h"
#include "experiments/work.h"
#include "json/line_journal.h"

namespace graddiv::experiments {

/// The finished units of an experiment, in a file NAME.journal beside its results, from which the
/// same command goes on. The first line says all that the numbers depend on: experiment, settings,
/// seed, checksums of the data, version, commit and processor; the others are a unit each, with its
/// numbers as the shortest decimals that give the doubles back. Safe to call from several threads.
class Journal {
 public:
  /// Throws FileError where it cannot be written, and InputError that names the first difference
  /// where it holds the units of another run.
  Journal(const std::filesystem::path& folder, const Experiment& experiment, const Setup& setup,
          const Provenance& provenance);

  const std::filesystem::path& path() const { return lines_.path(); }
  /// Units that it holds.
  std::int64_t size() const;
  std::optional<Numbers> find(const std::string& unit) const;
  void add(const std::string& unit, const Numbers& numbers);
  /// The results are written: the file goes when this does.
  void give_up() { lines_.give_up(); }

 private:
  std::string identity_;
  LineJournal lines_;
  mutable std::mutex mutex_;  // guards what follows, and what is added
  std::map<std::string, Numbers> units_;
};

}  // namespace graddiv::experiments
