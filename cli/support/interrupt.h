#pragma once

namespace graddiv::cli {

/// While it lives, the first Ctrl-C or SIGTERM only sets a flag, so that what was begun can be
/// finished and written; the second ends the program at once.
class InterruptScope {
 public:
  InterruptScope();
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

  static bool requested();
};

}  // namespace graddiv::cli
