#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "formula/statement_of.h"
#include "formula/theorem_file.h"

// For libFuzzer: whatever the bytes are, they are a theorem file or an error with a place, and what
// is read is printed so that it is read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const graddiv::TheoremFile file = graddiv::parse_theorem(text);
    const std::string canonical = graddiv::printed(file);
    if (graddiv::printed(graddiv::parse_theorem(canonical)) != canonical) std::abort();
    graddiv::latex_of(file);
    graddiv::text_of(file);
  } catch (const graddiv::FormulaError& error) {
    graddiv::described(error, text, "fuzz");
  }
  return 0;
}
