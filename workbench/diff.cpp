#include "workbench/diff.h"

#include <algorithm>

#include "campaign/compare.h"
#include "campaign/store.h"
#include "campaign/subject.h"

namespace graddiv::workbench {

Comparison diff(const std::string& before, const std::string& after) {
  const Store a(before, Store::Mode::read);
  const Store b(after, Store::Mode::read);
  return {compare(a, b), subjects(a, b)};
}

bool any_worse(const std::vector<Change>& changes) {
  return std::ranges::find(changes, Trend::worse, &Change::trend) != changes.end();
}

}  // namespace graddiv::workbench
