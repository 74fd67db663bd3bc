#include "cli/support/instance_file.h"

#include "constructions/catalogue.h"

namespace graddiv::cli {

Instance read_instance_file(const std::string& path) {
  return read_instance(path, families_and_constructions());
}

}  // namespace graddiv::cli
