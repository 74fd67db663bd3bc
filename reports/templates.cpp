#include "reports/templates.h"

#include <string>

#include "json/embedded_file.h"

namespace graddiv::reports {

std::span<const EmbeddedFile> embedded_templates();  // made at build time

std::string_view template_text(std::string_view name) {
  return embedded_text(embedded_templates(), std::string(name) + ".tex.mustache");
}

std::string_view references() { return embedded_text(embedded_templates(), "references.bib"); }

}  // namespace graddiv::reports
