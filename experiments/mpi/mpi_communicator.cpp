#include "experiments/mpi/mpi_communicator.h"

#include <algorithm>
#include <exception>
#include <string>

#ifdef GRADDIV_HAS_MPI
#include <mpi.h>
#endif

namespace graddiv::experiments {

#ifdef GRADDIV_HAS_MPI

namespace {

void check(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  char text[MPI_MAX_ERROR_STRING];
  int length = 0;
  MPI_Error_string(code, text, &length);
  throw MpiError(std::string(call) + ": " + std::string(text, static_cast<std::size_t>(length)));
}

// MPI counts in int.
template <class T, class Function>
void in_chunks(std::span<T> numbers, Function&& call) {
  constexpr std::size_t most = 1U << 30U;
  for (std::size_t done = 0; done < numbers.size(); done += most) {
    const auto part = numbers.subspan(done, std::min(most, numbers.size() - done));
    call(part.data(), static_cast<int>(part.size()));
  }
}

constexpr int tag = 0;

}  // namespace

bool MpiCommunicator::is_built_in() { return true; }

MpiCommunicator::MpiCommunicator() : exceptions_(std::uncaught_exceptions()) {
  int is_used = 0;
  check(MPI_Initialized(&is_used), "MPI_Initialized");
  if (is_used != 0) throw MpiError("MPI is initialised once in a process");
  int provided = 0;
  check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
  check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
  check(MPI_Comm_rank(MPI_COMM_WORLD, &rank_), "MPI_Comm_rank");
  check(MPI_Comm_size(MPI_COMM_WORLD, &size_), "MPI_Comm_size");
  if (provided < MPI_THREAD_FUNNELED) throw MpiError("this MPI cannot be used with threads");
}

MpiCommunicator::~MpiCommunicator() {
  if (std::uncaught_exceptions() == exceptions_) MPI_Finalize();
}

void MpiCommunicator::send(int to, std::span<const double> numbers) {
  in_chunks(numbers, [to](const double* part, int count) {
    check(MPI_Send(part, count, MPI_DOUBLE, to, tag, MPI_COMM_WORLD), "MPI_Send");
  });
}

void MpiCommunicator::receive(int from, std::span<double> numbers) {
  in_chunks(numbers, [from](double* part, int count) {
    check(MPI_Recv(part, count, MPI_DOUBLE, from, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE),
          "MPI_Recv");
  });
}

void MpiCommunicator::broadcast(int from, std::span<double> numbers) {
  in_chunks(numbers, [from](double* part, int count) {
    check(MPI_Bcast(part, count, MPI_DOUBLE, from, MPI_COMM_WORLD), "MPI_Bcast");
  });
}

#else

bool MpiCommunicator::is_built_in() { return false; }
MpiCommunicator::MpiCommunicator() {
  throw MpiError("this graddiv was built without MPI (GRADDIV_WITH_MPI)");
}
MpiCommunicator::~MpiCommunicator() = default;
void MpiCommunicator::send(int, std::span<const double>) {}
void MpiCommunicator::receive(int, std::span<double>) {}
void MpiCommunicator::broadcast(int, std::span<double>) {}

#endif

}  // namespace graddiv::experiments
