#include "theorems/catalogue.h"

#include <stdexcept>

namespace graddiv {

// The registry: one line a theorem, which stands in the file and the namespace of the same name.
#define GRADDIV_THEOREMS(X)         \
  X(second_moment)                  \
  X(diversity_range)                \
  X(replication)                    \
  X(glm)                            \
  X(glm_sharp)                      \
  X(glm_gaussian)                   \
  X(glm_rademacher)                 \
  X(sparse_conflicts)               \
  X(one_step)                       \
  X(one_step_smooth)                \
  X(rate_strongly_convex)           \
  X(rate_convex)                    \
  X(rate_smooth)                    \
  X(rate_pl)                        \
  X(serial_strongly_convex)         \
  X(serial_convex)                  \
  X(serial_smooth)                  \
  X(serial_pl)                      \
  X(mechanism_general)              \
  X(mechanism_dropout)              \
  X(mechanism_langevin)             \
  X(mechanism_quantization)         \
  X(mechanism_one_step)             \
  X(mechanism_rate_strongly_convex) \
  X(mechanism_rate_convex)          \
  X(mechanism_rate_smooth)          \
  X(mechanism_rate_pl)              \
  X(differential_glm)               \
  X(differential_sparse)            \
  X(nonexpansive_convex)            \
  X(contractive_strongly_convex)    \
  X(stability_convex)               \
  X(stability_strongly_convex)      \
  X(stability_smooth)               \
  X(generalization)                 \
  X(lower_replicated)               \
  X(lower_fixed_step)               \
  X(lower_noise_floor)              \
  X(lower_unstable)

#define GRADDIV_DECLARE(name) \
  namespace theorem::name {   \
  Theorem theorem();          \
  }
GRADDIV_THEOREMS(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE

const std::vector<Theorem>& theorems() {
#define GRADDIV_LIST(name) theorem::name::theorem(),
  static const std::vector<Theorem> all{GRADDIV_THEOREMS(GRADDIV_LIST)};
#undef GRADDIV_LIST
  return all;
}

const Theorem& find_theorem(std::string_view id) {
  std::string known;
  for (const Theorem& t : theorems()) {
    if (t.id == id) return t;
    known += (known.empty() ? "" : ", ") + t.id;
  }
  throw std::out_of_range("no theorem '" + std::string(id) + "'; there are " + known);
}

}  // namespace graddiv
