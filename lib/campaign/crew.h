#pragma once

#include <optional>
#include <string>

namespace graddiv {

/// The processes that make a campaign together: rank 0 plans and writes, the others help. Used by
/// one thread of each.
class Crew {
 public:
  struct Message {
    int from = 0;
    std::string bytes;
  };
  /// Messages of one channel say nothing of another: a stage of the campaign each.
  enum class Channel { checks = 1, parts = 2 };

  virtual ~Crew() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// Does not wait for the other. What one rank sends to another arrives in its order.
  virtual void send(int to, Channel channel, std::string bytes) = 0;
  /// The next message, if one has arrived.
  virtual std::optional<Message> receive(Channel channel) = 0;
};

}  // namespace graddiv
