#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace graddiv {

/// A file that is built in (graddiv_embed() of cmake/GraddivTargets.cmake makes lists of them).
struct EmbeddedFile {
  std::string_view name;  ///< without its folder
  std::string_view text;
};

/// The text of the file of this name. Throws std::out_of_range.
inline std::string_view embedded_text(std::span<const EmbeddedFile> files, std::string_view name) {
  for (const EmbeddedFile& file : files) {
    if (file.name == name) return file.text;
  }
  throw std::out_of_range("no file " + std::string(name) + " is built in");
}

}  // namespace graddiv
