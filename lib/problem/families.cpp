#include "problem/families.h"

// One line a family; each is defined in families/.
#define GRADDIV_FAMILIES(family)                                                                 \
  family(quadratic_family) family(linear_family) family(least_squares_family) family(glm_family) \
      family(max_affine_family) family(random_rows_family) family(mixed_family)

namespace graddiv {

#define GRADDIV_DECLARE_FAMILY(name) FamilyEntry name();
GRADDIV_FAMILIES(GRADDIV_DECLARE_FAMILY)
#undef GRADDIV_DECLARE_FAMILY

const std::vector<FamilyEntry>& families() {
#define GRADDIV_ENTRY(name) name(),
  static const std::vector<FamilyEntry> all = {GRADDIV_FAMILIES(GRADDIV_ENTRY)};
#undef GRADDIV_ENTRY
  return all;
}

}  // namespace graddiv
