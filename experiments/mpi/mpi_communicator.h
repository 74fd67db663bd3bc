#pragma once

#include <stdexcept>

#include "measure/communicator.h"

namespace graddiv::experiments {

/// MPI is not built in, or it failed; `what()` is meant for the user.
class MpiError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The ranks that mpirun has started, this process among them; one where it was started without.
/// MPI is initialised while this lives: there can be one in a process, once. Where it dies by an
/// exception MPI is left as it is, so that mpirun ends the other ranks, which would wait for ever.
/// To be used from the thread that made it. Throws MpiError.
class MpiCommunicator final : public measure::Communicator {
 public:
  MpiCommunicator();
  ~MpiCommunicator() override;
  MpiCommunicator(const MpiCommunicator&) = delete;
  MpiCommunicator& operator=(const MpiCommunicator&) = delete;

  static bool is_built_in();

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void send(int to, std::span<const double> numbers) override;
  void receive(int from, std::span<double> numbers) override;
  void broadcast(int from, std::span<double> numbers) override;

 private:
  [[maybe_unused]] int exceptions_ = 0;  // under way when it was made
  int rank_ = 0;
  int size_ = 1;
};

}  // namespace graddiv::experiments
