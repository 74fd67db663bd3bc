#pragma once

#include <string>
#include <string_view>

namespace graddiv {

enum class Trend { better, worse, neither };

/// Something that differs between two campaigns.
struct Change {
  std::string theorem;  ///< or the construction, or the figure; empty where it concerns all
  std::string what;     ///< "best tightness 0.9 → 0.8"
  Trend trend = Trend::neither;
};

/// "evidence exact → interval"
inline std::string from_to(const std::string& what, std::string_view a, std::string_view b) {
  return (what.empty() ? "" : what + " ") + std::string(a) + " → " + std::string(b);
}

}  // namespace graddiv
