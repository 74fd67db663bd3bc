#include "cli/support/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace graddiv::cli {

namespace {

using namespace std::chrono_literals;

// Older samples say nothing about the speed of now; but a few units do not either, where each takes
// long and some take longer than others.
constexpr RemainingTime::Seconds memory = 20s;
constexpr std::size_t fewest = 16;

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

int terminal_width() {
  winsize size{};
  constexpr int fallback = 80;
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : fallback;
}

}  // namespace

std::optional<RemainingTime::Seconds> RemainingTime::update(Seconds now, double done,
                                                            double total) {
  samples_.push_back({now, done});
  while (samples_.size() > fewest && now - samples_[1].at >= memory) samples_.pop_front();
  const Sample& first = samples_.front();
  if (done >= total) return 0s;
  if (done <= first.done || now - first.at < 1s) return std::nullopt;
  return (now - first.at) * ((total - done) / (done - first.done));
}

std::string clock_text(std::chrono::duration<double> time) {
  const auto seconds = static_cast<std::int64_t>(std::ceil(time.count()));
  const auto h = seconds / 3600;
  const auto m = seconds / 60 % 60;
  const auto s = seconds % 60;
  return h > 0 ? fmt::format("{}:{:02}:{:02}", h, m, s) : fmt::format("{}:{:02}", m, s);
}

ProgressBar::ProgressBar(bool quiet) {
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  shown_ = !quiet && !dumb && isatty(STDERR_FILENO) == 1;
  colours_ = shown_ && !is_set("NO_COLOR");
}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::show(std::int64_t done, std::int64_t total, std::int64_t refuted) {
  show(done, total, refuted, {static_cast<double>(done), static_cast<double>(total), 0});
}

void ProgressBar::show(std::int64_t done, std::int64_t total, std::int64_t refuted,
                       const Costs& costs) {
  if (!shown_) return;
  const auto left = remaining_.update(std::chrono::steady_clock::now() - start_,
                                      costs.done - costs.found, costs.total - costs.found);
  const double share = costs.total == 0 ? 1 : costs.done / costs.total;
  std::string text = fmt::format(" {}/{}  {:.0f} %", done, total, std::floor(100 * share));
  text += left ? fmt::format("  {} left", clock_text(*left)) : "  …";
  std::string alarm = refuted == 0 ? "" : fmt::format("  {} refuted", refuted);

  // One column less than there are, or some terminals begin a new line.
  constexpr int widest_bar = 40;
  const int room = terminal_width() - 3 - static_cast<int>(text.size() + alarm.size());
  const int width = std::clamp(room, 0, widest_bar);
  const int filled = static_cast<int>(share * width);
  if (colours_ && refuted > 0) alarm = "\x1b[31m" + alarm + "\x1b[0m";
  fmt::print(stderr, "\r[{:#<{}}{:-<{}}]{}{}\x1b[K", "", filled, "", width - filled, text, alarm);
  std::fflush(stderr);
}

void ProgressBar::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace graddiv::cli
