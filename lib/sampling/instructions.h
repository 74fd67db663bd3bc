#pragma once

namespace graddiv {

/// Of the processor: the same numbers by both, sooner or later.
enum class Instructions { best, portable };

}  // namespace graddiv
