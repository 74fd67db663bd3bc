#include "workbench/parts.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <utility>

#include "campaign/foreman.h"
#include "campaign/gallery.h"
#include "campaign/helper.h"
#include "campaign/mutants.h"
#include "constructions/catalogue.h"
#include "constructions/figures.h"
#include "theorems/catalogue.h"
#include "theorems/gallery.h"
#include "workbench/laws.h"
#include "workbench/lookup.h"

namespace graddiv::workbench {

namespace {

void add_mutants(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::pair<std::string, std::string>> made;
  for (const auto& record : store.mutants()) made.emplace(record.theorem, record.mutant);
  for (const auto* theorem : theorems) {
    for (int rank = 0; const auto& mutant : theorem->mutants) {
      const int mine = rank++;
      if (made.contains({theorem->id, mutant.id}) || mutant.witness.empty()) continue;
      parts.push_back({Part::Kind::mutant, "mutant " + theorem->id + "/" + mutant.id,
                       [theorem, &mutant, mine](Store& into) {
                         const auto known = families_and_constructions();
                         MutantRecord record = check_mutant(*theorem, mutant, known).record;
                         record.rank = mine;
                         into.write(record);
                       }});
    }
  }
}

void add_laws(const Store& store, std::vector<Part>& parts) {
  std::set<std::string> made;
  for (const auto& record : store.constructions()) made.insert(record.id);
  for (int rank = 0; const auto& construction : constructions()) {
    const int mine = rank++;
    if (made.contains(construction.id)) continue;
    parts.push_back({Part::Kind::law, "law " + construction.id, [&construction, mine](Store& into) {
                       ConstructionRecord record = check_law(construction);
                       record.rank = mine;
                       into.write(record);
                     }});
  }
}

void add_gallery(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::pair<std::string, Regime>> made;
  for (const auto& record : store.gallery()) made.emplace(record.theorem, record.regime);
  for (const GalleryEntry& entry : gallery()) {
    if (made.contains({entry.theorem, entry.regime})) continue;
    if (!is_among(theorems, entry.theorem)) continue;
    parts.push_back({Part::Kind::gallery, "gallery " + entry.file_name(), [&entry](Store& into) {
                       const Statement& statement = find_theorem(entry.theorem).statement;
                       into.write(to_record(entry, replay(statement, entry)));
                     }});
  }
}

void add_figures(const std::vector<const Theorem*>& theorems, const Store& store,
                 std::vector<Part>& parts) {
  std::set<std::string> made;
  for (const auto& record : store.figures()) made.insert(record.id);
  for (int rank = 0; const Figure& figure : figures()) {
    const int mine = rank++;
    if (made.contains(figure.id) || !is_among(theorems, figure.theorem)) continue;
    parts.push_back({Part::Kind::figure, "figure " + figure.id, [&figure, mine](Store& into) {
                       FigureRecord record = figure.record();
                       record.rank = mine;
                       into.write(record);
                     }});
  }
}

}  // namespace

std::vector<Part> missing_parts(const std::vector<const Theorem*>& theorems, const Store& store,
                                Parts wanted) {
  std::vector<Part> parts;
  add_laws(store, parts);
  add_mutants(theorems, store, parts);
  if (wanted == Parts::all) {
    add_gallery(theorems, store, parts);
    add_figures(theorems, store, parts);
  }
  return parts;
}

namespace {

constexpr std::chrono::milliseconds poll_interval(5);

/// Parts for several threads.
class Queue {
 public:
  explicit Queue(std::vector<Part> parts) : parts_(std::move(parts)) {
    // In another order each time: should one take longer than a call is left alone, it must not
    // keep the others from being made.
    std::ranges::shuffle(parts_, std::mt19937(std::random_device()()));
  }
  std::optional<Part> next() {
    const std::lock_guard lock(mutex_);
    if (parts_.empty()) return std::nullopt;
    Part part = std::move(parts_.back());
    parts_.pop_back();
    return part;
  }

 private:
  std::mutex mutex_;
  std::vector<Part> parts_;
};

/// Does the same on so many threads until it gives nothing more to do, and meanwhile, on this one,
/// what is to be done now and then. The first exception ends all and is thrown.
void on_threads(int jobs, const std::function<bool()>& do_one,
                const std::function<void()>& now_and_then) {
  std::atomic<int> working = jobs;
  std::atomic<bool> has_failed = false;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto guarded = [&](const auto& action) {
    try {
      action();
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      has_failed = true;
    }
  };
  const auto work = [&] {
    guarded([&] {
      while (!has_failed && do_one()) {
      }
    });
    --working;
  };
  {
    std::vector<std::jthread> threads;
    for (int job = 0; job < jobs; ++job) threads.emplace_back(work);
    while (working > 0) {
      if (!has_failed) guarded(now_and_then);
      std::this_thread::sleep_for(poll_interval);
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

void make_parts(std::vector<Part> parts, Store& store, int jobs,
                const std::function<bool()>& is_over, Crew* crew) {
  Queue queue(std::move(parts));
  Foreman foreman(
      crew, Crew::Channel::parts, "",
      [&]() -> std::optional<std::string> {
        const auto part = queue.next();
        return part ? std::optional(part->name) : std::nullopt;
      },
      [&](std::string_view result) {
        store.take(Store::from_bytes(result));
        store.sync();
      });
  const auto attend = [&] {
    foreman.attend();
    if (is_over()) foreman.stop();
  };
  on_threads(
      jobs,
      [&] {
        if (is_over()) return false;
        const auto part = queue.next();
        if (!part) return false;
        part->make(store);
        store.sync();
        return true;
      },
      attend);
  for (; !foreman.is_done(); std::this_thread::sleep_for(poll_interval)) attend();
}

void help_make_parts(const std::vector<Part>& all, int jobs, Crew& crew) {
  // Some take seconds: nobody keeps more than what there are threads for.
  Helper helper(crew, Crew::Channel::parts, "", static_cast<std::size_t>(jobs));
  std::mutex mutex;
  std::vector<std::string> results;
  const auto attend = [&] {
    try {
      helper.attend();
      const std::lock_guard lock(mutex);
      for (const std::string& result : std::exchange(results, {})) helper.send(result);
    } catch (...) {
      helper.close();  // the threads wait for tasks
      throw;
    }
  };
  on_threads(
      jobs,
      [&] {
        const auto name = helper.next();
        if (!name) return false;
        try {
          Store part(":memory:", Store::Mode::write);
          std::ranges::find(all, *name, &Part::name)->make(part);
          const std::lock_guard lock(mutex);
          results.push_back(part.bytes());
        } catch (...) {
          helper.close();
          throw;
        }
        return true;
      },
      attend);
  attend();
  helper.say_goodbye();
}

}  // namespace graddiv::workbench
