#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace graddiv::workbench {

/// Which numbers of a campaign search for a sharp instance in place of having one. The j-th search,
/// j = 0, 1, …, spends e_j = 25, 50, 100, 200, 200, … checks, and comes as soon as these and all
/// before are no more than the share s of all checks: behind about (e_0 + … + e_j)(1 − s)/s other
/// numbers. Random instances alone let false claims live: the wrong ones are few.
class SearchSchedule {
 public:
  static constexpr int largest_percent = 60;
  /// A search looks at low precision first: two checks of its cost about as much as one other.
  static constexpr int default_percent = 40;
  /// The share in percent, 0 to 60; 0: no search at all.
  explicit SearchSchedule(int percent = default_percent) : percent_(percent) {}

  /// The search that a number ≥ 0 stands for; nothing for all other numbers.
  std::optional<std::int64_t> search_at(std::int64_t number) const;
  /// How many numbers below this one stand for no search.
  std::int64_t others_below(std::int64_t number) const;
  /// The checks of a search.
  static std::int64_t checks(std::int64_t search);

  /// For people: "20 % of the checks search for sharp instances".
  std::string in_words() const;

 private:
  std::int64_t searches_below(std::int64_t number) const;
  std::int64_t place(std::int64_t search) const;

  int percent_;
};

}  // namespace graddiv::workbench
