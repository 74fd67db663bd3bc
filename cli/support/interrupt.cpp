#include "cli/support/interrupt.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "cli/command.h"

namespace graddiv::cli {

namespace {

constexpr std::array signals{SIGINT, SIGTERM};
std::array<struct sigaction, signals.size()> former;

// Lock-free, hence safe in a signal handler.
std::atomic<bool> flag = false;
static_assert(std::atomic<bool>::is_always_lock_free);
std::string message;  // made before the handler is, and left alone while it is

// Only what a handler may do: no buffered output, and an end without destructors, which may be
// running or hold locks. A store is whole whenever its process ends.
void on_signal(int) {
  if (flag.exchange(true)) _exit(interrupted);
  const int error = errno;
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message.data(), message.size());
  errno = error;
}

}  // namespace

InterruptScope::InterruptScope(const std::string& how_to_resume) {
  flag = false;
  message = "\ngraddiv: interrupted, what was begun is being finished; once more stops at once" +
            (how_to_resume.empty() ? "" : "; " + how_to_resume) + "\n";
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &former[i]);
}

InterruptScope::~InterruptScope() {
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &former[i], nullptr);
}

bool InterruptScope::requested() { return flag; }

}  // namespace graddiv::cli
