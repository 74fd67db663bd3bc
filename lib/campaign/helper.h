#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "campaign/crew.h"

namespace graddiv {

/// The other end of a Foreman: tasks from rank 0, and what came of them back to it.
class Helper {
 public:
  /// Keeps so many tasks at hand, so that nobody waits for the foreman.
  Helper(Crew& crew, Crew::Channel channel, std::string plan, std::size_t at_hand);

  /// A task, waiting for one; nothing at the end. For any thread.
  std::optional<std::string> next();
  /// Whether the foreman wants nothing any more that was not begun. For any thread.
  bool is_stopped();

  // For the thread that uses the crew:
  /// Takes all that has arrived and asks for more; does not wait.
  void attend();
  void send(std::string_view result);
  /// Nobody takes tasks any more, and all results are sent.
  void say_goodbye();
  /// `next` gives nothing from now on, whatever the foreman says.
  void close();

 private:
  Crew& crew_;
  Crew::Channel channel_;
  std::string plan_;
  std::size_t at_hand_;
  std::size_t asked_for_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable news_;
  std::deque<std::string> tasks_;
  bool is_closed_ = false;
  bool is_stopped_ = false;
};

}  // namespace graddiv
