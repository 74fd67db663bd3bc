#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "campaign/gallery.h"
#include "claim/theorem.h"

namespace graddiv::workbench {

struct TightnessRequest {
  std::vector<const Theorem*> theorems;
  std::int64_t evaluations = 0;  ///< a theorem, to spend on finding sharper instances
  std::uint64_t seed = 1;        ///< of that search
  /// Instances that count as they stand, and for the search to begin with.
  std::vector<Instance> starts{};
  /// Where gallery files of what is sharper than the gallery are written; none are where empty.
  /// Counterexamples are written here, or into the current folder.
  std::string folder{};
  std::function<void(std::int64_t done, std::int64_t total)> progress = [](auto, auto) {};
};

/// The sharpest instance of a theorem in one regime: the gallery's, or a sharper one that was
/// found.
struct Sandwich {
  const Theorem* theorem = nullptr;
  GalleryEntry entry;
  std::optional<Attained> attained;  ///< nothing where the instance certifies nothing
  bool as_stored = true;             ///< it attains what the gallery says
  Verdict verdict = Verdict::proved;
  Text reason{};        ///< of the verdict
  bool is_new = false;  ///< sharper than the gallery's
};

/// An instance that a search came upon and that refutes a theorem: the most valuable thing it can
/// find.
struct FoundCounterexample {
  const Theorem* theorem = nullptr;
  Text reason;
  std::string file;
};

struct TightnessResult {
  std::vector<Sandwich> sandwiches;  ///< in the order of the theorems
  /// Theorems with no certified instance: what only draws tell is none.
  std::vector<const Theorem*> without;
  std::vector<FoundCounterexample> counterexamples;

  bool all_well() const;  ///< no counterexample, and the gallery is as sharp as ever
};

/// Replays the gallery on all cores, and looks for what is sharper. A file of the folder is never
/// written over by one that attains less. Throws InputError and FileError.
TightnessResult tightness(const TightnessRequest& request);

/// "tight", "loose by ×1.025": the bound is at most so many times what is attained.
std::string in_words(const Attained& attained);

}  // namespace graddiv::workbench
