#include "reports/report.h"
#include "cli/support/command_line.h"

#include <fmt/format.h>

#include "campaign/store.h"
#include "cli/command.h"
#include "cli/support/output.h"

namespace graddiv::cli {

namespace {

struct Options {
  std::string store;
  std::string output = "report.pdf";
};

int run(const Options& options) {
  if (!options.output.ends_with(".pdf")) {
    throw UsageError("-o " + options.output + ": expected a name that ends in .pdf");
  }
  const Store store(options.store, Store::Mode::read);
  if (!store.provenance()) {
    throw UsageError(options.store + ": holds nothing yet; graddiv verify --store fills it");
  }
  try {
    const auto written = write_report(store, options.output);
    print(written.tex + "\n" + (written.pdf ? *written.pdf + "\n" : ""));
    if (!written.note.empty()) fmt::print(stderr, "graddiv: {}\n", written.note);
  } catch (const ReportError& error) {
    throw OutputError(error.what());
  }
  return all_claims_hold;
}

std::function<int()> set_up(Arguments& arguments, const Settings&) {
  auto options = std::make_shared<Options>();
  arguments.option("STORE", options->store, "what verify --store left").required();
  arguments.option("-o,--output", options->output, "the PDF; its LaTeX is written beside it")
      .shows_default();
  return [options] { return run(*options); };
}

}  // namespace

Command report_command() { return {"report", "a LaTeX report on a store, and its PDF", set_up}; }

}  // namespace graddiv::cli
