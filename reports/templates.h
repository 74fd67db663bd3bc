#pragma once

#include <string_view>

namespace graddiv::reports {

/// The text of reports/templates/<name>.tex.mustache, built into the library. Throws
/// std::out_of_range.
std::string_view template_text(std::string_view name);

/// reports/references.bib, built into the library.
std::string_view references();

}  // namespace graddiv::reports
