#pragma once

#include "facts/facts.h"

namespace graddiv {

/// inf over W of B_S, bounded below. `minimizer` helps on bounded domains: where all gradients
/// vanish at an interior point of W, the infimum over W is the one over R^d.
Fact<BatchSizeInfimum> batch_size_infimum(const Problem& problem,
                                          const Fact<Vector<Enclosure>>& minimizer);

}  // namespace graddiv
