#pragma once

#include <string>
#include <string_view>

namespace graddiv {

enum class Trend { better, worse, neither };

/// What two campaigns are compared by.
struct Subject {
  enum class Kind { campaign, theorem, mutant, law, gallery, figure };
  Kind kind = Kind::campaign;
  std::string of{};    ///< the theorem, or the construction of a law; empty where it concerns all
  std::string name{};  ///< of the mutant or figure; the regime of an instance of the gallery

  bool operator==(const Subject&) const = default;
};

/// Something that differs between two campaigns.
struct Change {
  Subject about;
  std::string what;  ///< "best tightness 0.9 → 0.8"
  Trend trend = Trend::neither;
};

/// "evidence exact → interval"
inline std::string from_to(const std::string& what, std::string_view a, std::string_view b) {
  return (what.empty() ? "" : what + " ") + std::string(a) + " → " + std::string(b);
}

}  // namespace graddiv
