#include "workbench/diff.h"

#include "campaign/store.h"

namespace graddiv::workbench {

std::vector<Change> diff(const std::string& before, const std::string& after) {
  return compare(Store(before, Store::Mode::read), Store(after, Store::Mode::read));
}

}  // namespace graddiv::workbench
