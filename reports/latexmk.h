#pragma once

#include <stdexcept>
#include <string>

namespace graddiv::reports {

/// LaTeX did not make a PDF; `what()` gives the first error of its log.
class LatexError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command as found in PATH (or as a path), or an empty text.
std::string find_program(const std::string& command);

/// The first error line of a LaTeX log ("report.tex:12: Undefined control sequence."), or an empty
/// text.
std::string first_error(const std::string& log);

/// Runs latexmk on the text in a private temporary folder, which is removed again, and returns the
/// bytes of the PDF. `date` (ISO 8601) is the date LaTeX believes in, so that the same text gives
/// the same PDF. Throws LatexError, std::filesystem::filesystem_error and std::system_error.
std::string compile_pdf(const std::string& latexmk, const std::string& latex,
                        const std::string& date);

}  // namespace graddiv::reports
