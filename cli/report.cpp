#include "reports/report.h"

#include <fmt/format.h>

#include "campaign/store.h"
#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"

namespace graddiv::cli {

namespace {

struct ReportOptions {
  std::string store;
  std::string output = "report.pdf";
  bool is_summary = false;
};

int run_report(const ReportOptions& options) {
  if (!options.output.ends_with(".pdf")) {
    throw UsageError("-o " + options.output + ": expected a name that ends in .pdf");
  }
  const Store store(options.store, Store::Mode::read);
  if (!store.provenance()) {
    throw UsageError(options.store + ": holds nothing yet; graddiv verify --store fills it");
  }
  try {
    const auto written =
        write_report(store, options.output,
                     {.length = options.is_summary ? ReportLength::summary : ReportLength::full});
    print(written.tex + "\n" + (written.pdf ? *written.pdf + "\n" : ""));
    if (!written.note.empty()) fmt::print(stderr, "graddiv: {}\n", written.note);
  } catch (const ReportError& error) {
    throw OutputError(error.what());
  }
  return all_claims_hold;
}

std::function<int()> set_up_report(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<ReportOptions>();
  arguments.option("STORE", options->store, "what verify --store left").required();
  arguments.option("-o,--output", options->output, "the PDF; its LaTeX is written next to it")
      .shows_default();
  arguments.flag("--summary", options->is_summary,
                 "a dozen pages: the tables over all statements, the pictures, what was refuted");
  return [options] { return run_report(*options); };
}

}  // namespace

Command report_command() {
  return {"report", "a LaTeX report on a store, and its PDF", set_up_report};
}

}  // namespace graddiv::cli
