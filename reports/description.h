#pragma once

#include <string>

namespace graddiv::reports {

/// One line on an instance (JSON text, format graddiv-instance/1), in LaTeX: "quadratic, $n = 4$,
/// $d = 2$, $W = \mathbb{R}^d$; $\gamma = 1/64$, $B = 4$, $K = 20$; dropout with $p = 1/2$".
/// Numbers too long for a sentence are left out. Empty for a text that is no instance.
std::string describe_instance(const std::string& json);

}  // namespace graddiv::reports
