#include <algorithm>
#include <utility>

#include "formula/statement_of.h"
#include "number/exact.h"
#include "workbench/sharpen_checks.h"
#include "workbench/sharpen_numbers.h"

namespace graddiv::workbench {

namespace {

constexpr std::size_t most_candidates = 40;

bool is_same(const Variant& a, const Variant& b) {
  return a.number == b.number && a.value == b.value;
}

/// The variants with other values of a number on one side of it, the nearest first.
std::vector<std::size_t> ladder_of(const Questionnaire& asked, std::size_t number, bool down) {
  std::vector<std::size_t> ladder;
  const Rational& value = asked.numbers[number].value;
  for (std::size_t j = 0; j < asked.variants.size(); ++j) {
    const Variant& v = asked.variants[j];
    if (v.number == number && (*v.value < value) == down) ladder.push_back(j);
  }
  std::ranges::stable_sort(ladder, std::less(), [&](std::size_t j) {
    return Rational(abs(Rational(*asked.variants[j].value - value)));
  });
  return ladder;
}

Rational between(const Rational& a, const Rational& b) {
  return simplest_between(std::min(a, b), std::max(a, b));
}

/// A value a little nearer to the number's own than the one that is refuted.
Rational just_beyond(const NumberFinding& f) {
  const Rational gap = f.number.value - *f.refuted;
  return between(*f.refuted + gap / 64, *f.refuted + gap / 16);
}

/// Bisects towards the number's own value, where the instance refutes more than is refuted.
void approach(NumberFinding& f, const Instance& instance, const std::string& origin) {
  const auto refutes = [&](const Rational& value) {
    auto by = disproof_by(with_number(f.number, value), instance, origin);
    if (!by) return false;
    f.refuted = value;
    f.by = std::move(by);
    return true;
  };
  if (!refutes(just_beyond(f))) return;
  const Rational narrow = f.number.value / 2048;
  Rational end = f.number.value;
  while (abs(Rational(end - *f.refuted)) > narrow) {
    const Rational third = (end - *f.refuted) / 3;
    const Rational middle = between(*f.refuted + third, end - third);
    if (!refutes(middle)) end = middle;
  }
}

}  // namespace

std::optional<NumberFinding> best_by_bisection(const Inquiry& inquiry, std::size_t number,
                                               bool down,
                                               const std::vector<VariantFinding>& mutants) {
  const Questionnaire& asked = inquiry.asked;
  NumberFinding f{.number = asked.numbers[number], .smaller_is_stronger = down};
  std::vector<std::pair<std::string, Instance>> starts;
  for (const std::size_t j : ladder_of(asked, number, down)) {
    const Variant& variant = asked.variants[j];
    if (!inquiry.is_true || variant.is_implied) return std::nullopt;
    const auto mutant = std::ranges::find_if(
        mutants, [&](const VariantFinding& m) { return m.by && is_same(m.variant, variant); });
    if (mutant == mutants.end()) continue;
    f.refuted = variant.value;
    f.by = mutant->by;
    const auto refuted = [](const TrialAnswers&, const Seen& s) {
      return s.what == Seen::What::refuted;
    };
    for (const std::size_t i : inquiry.trials_where(refuted, j, most_candidates))
      starts.emplace_back(inquiry.trial(i).origin, inquiry.trial(i).instance);
    break;
  }
  if (!f.by) return std::nullopt;
  approach(f, f.by->instance, f.by->origin);
  for (const auto& [origin, instance] : starts) approach(f, instance, origin);
  const std::int64_t effort = inquiry.request.effort;
  const std::int64_t share = std::max<std::int64_t>(effort / 2, 1);
  for (std::uint64_t round = 0; f.checks < 2 * effort; ++round) {
    f.checks += share;
    std::vector<Instance> from{f.by->instance};
    for (std::size_t i = 0; i + 1 < most_starts_of_a_search && i < starts.size(); ++i)
      from.push_back(starts[i].second);
    const auto found = quick_search(statement_of(with_number(f.number, just_beyond(f))), from,
                                    share, inquiry.request.seed + round, true);
    if (found.counterexample) approach(f, *found.counterexample, "search");
  }
  f.unrefuted = f.number.value;
  return f;
}

}  // namespace graddiv::workbench
