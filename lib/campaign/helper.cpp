#include "campaign/helper.h"

#include <utility>

#include "campaign/crew_words.h"

namespace graddiv {

Helper::Helper(Crew& crew, Crew::Channel channel, std::string plan, std::size_t at_hand)
    : crew_(crew), channel_(channel), plan_(std::move(plan)), at_hand_(at_hand) {}

std::optional<std::string> Helper::next() {
  std::unique_lock lock(mutex_);
  news_.wait(lock, [&] { return is_closed_ || !tasks_.empty(); });
  if (tasks_.empty()) return std::nullopt;
  std::string task = std::move(tasks_.front());
  tasks_.pop_front();
  return task;
}

bool Helper::is_stopped() {
  const std::lock_guard lock(mutex_);
  return is_stopped_;
}

void Helper::attend() {
  const std::lock_guard lock(mutex_);
  while (auto message = crew_.receive(channel_)) {
    switch (message->bytes.front()) {
      case crew_words::task:
        tasks_.push_back(message->bytes.substr(1));
        --asked_for_;
        break;
      case crew_words::stop:
        tasks_.clear();
        is_stopped_ = true;
        [[fallthrough]];
      default:  // no more
        is_closed_ = true;
    }
    news_.notify_all();
  }
  const std::size_t coming = tasks_.size() + asked_for_;
  if (is_closed_ || 2 * coming > at_hand_) return;
  crew_.send(0, channel_, crew_words::wanted + std::to_string(at_hand_ - coming) + " " + plan_);
  asked_for_ += at_hand_ - coming;
}

void Helper::send(std::string_view result) {
  crew_.send(0, channel_, crew_words::result + std::string(result));
}

void Helper::say_goodbye() { crew_.send(0, channel_, {crew_words::goodbye}); }

void Helper::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  tasks_.clear();
  news_.notify_all();
}

}  // namespace graddiv
