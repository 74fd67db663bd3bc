#include "mpi/communicator.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <exception>
#include <limits>
#include <list>
#include <string>
#include <string_view>
#include <utility>

#ifdef GRADDIV_HAS_MPI
#include <mpi.h>
#endif

namespace graddiv::mpi {

// Open MPI; MPICH and Intel MPI.
bool Communicator::is_one_of_several() {
  for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr) continue;
    const std::string_view text(value);
    int size = 1;
    std::from_chars(text.data(), text.data() + text.size(), size);
    if (size > 1) return true;
  }
  return false;
}

#ifdef GRADDIV_HAS_MPI

namespace {

void check(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  char text[MPI_MAX_ERROR_STRING];
  int length = 0;
  MPI_Error_string(code, text, &length);
  throw Error(std::string(call) + ": " + std::string(text, static_cast<std::size_t>(length)));
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

constexpr int tag = 0;  // of numbers; channels have their own from 1 on

}  // namespace

struct Communicator::Sending {
  struct One {
    std::string bytes;
    MPI_Request request = MPI_REQUEST_NULL;
  };
  std::list<One> all;  // MPI reads the bytes where they are

  void forget_those_that_are_there() {
    std::erase_if(all, [](One& one) {
      int is_there = 0;
      check(MPI_Test(&one.request, &is_there, MPI_STATUS_IGNORE), "MPI_Test");
      return is_there != 0;
    });
  }
};

bool Communicator::is_built_in() { return true; }

Communicator::Communicator()
    : exceptions_(std::uncaught_exceptions()), sending_(std::make_unique<Sending>()) {
  int is_used = 0;
  check(MPI_Initialized(&is_used), "MPI_Initialized");
  if (is_used != 0) throw Error("MPI is initialised once in a process");
  int provided = 0;
  check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided), "MPI_Init_thread");
  check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
  check(MPI_Comm_rank(MPI_COMM_WORLD, &rank_), "MPI_Comm_rank");
  check(MPI_Comm_size(MPI_COMM_WORLD, &size_), "MPI_Comm_size");
  if (provided < MPI_THREAD_FUNNELED) throw Error("this MPI cannot be used with threads");
}

Communicator::~Communicator() {
  if (std::uncaught_exceptions() != exceptions_) return;
  for (auto& one : sending_->all) MPI_Wait(&one.request, MPI_STATUS_IGNORE);
  MPI_Finalize();
}

void Communicator::send(int to, std::span<const double> numbers) {
  in_chunks(numbers, [to](const double* part, int count) {
    check(MPI_Send(part, count, MPI_DOUBLE, to, tag, MPI_COMM_WORLD), "MPI_Send");
  });
}

void Communicator::receive(int from, std::span<double> numbers) {
  in_chunks(numbers, [from](double* part, int count) {
    check(MPI_Recv(part, count, MPI_DOUBLE, from, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE),
          "MPI_Recv");
  });
}

void Communicator::broadcast(int from, std::span<double> numbers) {
  in_chunks(numbers, [from](double* part, int count) {
    check(MPI_Bcast(part, count, MPI_DOUBLE, from, MPI_COMM_WORLD), "MPI_Bcast");
  });
}

void Communicator::send(int to, Channel channel, std::string bytes) {
  sending_->forget_those_that_are_there();
  auto& one = sending_->all.emplace_back(Sending::One{std::move(bytes)});
  if (one.bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Error("a message of more than 2 GB");
  }
  check(MPI_Isend(one.bytes.data(), static_cast<int>(one.bytes.size()), MPI_BYTE, to,
                  static_cast<int>(channel), MPI_COMM_WORLD, &one.request),
        "MPI_Isend");
}

std::optional<Crew::Message> Communicator::receive(Channel channel) {
  sending_->forget_those_that_are_there();
  int has_arrived = 0;
  MPI_Status status;
  check(
      MPI_Iprobe(MPI_ANY_SOURCE, static_cast<int>(channel), MPI_COMM_WORLD, &has_arrived, &status),
      "MPI_Iprobe");
  if (has_arrived == 0) return std::nullopt;
  int size = 0;
  check(MPI_Get_count(&status, MPI_BYTE, &size), "MPI_Get_count");
  Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
  check(MPI_Recv(message.bytes.data(), size, MPI_BYTE, status.MPI_SOURCE, static_cast<int>(channel),
                 MPI_COMM_WORLD, MPI_STATUS_IGNORE),
        "MPI_Recv");
  return message;
}

#else

struct Communicator::Sending {};
bool Communicator::is_built_in() { return false; }
Communicator::Communicator() {
  throw Error("this graddiv was built without MPI (GRADDIV_WITH_MPI)");
}
Communicator::~Communicator() = default;
void Communicator::send(int, std::span<const double>) {}
void Communicator::receive(int, std::span<double>) {}
void Communicator::broadcast(int, std::span<double>) {}
void Communicator::send(int, Channel, std::string) {}
std::optional<Crew::Message> Communicator::receive(Channel) { return std::nullopt; }

#endif

}  // namespace graddiv::mpi
