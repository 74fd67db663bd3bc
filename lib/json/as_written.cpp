#include "json/as_written.h"

#include "json/document.h"
#include "json/print.h"

namespace graddiv {
namespace {

using Json = nlohmann::ordered_json;

void write_scalars(const detail::JsonDocument& document, Json& value) {
  if (value.is_structured()) {
    for (Json& member : value) write_scalars(document, member);
  } else if (!document.is_number(value)) {
    value = compact(value);
  }
}

}  // namespace

Json scalars_as_written(std::string_view text) {
  detail::JsonDocument document{"text", {}, {}};
  detail::parse(text, document);
  write_scalars(document, document.root);
  return std::move(document.root);
}

}  // namespace graddiv
