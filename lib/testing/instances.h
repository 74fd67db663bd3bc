#pragma once

#include "sgd/instance.h"

namespace graddiv::test {

/// ½(w − c)² from 0 with γ = 1/4, B = 1, K = 2: E(w_k − c)² = (9/16)^k c².
Instance parabola_at(int c);

}  // namespace graddiv::test
