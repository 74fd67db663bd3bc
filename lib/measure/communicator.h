#pragma once

#include <span>

namespace graddiv::measure {

/// What the ranks of a parallel computation, 0, …, size − 1, tell each other. All of them make the
/// same sequence of calls as far as it concerns them. Throws std::runtime_error where a rank is
/// lost.
class Communicator {
 public:
  virtual ~Communicator() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// To one other rank, which receives as many numbers. May wait for it.
  virtual void send(int to, std::span<const double> numbers) = 0;
  virtual void receive(int from, std::span<double> numbers) = 0;
  /// Afterwards all ranks have the numbers of one.
  virtual void broadcast(int from, std::span<double> numbers) = 0;
};

}  // namespace graddiv::measure
