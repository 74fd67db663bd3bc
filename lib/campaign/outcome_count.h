#pragma once

#include <cstdint>
#include <string>

#include "number/text.h"

namespace graddiv {

/// How many instances of one origin a theorem applied to, or for one and the same reason did not.
struct OutcomeCount {
  std::string origin;
  bool is_applicable = false;
  Text reason;  ///< why it is not
  std::int64_t count = 0;
};

}  // namespace graddiv
