#include "workbench/sharpen_numbers.h"

#include <algorithm>
#include <utility>

#include "formula/statement_of.h"
#include "number/exact.h"
#include "workbench/search_families.h"
#include "workbench/sharpen_checks.h"

namespace graddiv::workbench {

namespace {

constexpr std::int64_t share_of_a_slice = 2;  // there are several

/// Few digits at or below (above) a number.
Rational short_number(const Rational& x, bool is_below, int digits = 5) {
  return parse_rational(is_below ? decimal_below(x, digits) : decimal_above(x, digits));
}

bool is_equality(const FileNumber& number, const Rational& value, const Instance& instance,
                 Regime regime) {
  const auto finding = checked(statement_of(with_number(number, value)), instance);
  if (!finding) return false;
  return std::ranges::any_of(finding->conclusions, [&](const ConclusionFinding& c) {
    return c.conclusion.applies == Truth::yes && regime_of(c.conclusion.delta) == regime &&
           c.tightness && c.tightness->is_exact() && (*c.tightness == 1) == Truth::yes;
  });
}

/// What the ordinary check refutes at a number where an instance turns, by the solved claim. Both
/// sides are equal at a limit. The number stands in the claim once, below operations that are
/// injective, so that the claim is false between the limit and a number at which it is false.
void certify(NumberFinding& f, const Rational& turn, const Instance& instance,
             const std::string& origin) {
  if (turn <= 0) return;
  constexpr std::size_t few_bits = 40;
  const bool down = f.smaller_is_stronger;
  const Rational gap(1, 1 << 20);
  const Rational beside = turn * (down ? 1 - gap : 1 + gap);
  if (bit_size(turn) <= few_bits && is_equality(f.number, turn, instance, f.regime)) {
    f.by = disproof_by(with_number(f.number, beside), instance, origin);
    f.is_limit = f.by.has_value();
    if (f.is_limit) f.refuted = turn;
  }
  for (const int digits : {5, 3}) {
    if (f.by) return;
    const Rational value = short_number(turn, down, digits);
    f.by = disproof_by(with_number(f.number, value), instance, origin);
    if (f.by) f.refuted = value;
  }
}

/// The search for where a claim turns false earliest, on all instances or those of a slice.
class TurnSearch {
 public:
  TurnSearch(const Inquiry& inquiry, std::size_t index, const Slice* slice)
      : inquiry_(inquiry), solved_(inquiry.asked.solved[index]), slice_(slice) {
    for (std::size_t i = 0; i < inquiry.answers.size(); ++i) {
      if (!is_within(i)) continue;
      for (const auto& [regime, turn] : inquiry.answers[i].turns[index]) {
        keep_farthest(best_, regime, turn, down());
        order_.emplace_back(turn.at, i);
      }
    }
    for (const auto& [regime, turn] : best_) {
      const Trial& trial = inquiry.trial(turn.trial);
      witnesses_.try_emplace(regime, trial.origin, trial.instance);
    }
  }

  std::vector<NumberFinding> findings() {
    if (slice_ != nullptr && best_.empty()) return {};
    search();
    if (slice_ != nullptr) keep_the_farthest();
    std::vector<NumberFinding> found;
    for (const auto& [regime, turn] : best_) found.push_back(finding_at(regime, turn));
    if (found.empty()) found.push_back(unrefuted());
    return found;
  }

 private:
  bool down() const { return solved_.file.smaller_is_stronger; }
  const FileNumber& number() const { return inquiry_.asked.numbers[solved_.number]; }
  std::int64_t effort() const {
    return slice_ == nullptr ? inquiry_.request.effort : inquiry_.request.effort / share_of_a_slice;
  }

  bool is_within(std::size_t trial) const {
    if (slice_ == nullptr) return true;
    const auto at = static_cast<std::size_t>(slice_ - inquiry_.asked.slices.data());
    return inquiry_.answers[trial].is_within[at];
  }

  /// The solved claim, of the instances that are asked for.
  Statement claim(const Rational& at_most) const {
    TheoremFile file = solved_.file.with(at_most);
    if (slice_ != nullptr) file.hypotheses.push_back({"", slice_->condition, {}});
    return statement_of(file);
  }

  /// The farthest in each regime, then the next ones.
  std::vector<std::size_t> starts() {
    std::ranges::stable_sort(
        order_, [&](const auto& a, const auto& b) { return is_beyond(a.first, b.first, down()); });
    std::vector<std::size_t> trials;
    for (const auto& [regime, turn] : best_) trials.push_back(turn.trial);
    for (const auto& [at, i] : order_) {
      if (trials.size() >= most_starts_of_a_search) break;
      if (std::ranges::find(trials, i) == trials.end()) trials.push_back(i);
    }
    return trials;
  }

  void search() {
    // A bound that nothing known exceeds: the search drives the ratio to it towards 1.
    Rational bound = number().value;
    for (const auto& [regime, turn] : best_)
      if (is_beyond(turn.at, bound, down())) bound = down() ? 2 * turn.at : turn.at / 2;
    const SearchResult found = quick_search(claim(bound), inquiry_.instances_of(starts()), effort(),
                                            inquiry_.request.seed, false, search_families());
    // The gallery's own count as they are, however long their runs.
    std::vector<Instance> sharpest = gallery_instances(*inquiry_.request.theorem);
    const auto of_gallery = sharpest.size();
    for (const Sharpest& s : found.sharpest) sharpest.push_back(s.instance);
    if (found.counterexample) sharpest.push_back(*found.counterexample);
    const SolvedNumber within{solved_.number, solved_.file, claim(number().value)};
    for (std::size_t i = 0; i < sharpest.size(); ++i) {
      for (const auto& [regime, turn] : turns_on(within, sharpest[i])) {
        const auto known = best_.find(regime);
        if (known != best_.end() && !is_beyond(turn.at, known->second.at, down())) continue;
        best_[regime] = turn;
        witnesses_.insert_or_assign(regime,
                                    std::pair(i < of_gallery ? "gallery" : "search", sharpest[i]));
      }
    }
  }

  void keep_the_farthest() {
    const auto farthest = std::ranges::min_element(best_, [&](const auto& a, const auto& b) {
      return is_beyond(a.second.at, b.second.at, down());
    });
    best_ = {*farthest};
  }

  NumberFinding unrefuted() const {
    return {.number = number(),
            .slice = slice_ == nullptr ? "" : slice_->words,
            .smaller_is_stronger = down(),
            .unrefuted = number().value,
            .checks = effort()};
  }

  NumberFinding finding_at(Regime regime, const Turn& turn) const {
    const auto& [origin, instance] = witnesses_.at(regime);
    NumberFinding f = unrefuted();
    f.regime = regime;
    f.unrefuted = std::nullopt;
    certify(f, turn.at, instance, origin);
    const bool is_true_there = !is_beyond(turn.at, number().value, down());
    if (is_true_there) {
      f.unrefuted = number().value;
    } else if (f.by) {
      f.unrefuted = f.is_limit ? *f.refuted : short_number(turn.at, !down());
    }
    return f;
  }

  const Inquiry& inquiry_;
  const SolvedNumber& solved_;
  const Slice* slice_;
  Turns best_;
  std::vector<std::pair<Rational, std::size_t>> order_;
  std::map<Regime, std::pair<std::string, Instance>> witnesses_;
};

}  // namespace

TheoremFile with_number(const FileNumber& number, const Rational& value) {
  TheoremFile file = number.with(value);
  file.mutants.clear();
  return file;
}

std::vector<NumberFinding> best_of_solved(const Inquiry& inquiry, std::size_t index) {
  std::vector<NumberFinding> findings = TurnSearch(inquiry, index, nullptr).findings();
  for (const Slice& slice : inquiry.asked.slices)
    for (NumberFinding& f : TurnSearch(inquiry, index, &slice).findings())
      findings.push_back(std::move(f));
  return findings;
}

}  // namespace graddiv::workbench
