#include <algorithm>
#include <cmath>
#include <utility>

#include "instances/recipes/recipes.h"
#include "problem/random_rows.h"

namespace graddiv::recipes {
namespace {

using Kind = RowLaw::Kind;

// The statements on random rows need no run; other commands do.
Instance drawn_rows(Choices choices, Kind kind, long n, long d) {
  const auto seed = static_cast<std::uint64_t>(choices.up_to(999'999));
  Run run = short_run(choices.part(part::run), static_cast<int>(n), Vector<Rational>::Zero(d));
  return {{random_rows({kind, static_cast<int>(n), static_cast<int>(d), seed}), Domain::all()},
          std::move(run)};
}

// One in six: the statements are trivial for these, and must say so.
bool is_small(Choices& choices) { return choices.rarely(6); }

Instance small_rows(Choices choices, Kind kind) {
  const long d = choices.between(1, 4);
  const long n = choices.between(2, 4);
  return drawn_rows(choices, kind, n, d);
}

}  // namespace

Instance gaussian_rows(Choices choices) {
  if (is_small(choices)) return small_rows(choices, Kind::gaussian);
  const long d = choices.between(68, 110);
  const auto most =
      static_cast<long>(0.99 * std::exp(static_cast<double>(d) / 16));  // n e^{−d/16} < 1
  const long n = choices.between(d, std::min(3 * d / 2, most));
  return drawn_rows(choices, Kind::gaussian, n, d);
}

Instance rademacher_rows(Choices choices) {
  if (is_small(choices)) return small_rows(choices, Kind::rademacher);
  const long d = choices.between(53, 110);
  const long smallest = 26 * d / (d - 26) + 1;  // nd/(n + d) > 26
  const long n = choices.between(smallest, 110);
  return drawn_rows(choices, Kind::rademacher, n, d);
}

}  // namespace graddiv::recipes
