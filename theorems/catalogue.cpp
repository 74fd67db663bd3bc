#include "theorems/catalogue.h"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include "json/file.h"
#include "theorems/from_file.h"

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

namespace {

/// Those from files: their addresses stay.
std::deque<Theorem>& read_theorems() {
  static std::deque<Theorem> all;
  return all;
}

}  // namespace

const Theorem& theorem_from_file(const std::string& path) {
  return theorem_from_text(read_file(path, "theorem file"), path);
}

const Theorem& theorem_from_text(const std::string& text, const std::string& path) {
  auto& read = read_theorems();
  const auto again = std::ranges::find(read, text, &Theorem::file_text);
  if (again != read.end()) return *again;
  Theorem theorem = theorem_from(text, path);
  const auto has_its_name = [&](const Theorem& t) { return t.id == theorem.id; };
  if (std::ranges::any_of(theorems(), has_its_name) || std::ranges::any_of(read, has_its_name)) {
    throw InputError(path + ": there is a theorem '" + theorem.id +
                     "' already; expected another name");
  }
  return read.emplace_back(std::move(theorem));
}

const Theorem& find_theorem(std::string_view id) {
  std::string known;
  for (const Theorem& t : read_theorems())
    if (t.id == id) return t;
  for (const Theorem& t : theorems()) {
    if (t.id == id) return t;
    known += (known.empty() ? "" : ", ") + t.id;
  }
  throw std::out_of_range("no theorem '" + std::string(id) + "'; there are " + known);
}

}  // namespace graddiv
