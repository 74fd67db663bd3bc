#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>

namespace graddiv::experiments {

/// The user stopped it; nothing was written.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("interrupted") {}
};

/// Runs the parts of an experiment, which do not depend on each other, on several threads. Every
/// part writes to a place of its own, so results do not depend on the threads.
class Work {
 public:
  using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

  explicit Work(int threads, std::function<bool()> cancelled = {}, Progress progress = {});

  /// So many units of work are to come, in the parts of all calls of each().
  void expect(std::int64_t units) { total_ += units; }
  void did(std::int64_t units = 1);
  /// part(0), …, part(count − 1), in any order. What a part throws is thrown.
  void each(std::int64_t count, const std::function<void(std::int64_t)>& part);
  /// Throws Cancelled where the user asked for it: to be called every few milliseconds.
  void check() const;

 private:
  int threads_;
  std::function<bool()> cancelled_;
  Progress progress_;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<std::int64_t> total_ = 0;
  std::mutex reporting_;
};

}  // namespace graddiv::experiments
