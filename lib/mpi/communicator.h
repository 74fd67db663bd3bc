#pragma once

#include <memory>
#include <stdexcept>

#include "campaign/crew.h"
#include "measure/communicator.h"

namespace graddiv::mpi {

/// MPI is not built in, or it failed; `what()` is meant for the user.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The ranks that mpirun has started, this process among them; one where it was started without.
/// MPI is initialised while this lives: there can be one in a process, once. Where it dies by an
/// exception MPI is left as it is, so that mpirun ends the other ranks, which would wait for ever.
/// To be used from the thread that made it. Throws Error.
class Communicator final : public measure::Communicator, public Crew {
 public:
  Communicator();
  ~Communicator() override;
  Communicator(const Communicator&) = delete;
  Communicator& operator=(const Communicator&) = delete;

  static bool is_built_in();
  /// Whether mpirun has started this process beside others, as far as its environment tells.
  static bool is_one_of_several();

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void send(int to, std::span<const double> numbers) override;
  void receive(int from, std::span<double> numbers) override;
  void broadcast(int from, std::span<double> numbers) override;

  void send(int to, Channel channel, std::string bytes) override;
  std::optional<Message> receive(Channel channel) override;

 private:
  [[maybe_unused]] int exceptions_ = 0;  // under way when it was made
  int rank_ = 0;
  int size_ = 1;
  struct Sending;  // messages that are under way
  std::unique_ptr<Sending> sending_;
};

}  // namespace graddiv::mpi
