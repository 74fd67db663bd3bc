#pragma once

#include <string>
#include <string_view>

#include "number/text.h"

namespace graddiv::reports {

/// A formula written as plain text ("E‖w_k − w*‖² ≤ (1+δ/2)ε") as the inside of LaTeX's $…$.
///
/// Letters stand for themselves, two of them for a product, longer words for names; names of Greek
/// letters and functions for these. E before a bracket, a norm or a blank is the expectation, R
/// before ^ the reals, a star behind an operand a superscript. Always valid LaTeX.
std::string math_latex(std::string_view formula);

/// A sentence with its formulas in mathematics; its words escaped as by latex_escape().
std::string text_latex(const Text& text);

}  // namespace graddiv::reports
