#include "property_tests/support/search.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace graddiv {
namespace {

// A failure is worth reporting even where smaller ones could still be found.
constexpr std::chrono::seconds longest_shrinking{20};

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

int property_cases() {
  const std::string asked(environment("GRADDIV_PROPERTY_CASES"));
  if (asked.empty()) return rc::detail::configuration().testParams.maxSuccess;
  std::size_t length = 0;
  int cases = 0;
  try {
    cases = std::stoi(asked, &length);
  } catch (const std::exception&) {
  }
  if (cases < 1 || length != asked.size()) {
    throw std::invalid_argument("GRADDIV_PROPERTY_CASES is \"" + asked +
                                "\", expected a number above 0");
  }
  return cases;
}

std::optional<Counterexample> search(InstanceClass drawn_from, int cases,
                                     const Property& property) {
  // Shrinking tries an instance only after it has settled on the last one that failed, so the last
  // failure is the smallest.
  std::optional<std::pair<Instance, std::string>> last_failure;
  std::chrono::steady_clock::time_point shrink_until;
  const std::string name = to_string(drawn_from);
  const rc::Gen<Instance> generator = generator_of(recipe_of(drawn_from));
  const auto tested = [&] {
    if (last_failure && std::chrono::steady_clock::now() > shrink_until) return;
    const Instance instance = *generator.as(name);
    std::optional<std::string> failure;
    try {
      failure = property(instance);
    } catch (const std::exception& error) {
      failure = std::string("exception: ") + error.what();
    }
    if (!failure) return;
    if (!last_failure) shrink_until = std::chrono::steady_clock::now() + longest_shrinking;
    last_failure = {instance, *failure};
    RC_FAIL(*failure);
  };

  rc::detail::TestMetadata metadata;
  metadata.id = metadata.description = name;
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = cases;
  if (environment("RC_PARAMS").find("seed=") == std::string_view::npos) params.seed = 1;
  const auto result = rc::detail::checkTestable(tested, metadata, params);
  if (result.template is<rc::detail::SuccessResult>()) return std::nullopt;

  std::ostringstream how;
  rc::detail::printResultMessage(result, how);
  if (!last_failure) throw std::runtime_error(how.str());
  return Counterexample{last_failure->first, last_failure->second, how.str()};
}

std::string save_instance(const Instance& instance, const std::string& name) {
  const std::filesystem::path directory(environment("GRADDIV_FAILURE_DIR"));
  const std::filesystem::path path = std::filesystem::absolute(directory / name);
  if (!directory.empty()) std::filesystem::create_directories(directory);
  std::ofstream file(path);
  file << to_text(instance);
  file.close();
  if (!file) throw std::runtime_error("cannot write " + path.string());
  return path.string();
}

}  // namespace graddiv
