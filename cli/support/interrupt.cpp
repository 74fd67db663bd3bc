#include "cli/support/interrupt.h"

#include <array>
#include <atomic>
#include <csignal>

namespace graddiv::cli {

namespace {

constexpr std::array signals{SIGINT, SIGTERM};
std::array<struct sigaction, signals.size()> former;

// Lock-free, hence safe in a signal handler.
std::atomic<bool> flag = false;
static_assert(std::atomic<bool>::is_always_lock_free);

}  // namespace

InterruptScope::InterruptScope() {
  flag = false;
  struct sigaction action {};
  action.sa_handler = [](int) { flag = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &former[i]);
}

InterruptScope::~InterruptScope() {
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &former[i], nullptr);
}

bool InterruptScope::requested() { return flag; }

}  // namespace graddiv::cli
