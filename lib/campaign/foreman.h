#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "campaign/crew.h"

namespace graddiv {

/// Hands tasks out to all other ranks, as many as they ask for, and takes what came of them. A task
/// and a result are texts that mean something to those who make them.
class Foreman {
 public:
  /// `plan` is a fingerprint of what a task means: a helper with another one must not work. `next`
  /// gives tasks until it gives none. Without a crew there is nobody to attend to.
  Foreman(Crew* crew, Crew::Channel channel, std::string plan,
          std::function<std::optional<std::string>()> next,
          std::function<void(std::string_view result)> take);

  /// Answers all that has arrived; does not wait. Throws CampaignError for a helper with another
  /// plan.
  void attend();
  /// Helpers finish what they have begun, and drop the rest.
  void stop();
  /// Nobody works any more, and everything has been taken.
  bool is_done() const { return working_ == 0; }

 private:
  void hand_out(int to, std::string_view request);

  Crew* crew_;
  Crew::Channel channel_;
  std::string plan_;
  std::function<std::optional<std::string>()> next_;
  std::function<void(std::string_view)> take_;
  int working_;  // helpers that have not said goodbye
  bool is_stopped_ = false;
};

}  // namespace graddiv
