#include "campaign/foreman.h"

#include <charconv>
#include <utility>

#include "campaign/campaign_error.h"
#include "campaign/crew_words.h"

namespace graddiv {

Foreman::Foreman(Crew* crew, Crew::Channel channel, std::string plan,
                 std::function<std::optional<std::string>()> next,
                 std::function<void(std::string_view)> take)
    : crew_(crew),
      channel_(channel),
      plan_(std::move(plan)),
      next_(std::move(next)),
      take_(std::move(take)),
      working_(crew == nullptr ? 0 : crew->size() - 1) {}

void Foreman::attend() {
  if (crew_ == nullptr) return;
  while (const auto message = crew_->receive(channel_)) {
    const std::string_view rest = std::string_view(message->bytes).substr(1);
    switch (message->bytes.front()) {
      case crew_words::wanted:
        hand_out(message->from, rest);
        break;
      case crew_words::result:
        take_(rest);
        break;
      default:  // goodbye
        --working_;
    }
  }
}

void Foreman::hand_out(int to, std::string_view request) {
  int count = 0;
  const char* const end = request.data() + request.size();
  const char* const behind = std::from_chars(request.data(), end, count).ptr;
  const std::string_view plan =
      request.substr(static_cast<std::size_t>(behind - request.data()) + (behind == end ? 0 : 1));
  if (plan != plan_) {
    throw CampaignError("rank " + std::to_string(to) +
                        " is another graddiv, or has other examples, than rank 0");
  }
  for (int i = 0; i < count && !is_stopped_; ++i) {
    const auto task = next_();
    crew_->send(to, channel_, task ? crew_words::task + *task : std::string{crew_words::no_more});
    if (!task) return;
  }
}

void Foreman::stop() {
  if (crew_ == nullptr || is_stopped_) return;
  is_stopped_ = true;
  for (int rank = 1; rank < crew_->size(); ++rank) crew_->send(rank, channel_, {crew_words::stop});
}

}  // namespace graddiv
