#include "workbench/merge.h"

#include <filesystem>
#include <random>
#include <system_error>

#include "campaign/campaign_error.h"
#include "campaign/store.h"
#include "json/file.h"
#include "workbench/error.h"

namespace graddiv::workbench {

namespace {

namespace fs = std::filesystem;

/// A new store beside the one that is asked for, removed unless it takes its place.
class Draft {
 public:
  explicit Draft(const std::string& target)
      : target_(target), path_(target + ".part-" + std::to_string(std::random_device()())) {
    remove();  // a killed process may have left one of the same name
  }
  ~Draft() { remove(); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  const std::string& path() const { return path_; }
  void keep() const {
    std::error_code error;
    fs::rename(path_, target_, error);
    if (error) throw FileError(target_ + ": cannot be written: " + error.message());
  }

 private:
  void remove() const {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path_ + suffix, ignored);
  }

  std::string target_;
  std::string path_;
};

Store opened(const std::string& path) {
  Store store(path, Store::Mode::read);
  store.examine();
  if (!store.provenance()) throw RequestError(path + ": holds no campaign yet");
  return store;
}

/// All that the `last` contradicts is in one of those before it.
void name_two(const std::vector<std::string>& stores, std::size_t last) {
  const Store later = opened(stores[last]);
  for (std::size_t i = 0; i < last; ++i) {
    const auto found = opened(stores[i]).contradiction(later);
    if (!found) continue;
    throw CampaignError(stores[i] + " and " + stores[last] + " cannot be one store: " + *found);
  }
}

}  // namespace

std::vector<TheoremSummary> merge(const std::vector<std::string>& stores, const std::string& into) {
  std::error_code ignored;
  if (fs::exists(into, ignored)) {
    throw RequestError(into + ": is there already; the merged store must be a new file");
  }
  for (const std::string& path : stores) opened(path);  // nothing begins where one cannot be read
  const auto folder = fs::path(into).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, ignored)) {
    throw StoreError(into + ": cannot be created: there is no folder " + folder.string());
  }
  const Draft draft(into);
  std::vector<TheoremSummary> summaries;
  {
    Store all(draft.path(), Store::Mode::write);
    for (std::size_t i = 0; i < stores.size(); ++i) {
      const Store next = opened(stores[i]);
      if (all.contradiction(next)) name_two(stores, i);
      all.take(next);
    }
    all.sync();
    summaries = all.summaries();
  }
  draft.keep();
  return summaries;
}

}  // namespace graddiv::workbench
