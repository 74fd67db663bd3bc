#include "cli/support/changes_output.h"

#include <nlohmann/json.hpp>

namespace graddiv::cli {

Json changes_json(const std::vector<Change>& changes) {
  Json json = Json::array();
  for (const Change& change : changes) {
    json.push_back({{"theorem", change.about.of},
                    {"what", change.what},
                    {"worse", change.trend == Trend::worse},
                    {"better", change.trend == Trend::better}});
  }
  return json;
}

std::string changes_text(const std::vector<Change>& changes) {
  if (changes.empty()) return "no change\n";
  Table table({{"theorem"}, {"change"}, {""}});
  for (const Change& change : changes) {
    table.add({change.about.of, change.what,
               change.trend == Trend::worse    ? "worse"
               : change.trend == Trend::better ? "better"
                                               : ""});
  }
  return table.text();
}

}  // namespace graddiv::cli
