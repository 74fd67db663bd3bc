#include "theorems/gallery.h"

namespace graddiv {

const std::vector<GalleryEntry>& gallery() {
  static const std::vector<GalleryEntry> all = [] {
    std::vector<GalleryEntry> entries;
    for (const auto& [name, text] : detail::embedded_gallery()) {
      const std::string file = "theorems/gallery/" + std::string(name);
      entries.push_back(read_gallery_entry(JsonReader::from_text(text, file)));
    }
    return entries;
  }();
  return all;
}

}  // namespace graddiv
