#include "workbench/drawn.h"

#include <utility>

#include "instances/classes.h"

namespace graddiv::workbench {

Instance draw_for(const Theorem& theorem, InstanceClass drawn_from, std::uint64_t seed,
                  std::int64_t number) {
  Instance drawn = draw(drawn_from, seed, number);
  return theorem.adapted ? theorem.adapted(drawn_from, std::move(drawn), number) : drawn;
}

}  // namespace graddiv::workbench
