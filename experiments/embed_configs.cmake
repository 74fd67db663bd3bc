# cmake -D FOLDER=<experiments/configs> -D OUTPUT=<file.cpp> -P embed_configs.cmake
#
# Writes the default settings of the experiments into a source file, so that the installed tool
# needs no data folder.
file(GLOB configs ${FOLDER}/*.toml)
list(SORT configs)
set(entries "")
foreach(file IN LISTS configs)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND entries "  if (name == \"${name}\") return R\"embedded(${text})embedded\";\n")
endforeach()

file(WRITE ${OUTPUT} "// Made from experiments/configs at build time.
#include \"experiments/config.h\"

#include <stdexcept>

namespace graddiv::experiments {

std::string embedded_config(const std::string& name) {
${entries}  throw std::out_of_range(\"no settings of an experiment \" + name);
}

}  // namespace graddiv::experiments
")
