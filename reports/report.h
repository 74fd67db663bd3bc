#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "reports/document.h"
#include "reports/report_data.h"

namespace graddiv {

class Store;

/// A report could not be written, or LaTeX refused it; `what()` names the file or gives LaTeX's
/// first error.
class ReportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ReportOptions {
  std::string latexmk = "latexmk";  ///< command or path; empty: write the .tex only
  ReportLength length = ReportLength::full;
};

/// What was written.
struct ReportFiles {
  std::string tex;
  std::optional<std::string> pdf;
  std::string note;  ///< why there is no PDF, for the user; empty if there is one
};

/// Writes the report on a store: `pdf_path` and, beside it, the same name with .tex. Without
/// latexmk only the .tex is written, and `note` says so. Each file appears complete or not at all;
/// the LaTeX runs in a folder of its own.
///
/// Throws std::invalid_argument if `pdf_path` does not end in ".pdf", StoreError, and ReportError.
/// Where LaTeX fails, the .tex has been written, since the error speaks of its lines, and a PDF
/// that was there before is left alone.
ReportFiles write_report(const Store& store, const std::string& pdf_path,
                         const ReportOptions& options = {});
ReportFiles write_report(const ReportData& data, const std::string& pdf_path,
                         const ReportOptions& options = {});

}  // namespace graddiv
