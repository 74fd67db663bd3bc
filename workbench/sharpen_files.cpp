#include "workbench/sharpen_files.h"

#include <fmt/format.h>

#include <filesystem>

#include "campaign/counterexample.h"
#include "campaign/readable.h"
#include "formula/statement_of.h"
#include "json/file.h"
#include "sgd/shrink.h"
#include "workbench/provenance.h"
#include "workbench/sharpen_checks.h"

namespace graddiv::workbench {

namespace {

/// Writes the instance, made as small as a few tries allow, with the statement that it refutes. On
/// what is smaller that may be undefined.
void save(Disproof& by, const std::string& name, const SharpenRequest& request) {
  constexpr int most_tries = 60;
  TheoremFile variant = by.variant;
  variant.id += "-varied";  // another statement
  const Statement statement = statement_of(variant);
  const auto before = checked(statement, by.instance);
  if (!before) return;  // not so, as it was refuted
  const Readable readable(by.instance, *before);
  const auto refutes = [&](const Instance& instance) {
    const auto finding = checked(statement, instance);
    return finding && is_refuted(*finding) && readable.allows(instance, *finding);
  };
  const Instance smaller = shrink(by.instance, refutes, most_tries);
  const auto finding = checked(statement, smaller);
  if (!finding) return;
  const auto path = std::filesystem::path(request.folder) /
                    fmt::format("sharpen-{}-{}.json", request.theorem->id, name);
  by.file = path.string();
  const auto now = make_provenance(request.seed);
  write_file(by.file, to_text(CounterexampleFile{.statement = variant.id,
                                                 .mutant = std::nullopt,
                                                 .theorem_file = printed(variant),
                                                 .verdict = Verdict::refuted,
                                                 .evidence = EvidenceName(finding->rests_on),
                                                 .reason = finding->reason.plain(),
                                                 .sides = sides_of(*finding),
                                                 .origin = by.origin,
                                                 .version = now.version,
                                                 .commit = now.commit,
                                                 .seed = request.seed,
                                                 .number = std::nullopt,
                                                 .is_smallest = false,
                                                 .instance = smaller}));
}

}  // namespace

void save_all(SharpenResult& result, const SharpenRequest& request) {
  const auto save_each = [&](auto& findings, const char* kind) {
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (findings[i].by) save(*findings[i].by, fmt::format("{}-{}", kind, i + 1), request);
  };
  if (result.refutation) {
    result.refutation->variant.mutants.clear();
    save(*result.refutation, "as-it-stands", request);
  }
  save_each(result.numbers, "number");
  save_each(result.hypotheses, "hypothesis");
  save_each(result.mutants, "mutant");
}

}  // namespace graddiv::workbench
