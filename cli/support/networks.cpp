#include "cli/support/networks.h"

#include <dlfcn.h>

#include <filesystem>

#include "measure/model_choice.h"

namespace graddiv::cli {
namespace {

const measure::ConvolutionalMakers* load() {
  std::error_code error;
  const auto tool = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto file = tool.parent_path() / "libgraddiv_networks.so";
  void* const component = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);  // for good
  if (component == nullptr) return nullptr;
  void* const found = dlsym(component, "graddiv_convolutional_makers");
  if (found == nullptr) return nullptr;
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
