#pragma once

#include <string>

namespace graddiv::cli {

/// While it lives, the first Ctrl-C or SIGTERM only sets a flag, so that what was begun can be
/// finished and written, and says so at once on standard error, with `how_to_resume` behind it; the
/// second ends the program there and then, with the exit code 130. One at a time.
class InterruptScope {
 public:
  explicit InterruptScope(const std::string& how_to_resume = "");
  ~InterruptScope();
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;

  static bool requested();
};

}  // namespace graddiv::cli
