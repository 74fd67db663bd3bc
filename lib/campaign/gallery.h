#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/record.h"
#include "claim/check.h"
#include "sgd/instance.h"

namespace graddiv {

/// How close an instance comes to the bound of a statement: the sandwich, instance ≤ ratio · bound.
struct Attained {
  Regime regime = Regime::any;
  Enclosure ratio;  ///< ConclusionFinding::tightness; what is certified is its lower end
  Place where;
  std::optional<Enclosure> delta;
  EvidenceName evidence;
};

/// Of a conclusion that speaks of this δ; nothing where its sign is not known.
std::optional<Regime> regime_of(const std::optional<Enclosure>& delta);

/// The sharpest conclusion in every regime that the finding has conclusions in; nothing where the
/// statement is not proved on its instance with exact or interval evidence.
std::vector<Attained> attained(const Finding& finding);
/// The one in this regime.
std::optional<Attained> attained(const Finding& finding, Regime regime);

/// The sharpest certified instance known for a theorem in a regime: a file of format
/// graddiv-gallery/1.
struct GalleryEntry {
  std::string theorem;
  Regime regime = Regime::any;
  Rational ratio = 0;  ///< at most what its instance attains
  Text shows;          ///< one sentence; its formulas are marked in the file too
  Instance instance;

  std::string file_name() const;  ///< "rate-pl--delta-zero.json", "glm.json"
};

/// What a theorem's statement says of an entry's instance now.
struct Replayed {
  Finding finding;
  std::optional<Attained> attained;  ///< nothing where the instance certifies nothing
  bool as_stored = false;            ///< it attains the entry's ratio
};
Replayed replay(const Statement& statement, const GalleryEntry& entry);

SharpestRecord to_record(const GalleryEntry& entry, const Replayed& replayed);

/// Throws InputError.
GalleryEntry read_gallery_entry(const JsonReader& reader,
                                const std::vector<FamilyEntry>& known = families());
std::string to_text(const GalleryEntry& entry);

/// The ratio as an entry keeps it: exact where that is short, else its lower end rounded down to 12
/// digits.
Rational stored_ratio(const Enclosure& ratio);

}  // namespace graddiv
