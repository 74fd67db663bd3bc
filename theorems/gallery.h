#pragma once

#include <string_view>
#include <vector>

#include "campaign/gallery.h"

namespace graddiv {

/// The files of theorems/gallery, which are built in: the sharpest certified instance known for
/// every theorem and regime, in the order of their names. Tests replay them. Throws InputError for
/// a file that makes no sense.
const std::vector<GalleryEntry>& gallery();

namespace detail {
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};
std::vector<EmbeddedFile> embedded_gallery();  ///< made at build time
}  // namespace detail

}  // namespace graddiv
