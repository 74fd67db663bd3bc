#pragma once

#include <span>
#include <vector>

#include "campaign/gallery.h"
#include "json/embedded_file.h"

namespace graddiv {

/// The files of theorems/gallery, which are built in: the sharpest certified instance known for
/// every theorem and regime, in the order of their names. Tests replay them. Throws InputError for
/// a file that makes no sense.
const std::vector<GalleryEntry>& gallery();

namespace detail {
std::span<const EmbeddedFile> embedded_gallery();  ///< made at build time
}  // namespace detail

}  // namespace graddiv
