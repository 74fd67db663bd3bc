#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace graddiv::experiments {

class Journal;

/// The user stopped it; no results were written.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("interrupted") {}
};

using Numbers = std::vector<double>;

/// A part of an experiment that is made in one go, and recorded when it is finished.
struct Unit {
  std::string name;  ///< one line without a tab that tells it from all others of the experiment
  double cost = 1;   ///< in proportion to its time, about
};

/// How far the work is. Costs are those of units.
struct WorkProgress {
  std::int64_t done = 0;  ///< units
  std::int64_t total = 0;
  double cost_done = 0;
  double cost_total = 0;
  double cost_found = 0;  ///< of what is done, that of an earlier run
};

/// Runs the parts of an experiment, which do not depend on each other, on several threads. Every
/// part writes to a place of its own, so results do not depend on the threads.
class Work {
 public:
  using Progress = std::function<void(const WorkProgress&)>;

  /// Without a journal nothing is recorded.
  explicit Work(int threads, std::function<bool()> cancelled = {}, Progress progress = {},
                Journal* journal = nullptr);

  /// So many units of this cost are to come, in all calls of numbers(); less than none: they are
  /// not.
  void expect(std::int64_t units, double cost = 1);
  /// The numbers of a unit: those of the journal, where it was finished before; else those that
  /// `compute` gives, recorded when this returns. Throws Cancelled where the user asked for it
  /// before it was begun.
  Numbers numbers(const Unit& unit, const std::function<Numbers()>& compute);
  /// part(0), …, part(count − 1), in any order. What a part throws is thrown.
  void each(std::int64_t count, const std::function<void(std::int64_t)>& part);
  /// Throws Cancelled where the user asked for it.
  void check() const;

 private:
  int threads_;
  std::function<bool()> cancelled_;
  Progress progress_;
  Journal* journal_;
  std::mutex mutex_;  // guards what follows
  WorkProgress standing_;
};

}  // namespace graddiv::experiments
