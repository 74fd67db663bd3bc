#include "measure/thread_communicator.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace graddiv::measure {
namespace {

/// The letters on their way, from whom to whom.
class Post {
 public:
  void send(int from, int to, std::span<const double> numbers) {
    const std::scoped_lock lock(mutex_);
    letters_[{from, to}].emplace_back(numbers.begin(), numbers.end());
    arrived_.notify_all();
  }

  void receive(int from, int to, std::span<double> numbers) {
    std::unique_lock lock(mutex_);
    auto& letters = letters_[{from, to}];
    arrived_.wait(lock, [&] { return !letters.empty() || error_; });
    if (letters.empty()) throw std::runtime_error("another rank has failed");
    if (letters.front().size() != numbers.size()) {
      throw std::logic_error("a message is as long as its receiver expects");
    }
    std::copy(letters.front().begin(), letters.front().end(), numbers.begin());
    letters.pop_front();
  }

  void fail(std::exception_ptr error) {
    const std::scoped_lock lock(mutex_);
    if (!error_) error_ = std::move(error);
    arrived_.notify_all();
  }
  const std::exception_ptr& error() const { return error_; }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<std::pair<int, int>, std::deque<std::vector<double>>> letters_;
  std::exception_ptr error_;
};

class ThreadCommunicator final : public Communicator {
 public:
  ThreadCommunicator(Post& post, int rank, int size) : post_(post), rank_(rank), size_(size) {}

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void send(int to, std::span<const double> numbers) override { post_.send(rank_, to, numbers); }
  void receive(int from, std::span<double> numbers) override {
    post_.receive(from, rank_, numbers);
  }
  void broadcast(int from, std::span<double> numbers) override {
    if (rank_ != from) return receive(from, numbers);
    for (int to = 0; to < size_; ++to) {
      if (to != from) send(to, numbers);
    }
  }

 private:
  Post& post_;
  int rank_;
  int size_;
};

}  // namespace

void run_on_threads(int size, const std::function<void(Communicator&)>& body) {
  if (size < 1) throw std::invalid_argument("there is at least one rank");
  Post post;
  {
    std::vector<std::jthread> threads;
    for (int rank = 0; rank < size; ++rank) {
      threads.emplace_back([&post, &body, rank, size] {
        try {
          ThreadCommunicator communicator(post, rank, size);
          body(communicator);
        } catch (...) {
          post.fail(std::current_exception());
        }
      });
    }
  }
  if (post.error()) std::rethrow_exception(post.error());
}

}  // namespace graddiv::measure
