#include "cli/testing/verify_tool.h"

#include <chrono>
#include <thread>

namespace graddiv::cli::testing {

using namespace std::chrono_literals;

VerifyTool::Arguments VerifyTool::command(const Arguments& more) const {
  Arguments all{"verify", "second-moment", "diversity-range", "--example", noise_floor(), "--json"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Store VerifyTool::store(const std::string& name) const { return {path(name), Store::Mode::read}; }

pid_t VerifyTool::start_and_wait_for_verdicts(const Arguments& arguments, std::size_t verdicts,
                                              const std::string& name) const {
  const pid_t child = start(arguments);
  for (int i = 0; i < 3000; ++i) {
    std::this_thread::sleep_for(10ms);
    try {
      if (store(name).done("second-moment").size() >= verdicts) break;
    } catch (const StoreError&) {  // not there yet
    }
  }
  return child;
}

}  // namespace graddiv::cli::testing
