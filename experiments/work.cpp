#include "experiments/work.h"

#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

namespace graddiv::experiments {

Work::Work(int threads, std::function<bool()> cancelled, Progress progress)
    : threads_(threads), cancelled_(std::move(cancelled)), progress_(std::move(progress)) {}

void Work::did(std::int64_t units) {
  done_ += units;
  if (!progress_) return;
  const std::lock_guard lock(reporting_);
  progress_(done_, total_);
}

void Work::each(std::int64_t count, const std::function<void(std::int64_t)>& part) {
  did(0);  // shows what is to come
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
