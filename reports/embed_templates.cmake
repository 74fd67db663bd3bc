# cmake -D FOLDER=<reports> -D OUTPUT=<file.cpp> -P embed_templates.cmake
#
# Writes the templates and the bibliography into a source file, so that the installed tool needs
# no data folder.
file(GLOB templates ${FOLDER}/templates/*.tex.mustache)
list(SORT templates)
set(entries "")
foreach(file IN LISTS templates)
  get_filename_component(name ${file} NAME)
  string(REPLACE ".tex.mustache" "" name ${name})
  file(READ ${file} text)
  string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(READ ${FOLDER}/references.bib bibliography)

file(WRITE ${OUTPUT} "// Made from reports/templates and reports/references.bib at build time.
#include \"reports/templates.h\"

#include <stdexcept>
#include <string>

namespace graddiv::reports {

namespace {
struct Template {
  std::string_view name;
  std::string_view text;
};
constexpr Template templates[] = {
${entries}};
}  // namespace

std::string_view template_text(std::string_view name) {
  for (const Template& t : templates)
    if (t.name == name) return t.text;
  throw std::out_of_range(\"no report template \" + std::string(name));
}

std::string_view references() { return R\"embedded(${bibliography})embedded\"; }

}  // namespace graddiv::reports
")
