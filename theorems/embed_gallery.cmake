# cmake -D FOLDER=<theorems/gallery> -D OUTPUT=<file.cpp> -P embed_gallery.cmake
#
# Writes the gallery into a source file, so that the installed tool needs no data folder.
file(GLOB files ${FOLDER}/*.json)
list(SORT files)
set(entries "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()

file(WRITE ${OUTPUT} "// Made from theorems/gallery at build time.
#include \"theorems/gallery.h\"

namespace graddiv::detail {

std::vector<EmbeddedFile> embedded_gallery() {
  return {
${entries}  };
}

}  // namespace graddiv::detail
")
