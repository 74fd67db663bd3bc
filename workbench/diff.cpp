#include "workbench/diff.h"

#include "campaign/store.h"

namespace graddiv::workbench {

std::vector<Change> diff(const std::string& before, const std::string& after) {
  const Store old_store(before, Store::Mode::read);
  const Store new_store(after, Store::Mode::read);
  return compare(results_of(old_store), results_of(new_store));
}

}  // namespace graddiv::workbench
