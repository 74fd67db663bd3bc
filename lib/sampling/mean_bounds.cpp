#include "sampling/mean_bounds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "number/enclosure.h"
#include "number/exact.h"

namespace graddiv {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::int64_t bet_unit = 1024;
constexpr std::int64_t largest_bet = 768;

Rational rational(Wide x) {
  constexpr unsigned half = 64;
  const Integer high = static_cast<std::uint64_t>(x >> half);
  return Rational(Integer((high << half) + static_cast<std::uint64_t>(x)));
}

/// ψ(λ) in units of 2^−30, rounded up, for λ = 0, 1/1024, …, 3/4.
const std::array<std::int64_t, largest_bet + 1>& costs() {
  static const auto table = [] {
    std::array<std::int64_t, largest_bet + 1> result{};
    for (std::int64_t bet = 1; bet <= largest_bet; ++bet) {
      const Enclosure lambda = Enclosure(bet) / bet_unit;
      const Rational cost = upper_end(-log(1 - lambda) - lambda) * MeanBounds::unit;
      result[static_cast<std::size_t>(bet)] =
          static_cast<std::int64_t>(Integer(numerator(cost) / denominator(cost))) + 1;
    }
    return result;
  }();
  return table;
}

}  // namespace

MeanBounds::MeanBounds(const MeanLevel& level) : planned_(level.runs) {
  if (level.alpha <= 0 || level.alpha >= 1)
    throw std::invalid_argument("a level lies between 0 and 1");
  if (level.runs < 1) throw std::invalid_argument("mean bounds need at least one number");
  needed_ = upper_end(log(enclose(Rational(1 / level.alpha))));
  log_level_ = static_cast<double>(needed_);
  choose_bet();
}

void MeanBounds::add(std::span<const std::int64_t> numbers) {
  while (!numbers.empty()) {
    const auto room = static_cast<std::size_t>(end_of_block_ - count_);
    const auto some = numbers.first(std::min(room, numbers.size()));
    std::int64_t sum = 0;
    Squares squares = 0;
    for (const std::int64_t x : some) {
      const std::int64_t off = x - middle_;
      sum += x;
      squares += static_cast<Squares>(off * off);
    }
    sum_ += sum;
    squares_ += squares;
    count_ += static_cast<std::int64_t>(some.size());
    if (count_ == end_of_block_) end_block();
    numbers = numbers.subspan(some.size());
  }
}

// λ = √(2 log(1/α)/(σ² planned)), with the variance seen so far and one number more at the largest
// variance there is.
void MeanBounds::choose_bet() {
  double variance = 0.25;
  if (count_ > 0) {
    middle_ = seen_sum_ / count_;
    const auto seen = static_cast<double>(count_);
    const double mean = static_cast<double>(seen_sum_) / seen / static_cast<double>(unit);
    const double square = static_cast<double>(seen_squares_) / seen * 0x1p-60;
    variance = (0.25 + seen * std::max(0.0, square - mean * mean)) / (seen + 1);
  }
  const double best = std::sqrt(2 * log_level_ / (variance * static_cast<double>(planned_)));
  bet_ = static_cast<std::int64_t>(std::clamp(std::ceil(best * static_cast<double>(bet_unit)), 1.0,
                                              static_cast<double>(largest_bet)));
  cost_ = costs()[static_cast<std::size_t>(bet_)];
}

void MeanBounds::end_block() {
  if (count_ >= most) throw std::length_error("more numbers than mean bounds can add up");
  const std::int64_t length = count_ - before_;
  bets_ += bet_ * length;
  won_ += static_cast<Signed>(bet_) * sum_;
  spread_ += static_cast<Squares>(cost_) * squares_;
  seen_sum_ += sum_;
  // Σ X² = Σ (X − μ)² + 2μ Σ X − μ² length
  seen_squares_ += static_cast<Signed>(squares_) + 2 * static_cast<Signed>(middle_) * sum_ -
                   static_cast<Signed>(middle_) * middle_ * length;
  before_ = count_;
  sum_ = 0;
  squares_ = 0;
  end_of_block_ = 2 * count_;
  choose_bet();
}

MeanBounds::Bounds MeanBounds::bounds() const {
  const std::int64_t bets = bets_ + bet_ * (count_ - before_);
  if (bets == 0) return {0, 1};
  const Rational units = Rational(unit) * bet_unit;
  const Rational won = rational(static_cast<Wide>(won_ + static_cast<Signed>(bet_) * sum_)) / units;
  const Rational cubed = Rational(unit) * unit * unit;
  const Rational spread =
      rational(spread_ + static_cast<Squares>(cost_) * squares_) / cubed + needed_;
  const Rational total = Rational(bets) / bet_unit;
  return {std::max(Rational(0), Rational((won - spread) / total)),
          std::min(Rational(1), Rational((won + spread) / total))};
}

}  // namespace graddiv
