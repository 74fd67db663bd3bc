#include "cli/support/networks.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>

#include "cli/command.h"
#include "measure/model_choice.h"

namespace graddiv::cli {
namespace {

const measure::ConvolutionalMakers* load() {
  std::error_code error;
  const auto tool = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto file = tool.parent_path() / "libgraddiv_networks.so";
  if (!std::filesystem::exists(file, error)) return nullptr;
  const auto asked = [](void* answer) {
    if (answer != nullptr) return answer;
    throw OutputError(fmt::format("networks of convolutions cannot be loaded: {}", dlerror()));
  };
  void* const component = asked(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL));  // for good
  void* const found = asked(dlsym(component, "graddiv_convolutional_makers"));
  return reinterpret_cast<const measure::ConvolutionalMakers* (*)()>(found)();
}

}  // namespace

void find_networks_beside_the_tool() {
  measure::find_convolutional_makers_by([] {
    static const measure::ConvolutionalMakers* const makers = load();
    return makers;
  });
}

}  // namespace graddiv::cli
