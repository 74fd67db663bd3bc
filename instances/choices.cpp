#include "instances/choices.h"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace graddiv {

struct Choices::State {
  std::optional<Source> source;  // absent on replay
  int size = 0;
  Tape replayed;
  Tape made;
};

Choices::Choices(const Source& source, int size) : state_(std::make_shared<State>()) {
  state_->source = source;
  state_->size = size;
}

Choices::Choices(Tape tape) : state_(std::make_shared<State>()) {
  state_->replayed = std::move(tape);
}

Choices::Choices(std::shared_ptr<State> state, std::size_t part)
    : state_(std::move(state)), part_(part) {}

Choices Choices::part(std::size_t number) const { return {state_, number}; }

const Choices::Tape& Choices::tape() const { return state_->made; }

namespace {

/// 64 random bits for a decision. Philox is a bijection of counters for every key: no two decisions
/// of a seed share theirs.
std::uint64_t random_bits(const Choices::Source& source, std::size_t part, std::size_t decision) {
  using Philox = r123::Philox4x64;
  const Philox::ctr_type bits =
      Philox()({{source.number, source.stream, part, decision / 4}}, {{source.seed, 0}});
  return bits[decision % 4];
}

}  // namespace

long Choices::decide(long largest, bool sized) {
  Tape& made = state_->made;
  if (made.size() <= part_) made.resize(part_ + 1);
  std::vector<long>& decisions = made[part_];

  long decision = 0;
  if (state_->source) {
    // The full range from size 30 on, so that it is not met in the last case alone.
    const std::uint64_t percent = std::min(100, 40 + 2 * state_->size);
    const auto range = static_cast<std::uint64_t>(largest);
    const std::uint64_t reach = sized ? (range * percent + 99) / 100 : range;
    decision =
        static_cast<long>(random_bits(*state_->source, part_, decisions.size()) % (reach + 1));
  } else if (part_ < state_->replayed.size() && decisions.size() < state_->replayed[part_].size()) {
    decision = std::min(largest, state_->replayed[part_][decisions.size()]);
  }
  decisions.push_back(decision);
  return decision;
}

long Choices::between(long simplest, long farthest) {
  if (simplest <= farthest) return simplest + decide(farthest - simplest, true);
  return simplest - decide(simplest - farthest, true);
}

bool Choices::once_in(long times) { return decide(times - 1, false) == times - 1; }

Rational Choices::rational() {
  if (once_in(5)) return one_of<Rational>({0, 1, -1});
  static const std::vector<Rational> values = [] {
    std::vector<Rational> result = {0};
    constexpr std::array<std::pair<int, int>, 15> by_simplicity{{{1, 1},
                                                                 {2, 1},
                                                                 {1, 2},
                                                                 {3, 1},
                                                                 {1, 3},
                                                                 {3, 2},
                                                                 {2, 3},
                                                                 {4, 1},
                                                                 {1, 4},
                                                                 {3, 4},
                                                                 {5, 1},
                                                                 {1, 5},
                                                                 {7, 2},
                                                                 {10, 1},
                                                                 {1, 10}}};
    for (const auto& [p, q] : by_simplicity) {
      result.push_back(Rational(p, q));
      result.push_back(Rational(-p, q));
    }
    return result;
  }();
  return values[static_cast<std::size_t>(up_to(static_cast<long>(values.size()) - 1))];
}

Rational Choices::positive() {
  if (once_in(5)) return 1;
  static const std::vector<Rational> values = {1,
                                               2,
                                               Rational(1, 2),
                                               3,
                                               Rational(1, 3),
                                               Rational(3, 2),
                                               Rational(2, 3),
                                               4,
                                               Rational(1, 4),
                                               Rational(3, 4),
                                               5,
                                               Rational(1, 5),
                                               10,
                                               Rational(1, 10)};
  return values[static_cast<std::size_t>(up_to(static_cast<long>(values.size()) - 1))];
}

long Choices::integer() {
  const long number = once_in(3) ? one_of<long>({0, 1, 2}) : up_to(10);
  return number % 2 == 1 ? (number + 1) / 2 : -number / 2;
}

Vector<Rational> Choices::vector(Eigen::Index length) {
  Vector<Rational> result(length);
  for (Rational& entry : result) entry = rational();
  return result;
}

Matrix<Rational> Choices::matrix(Eigen::Index rows, Eigen::Index columns) {
  Matrix<Rational> result(rows, columns);
  for (Eigen::Index i = 0; i < rows; ++i) {
    for (Eigen::Index j = 0; j < columns; ++j) result(i, j) = integer();
  }
  return result;
}

}  // namespace graddiv
