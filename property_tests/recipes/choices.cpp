#include "property_tests/recipes/choices.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace graddiv {

struct Choices::State {
  std::optional<rc::Random> random;  // absent on replay
  int size = 0;
  Tape replayed;
  Tape made;
};

Choices::Choices(const rc::Random& random, int size) : state_(std::make_shared<State>()) {
  state_->random = random;
  state_->size = size;
}

Choices::Choices(Tape tape) : state_(std::make_shared<State>()) {
  state_->replayed = std::move(tape);
}

Choices::Choices(std::shared_ptr<State> state, std::size_t part)
    : state_(std::move(state)), part_(part) {}

Choices Choices::part(std::size_t number) const { return {state_, number}; }

const Choices::Tape& Choices::tape() const { return state_->made; }

long Choices::decide(long largest, bool sized) {
  Tape& made = state_->made;
  if (made.size() <= part_) made.resize(part_ + 1);
  std::vector<long>& decisions = made[part_];

  long decision = 0;
  if (state_->random) {
    // The full range from size 50 on, so that it is not met in the last case alone.
    const std::uint64_t percent = std::min(100, 10 + 2 * state_->size);
    const auto range = static_cast<std::uint64_t>(largest);
    const std::uint64_t reach = sized ? (range * percent + 99) / 100 : range;
    decision = static_cast<long>(state_->random->next() % (reach + 1));
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

namespace {

using Tape = Choices::Tape;

// The tapes tried, the simplest first: whole parts set to the simplest options, then every decision
// alone.
std::vector<Tape> simpler_tapes(const Tape& tape) {
  std::vector<Tape> result;
  for (std::size_t part = 0; part < tape.size(); ++part) {
    Tape simpler = tape;
    simpler[part].clear();
    result.push_back(std::move(simpler));
  }
  for (std::size_t part = 0; part < tape.size(); ++part) {
    for (std::size_t i = 0; i < tape[part].size(); ++i) {
      rc::seq::forEach(rc::shrink::towards<long>(tape[part][i], 0), [&](long smaller) {
        Tape simpler = tape;
        simpler[part][i] = smaller;
        result.push_back(std::move(simpler));
      });
    }
  }
  return result;
}

// Decisions only ever get smaller: a replay that follows a tape changed so is at most as large, and
// shrinking ends because those that are no smaller in sum are passed over.
long sum(const Tape& tape) {
  long result = 0;
  for (const auto& part : tape) {
    for (const long decision : part) result += decision;
  }
  return result;
}

rc::Seq<Tape> shrinks(const Recipe& recipe, const Tape& tape) {
  return rc::seq::mapMaybe(
      rc::seq::fromContainer(simpler_tapes(tape)), [recipe, tape](const Tape& simpler) {
        Choices choices(simpler);
        recipe(choices);
        return sum(choices.tape()) < sum(tape) ? rc::Maybe<Tape>(choices.tape()) : rc::Nothing;
      });
}

}  // namespace

rc::Gen<Instance> generator_of(Recipe recipe) {
  return [recipe = std::move(recipe)](const rc::Random& random, int size) {
    Choices choices(random, size);
    recipe(choices);
    return rc::shrinkable::map(
        rc::shrinkable::shrinkRecur(choices.tape(),
                                    [recipe](const Tape& tape) { return shrinks(recipe, tape); }),
        [recipe](const Tape& tape) { return recipe(Choices(tape)); });
  };
}

}  // namespace graddiv
