#pragma once

#include <string>
#include <string_view>

namespace graddiv::reports {

/// The text as LaTeX that prints it as it stands, character by character. Never fails: what LaTeX
/// cannot set is printed as [U+4E2D], bytes that are no UTF-8 as [?], and control characters become
/// blanks.
std::string latex_escape(std::string_view text);

/// The text for a PDF bookmark: characters beyond ASCII by their code.
std::string bookmark(std::string_view text);

/// A preamble that lets the known characters stand in LaTeX written by hand ("$\gamma ≤ 1$").
std::string unicode_declarations();

}  // namespace graddiv::reports
