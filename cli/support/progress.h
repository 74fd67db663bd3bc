#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace graddiv::cli {

/// Estimates the time left from how fast things went lately: what a campaign begins with (the
/// worst cases) is slower than the rest.
class RemainingTime {
 public:
  using Seconds = std::chrono::duration<double>;
  /// At `now`, counted from any fixed moment, `done` of `total` are done. Nothing until there is
  /// something to estimate from.
  std::optional<Seconds> update(Seconds now, double done, double total);

 private:
  struct Sample {
    Seconds at;
    double done;
  };
  std::deque<Sample> samples_;
};

/// "0:42", "1:05:00"; rounded up to whole seconds.
std::string clock_text(std::chrono::duration<double> time);

/// A line on the terminal of standard error that is drawn over again and again. Where that is no
/// terminal, or `quiet`, it is never drawn. Colours only without NO_COLOR.
class ProgressBar {
 public:
  explicit ProgressBar(bool quiet);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  bool is_shown() const { return shown_; }
  void show(std::int64_t done, std::int64_t total, std::int64_t refuted);
  /// What the units cost, where they differ: the share that is done and the time left go by it.
  struct Costs {
    double done = 0;
    double total = 0;
    double found = 0;  ///< of `done`, that of an earlier run: it took no time
  };
  void show(std::int64_t done, std::int64_t total, std::int64_t refuted, const Costs& costs);
  /// Takes the line away.
  void clear();

 private:
  bool shown_ = false;
  bool colours_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  RemainingTime remaining_;
};

}  // namespace graddiv::cli
