#include "workbench/sharp_instance.h"

#include <Random123/philox.h>

#include <algorithm>
#include <utility>

#include "campaign/tightness.h"
#include "workbench/search_families.h"

namespace graddiv::workbench {

namespace {

// A check of a search must not take longer than others do: random instances take less than this but
// for a few.
constexpr double largest_work = 1 << 14;

// Behind all draws that a campaign can reach.
constexpr std::int64_t first_draw = std::int64_t{1} << 40;

/// The `turn`-th so many of all, beginning again behind the last.
template <class T>
std::vector<T> turn_of(const std::vector<T>& all, std::int64_t turn, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(all.size());
  std::vector<T> chosen;
  for (std::int64_t i = 0; i < std::min(count, size); ++i) {
    chosen.push_back(all[static_cast<std::size_t>((turn * count + i) % size)]);
  }
  return chosen;
}

}  // namespace

std::optional<Planned> find_sharp_instance(const Theorem& theorem, std::uint64_t seed,
                                           std::int64_t search, std::int64_t checks,
                                           const std::function<bool()>& is_over) {
  const std::vector<Instance> drawn =
      draws_in_turn(theorem, seed, first_draw + search * checks, checks / 4);
  std::vector<Instance> starts = gallery_instances(theorem);
  starts.insert(starts.end(), drawn.begin(), drawn.end());
  const auto bits = r123::Philox2x64()({{static_cast<std::uint64_t>(search), 1}}, {{seed}})[0];
  SearchResult found =
      search_sharpest(theorem.statement, starts, {checks, bits, {}, largest_work, is_over},
                      turn_of(search_families(), search, checks / 5));

  if (found.was_cut_short) throw Unwanted();

  std::optional<Instance> result = std::move(found.counterexample);
  if (!result && !found.sharpest.empty()) {
    const auto turn = static_cast<std::size_t>(search) % found.sharpest.size();
    result = std::move(found.sharpest[turn].instance);
  }
  if (!result && !drawn.empty()) result = drawn.front();
  if (!result) return std::nullopt;
  return Planned{"search", std::move(*result), checks};
}

}  // namespace graddiv::workbench
