#pragma once

#include "data/dataset.h"
#include "json/checksum.h"

namespace graddiv {

/// Of features and labels: equal for equal data, wherever they were read from.
Checksum checksum_of(const Dataset& data);

}  // namespace graddiv
