#include "reports/report.h"

#include <filesystem>
#include <system_error>

#include "json/file.h"
#include "reports/latexmk.h"

namespace graddiv {

namespace {

namespace fs = std::filesystem;

fs::path tex_beside(const fs::path& pdf) {
  if (pdf.extension() != ".pdf" || pdf.stem().empty())
    throw std::invalid_argument("\"" + pdf.string() +
                                "\" does not end in .pdf: expected the name of the PDF to write");
  return fs::path(pdf).replace_extension(".tex");
}

ReportFiles write_files(const ReportData& data, const fs::path& pdf, const ReportOptions& options) {
  ReportFiles files;
  files.tex = tex_beside(pdf).string();
  const std::string latex = report_latex(data, options.length);
  write_file(files.tex, latex);
  const std::string latexmk = reports::find_program(options.latexmk);
  if (latexmk.empty()) {
    files.note = options.latexmk.empty() ? "no PDF was asked for"
                                         : "no PDF: " + options.latexmk +
                                               " is not installed; the LaTeX is in " + files.tex;
    return files;
  }
  const std::string date = data.provenance ? data.provenance->date : std::string();
  write_file(pdf, reports::compile_pdf(latexmk, latex, date));
  files.pdf = pdf.string();
  return files;
}

}  // namespace

ReportFiles write_report(const ReportData& data, const std::string& pdf_path,
                         const ReportOptions& options) {
  try {
    return write_files(data, pdf_path, options);
  } catch (const reports::LatexError& error) {
    throw ReportError("LaTeX failed: " + std::string(error.what()) + " (see " +
                      tex_beside(pdf_path).string() + ")");
  } catch (const FileError& error) {
    throw ReportError(error.what());
  } catch (const InputError& error) {  // of a file that LaTeX should have left
    throw ReportError(error.what());
  } catch (const std::system_error& error) {
    throw ReportError(error.what());
  }
}

ReportFiles write_report(const Store& store, const std::string& pdf_path,
                         const ReportOptions& options) {
  tex_beside(pdf_path);  // refuses a wrong name before the store is read
  return write_report(report_data(store), pdf_path, options);
}

}  // namespace graddiv
