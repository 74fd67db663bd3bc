#include "workbench/plan.h"

#include <Random123/philox.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "campaign/mutants.h"
#include "constructions/catalogue.h"
#include "workbench/fingerprint.h"
#include "workbench/inputs.h"
#include "workbench/sharp_instance.h"

namespace graddiv::workbench {

namespace fs = std::filesystem;

namespace {

// Of every five numbers one has a given instance as long as there are any. Which one differs from
// five to five, and of every fifty numbers each is given once modulo 10: else a shard, which has
// the numbers in steps of n, could get nothing else, or none.
std::int64_t given_of_five(std::int64_t which_five) {
  const std::int64_t fifty = which_five / 10;
  const auto bits = r123::Philox2x64()(
      {{static_cast<std::uint64_t>(fifty), static_cast<std::uint64_t>(which_five % 2)}}, {{0}})[0];
  const auto slope = static_cast<std::int64_t>(1 + bits % 4);
  return (slope * (which_five % 10 / 2) + static_cast<std::int64_t>(bits / 4 % 5)) % 5;
}

std::int64_t given_below(std::int64_t number) {
  return number / 5 + (given_of_five(number / 5) < number % 5 ? 1 : 0);
}

/// How many numbers below this one are draws, of a theorem with so many given instances.
std::int64_t drawn_below(std::int64_t number, std::size_t all_given) {
  return number - std::min(given_below(number), static_cast<std::int64_t>(all_given));
}

/// The last n ≥ 0 with count(n) = value: the place of the value-th of those that `count` counts
/// below n. It grows by 0 or 1 from n to n + 1, and by 1 or more in every five.
template <class Count>
std::int64_t last_where(const Count& count, std::int64_t value) {
  std::int64_t low = value;             // count(low) ≤ value
  std::int64_t high = 5 * (value + 1);  // count(high) > value
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (count(middle) <= value ? low : high) = middle;
  }
  return low;
}

std::vector<Planned> witnesses_of(const Theorem& theorem) {
  std::vector<Planned> witnesses;
  for (const auto& mutant : theorem.mutants) {
    if (mutant.witness.empty()) break;  // the last ones: none is known
    witnesses.push_back({"witness: " + theorem.id + "/" + mutant.id,
                         witness_of(mutant, families_and_constructions())});
  }
  return witnesses;
}

}  // namespace

VerificationPlan::VerificationPlan(const std::vector<const Theorem*>& theorems,
                                   const std::vector<std::string>& example_files,
                                   std::uint64_t seed, SearchSchedule schedule)
    : seed_(seed), schedule_(schedule) {
  for (const auto& construction : constructions()) {
    for (const auto& showcase : construction.showcases) {
      shared_.push_back({"construction: " + construction.id, construction.instance(showcase)});
    }
  }
  for (const auto& file : example_files) {
    shared_.push_back({"example: " + fs::path(file).stem().string(), read_instance_file(file)});
  }
  for (const auto* theorem : theorems) witnesses_[theorem->id] = witnesses_of(*theorem);

  Fingerprint fingerprint;
  fingerprint.add(in_words());
  for (const auto& planned : shared_) {
    fingerprint.add(planned.origin);
    fingerprint.add(to_text(planned.instance));
  }
  fingerprint_ = fingerprint.text();
}

std::optional<VerificationPlan::Source> VerificationPlan::source(const Theorem& theorem,
                                                                 std::int64_t place) const {
  const std::size_t all_given = shared_.size() + witnesses_.at(theorem.id).size();
  const auto at = static_cast<std::size_t>(given_below(place));
  const bool is_given = given_below(place + 1) > given_below(place) && at < all_given;
  if (is_given && at < shared_.size()) return Source{Source::Kind::shared, at};
  if (is_given) return Source{Source::Kind::witness, at - shared_.size()};
  const std::size_t classes = theorem.drawn_from.size();
  if (classes == 0) return std::nullopt;
  const auto drawn = static_cast<std::size_t>(drawn_below(place, all_given));
  return Source{Source::Kind::draw, drawn / classes, &theorem.drawn_from[drawn % classes]};
}

Planned VerificationPlan::make(const Theorem& theorem, const Source& source) const {
  if (source.kind == Source::Kind::shared) return shared_[source.at];
  if (source.kind == Source::Kind::witness) return witnesses_.at(theorem.id)[source.at];
  return {"random: " + source.drawn_from->name,
          source.drawn_from->instance(seed_, static_cast<std::int64_t>(source.at))};
}

std::vector<std::int64_t> VerificationPlan::same_places(const Theorem& theorem, std::int64_t place,
                                                        const Theorem& other) const {
  const auto wanted = source(theorem, place);
  if (!wanted) return {};
  const auto given = [](std::size_t at) {
    return last_where([](std::int64_t n) { return given_below(n); }, static_cast<std::int64_t>(at));
  };
  std::vector<std::int64_t> places;
  if (wanted->kind == Source::Kind::shared) {
    places.push_back(given(wanted->at));
  } else if (wanted->kind == Source::Kind::witness) {
    // Many mutants of one theorem, and of others, have one witness.
    const std::string& witness = theorem.mutants[wanted->at].witness;
    for (std::size_t own = 0; own < other.mutants.size(); ++own) {
      if (other.mutants[own].witness == witness) places.push_back(given(shared_.size() + own));
    }
  } else if (!wanted->drawn_from->is_as_registered) {
    if (theorem.id == other.id) places.push_back(place);
  } else {
    const std::size_t all_given = shared_.size() + witnesses_.at(other.id).size();
    const std::size_t classes = other.drawn_from.size();
    for (std::size_t i = 0; i < classes; ++i) {
      const DrawnFrom& own = other.drawn_from[i];
      if (!own.is_as_registered || own.registered != wanted->drawn_from->registered) continue;
      places.push_back(last_where([&](std::int64_t n) { return drawn_below(n, all_given); },
                                  static_cast<std::int64_t>(wanted->at * classes + i)));
    }
  }
  return places;
}

std::optional<Planned> VerificationPlan::at(const Theorem& theorem, std::int64_t number,
                                            const std::function<bool()>& is_over) const {
  if (const auto search = schedule_.search_at(number)) {
    return find_sharp_instance(theorem, seed_, *search, SearchSchedule::checks(*search), is_over);
  }
  const auto found = source(theorem, schedule_.others_below(number));
  return found ? std::optional(make(theorem, *found)) : std::nullopt;
}

std::vector<std::int64_t> VerificationPlan::same(const Theorem& theorem, std::int64_t number,
                                                 const Theorem& other) const {
  using Numbers = std::vector<std::int64_t>;
  if (schedule_.search_at(number)) return theorem.id == other.id ? Numbers{number} : Numbers{};
  Numbers numbers = same_places(theorem, schedule_.others_below(number), other);
  for (std::int64_t& n : numbers) {
    n = last_where([&](std::int64_t m) { return schedule_.others_below(m); }, n);
  }
  return numbers;
}

const std::string& VerificationPlan::shares_in_words() {
  static const std::string words =
      "of every 5 instances 4 are random and 1 is a worst case, an example or the witness of a "
      "mutant, until these are used up; then all are random";
  return words;
}

std::string VerificationPlan::in_words() const {
  return shares_in_words() + "; " + schedule_.in_words();
}

Plan VerificationPlan::plan() const {
  return {[this](const Theorem& theorem, std::int64_t number,
                 const std::function<bool()>& is_over) { return at(theorem, number, is_over); },
          [this](const Theorem& theorem, std::int64_t number, const Theorem& other) {
            return same(theorem, number, other);
          }};
}

}  // namespace graddiv::workbench
