#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <vector>

#include "linear/matrix.h"
#include "sgd/instance.h"

namespace graddiv {

/// Where a random instance takes its decisions from. Every decision is the number of an option,
/// counted from the simplest one, 0; the decisions made are recorded in a tape, so that a smaller
/// tape replayed gives a simpler instance: this is how instances shrink, whatever depends on what
/// while they are built.
class Choices {
 public:
  /// The decisions of each part, in the order made.
  using Tape = std::vector<std::vector<long>>;

  /// What random decisions are a function of, with the part and how many were made in it before.
  struct Source {
    std::uint64_t seed = 0;
    std::uint64_t stream = 0;  ///< say, of a class of instances
    std::uint64_t number = 0;  ///< of the instance
  };
  /// Random decisions; a small size (0 … 100) keeps them near the simplest ones.
  Choices(const Source& source, int size);
  /// Those on the tape: clipped where there are fewer options now, the simplest beyond its end.
  explicit Choices(Tape tape);

  /// The decisions of another part of the instance (1, 2, …; say, of one function). They do not
  /// move when other parts get longer or shorter, so that one part can shrink alone.
  Choices part(std::size_t number) const;

  long up_to(long largest) { return between(0, largest); }
  /// All numbers from the simplest one to the farthest one, which may be the smaller one.
  long between(long simplest, long farthest);
  /// True once in so many times; false is simpler.
  bool once_in(long times);
  /// True once in so many times; true is simpler: for corners, such as n = 1.
  bool rarely(long times) { return decide(times - 1, false) == 0; }
  /// Any option with equal probability; the first is the simplest.
  template <class T>
  T one_of(std::initializer_list<T> options) {
    return options.begin()[decide(static_cast<long>(options.size()) - 1, false)];
  }

  // Small rationals in the order of simplicity. Every fourth or so is 0 or ±1.
  Rational rational();                           ///< 0, 1, −1, 2, −2, 1/2, …
  Rational positive();                           ///< 1, 2, 1/2, 3, …
  long integer();                                ///< 0, 1, −1, 2, −2, … up to ±5
  Vector<Rational> vector(Eigen::Index length);  ///< of rational()
  Matrix<Rational> matrix(Eigen::Index rows, Eigen::Index columns);  ///< of integer()

  const Tape& tape() const;

 private:
  struct State;
  Choices(std::shared_ptr<State> state, std::size_t part);
  long decide(long largest, bool sized);

  std::shared_ptr<State> state_;
  std::size_t part_ = 0;
};

}  // namespace graddiv
