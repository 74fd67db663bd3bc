#include "workbench/save_counterexample.h"

#include "campaign/counterexample.h"
#include "claim/check.h"
#include "json/file.h"
#include "sgd/shrink.h"
#include "workbench/provenance.h"

namespace graddiv::workbench {

void save_counterexample(const std::string& file, const Theorem& theorem, const Instance& instance,
                         const FoundBy& found_by) {
  constexpr int most_tries = 1000;
  const auto is_refuted = [&](const Instance& smaller) {
    return check(theorem.statement, smaller).verdict == Verdict::refuted;
  };
  const Instance smallest = shrink(instance, is_refuted, most_tries);
  const Finding finding = check(theorem.statement, smallest);
  const auto now = make_provenance(found_by.seed, "");
  write_file(file, to_text(CounterexampleFile{.statement = theorem.id,
                                              .mutant = std::nullopt,
                                              .verdict = Verdict::refuted,
                                              .evidence = finding.evidence,
                                              .reason = finding.reason.plain(),
                                              .origin = found_by.origin,
                                              .version = now.version,
                                              .commit = now.commit,
                                              .seed = found_by.seed,
                                              .number = found_by.number,
                                              .instance = smallest}));
}

}  // namespace graddiv::workbench
