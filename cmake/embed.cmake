# cmake -D NAMESPACE=<a::b> -D FUNCTION=<name> -D OUTPUT=<file.cpp> -P embed.cmake -- <file>...
#
# Writes files into a source file, so that the installed tool needs no data folder: the function
# (declared in a header of its room) gives their names and texts as std::span<const EmbeddedFile>.
math(EXPR last "${CMAKE_ARGC} - 1")
set(entries "")
set(is_file FALSE)
foreach(i RANGE ${last})
  if(is_file)
    get_filename_component(name ${CMAKE_ARGV${i}} NAME)
    file(READ ${CMAKE_ARGV${i}} text)
    string(APPEND entries "      {\"${name}\", R\"embedded(${text})embedded\"},\n")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(is_file TRUE)
  endif()
endforeach()

file(WRITE ${OUTPUT} "// Made by cmake/embed.cmake at build time.
#include \"json/embedded_file.h\"

namespace ${NAMESPACE} {

std::span<const graddiv::EmbeddedFile> ${FUNCTION}();

std::span<const graddiv::EmbeddedFile> ${FUNCTION}() {
  static constexpr graddiv::EmbeddedFile files[] = {
${entries}  };
  return files;
}

}  // namespace ${NAMESPACE}
")
