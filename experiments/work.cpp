#include "experiments/work.h"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include "experiments/journal.h"

namespace graddiv::experiments {

Work::Work(int threads, std::function<bool()> cancelled, Progress progress, Journal* journal)
    : threads_(threads),
      cancelled_(std::move(cancelled)),
      progress_(std::move(progress)),
      journal_(journal) {}

void Work::expect(std::int64_t units, double cost) {
  const std::lock_guard lock(mutex_);
  standing_.total += units;
  standing_.cost_total += static_cast<double>(units) * cost;
  if (progress_) progress_(standing_);
}

Numbers Work::numbers(const Unit& unit, const std::function<Numbers()>& compute) {
  auto found = journal_ == nullptr ? std::nullopt : journal_->find(unit.name);
  const bool is_new = !found;
  if (is_new) {
    check();
    found = compute();
    if (journal_ != nullptr) journal_->add(unit.name, *found);
  }
  const std::lock_guard lock(mutex_);
  ++standing_.done;
  standing_.cost_done += unit.cost;
  if (!is_new) standing_.cost_found += unit.cost;
  if (progress_) progress_(standing_);
  return std::move(*found);
}

void Work::each(std::int64_t count, const std::function<void(std::int64_t)>& part) {
  if (threads_ == 1) {
    for (std::int64_t i = 0; i < count; ++i) part(i);
    return;
  }
  tbb::task_arena arena(threads_);
  arena.execute([&] {
    const tbb::blocked_range<std::int64_t> range(0, count, 1);
    tbb::parallel_for(
        range,
        [&](const auto& some) {
          for (std::int64_t i = some.begin(); i < some.end(); ++i) part(i);
        },
        tbb::simple_partitioner());
  });
}

void Work::check() const {
  if (cancelled_ && cancelled_()) throw Cancelled();
}

}  // namespace graddiv::experiments
