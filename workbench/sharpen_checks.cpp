#include "workbench/sharpen_checks.h"

#include <exception>

#include "formula/statement_of.h"
#include "number/evidence.h"
#include "workbench/trials.h"

namespace graddiv::workbench {

namespace {

// A search must not meet what takes longer than others to check.
constexpr double largest_work_of_a_search = 1 << 12;
constexpr unsigned bits_of_a_glance = 96;

/// Long runs take long, however small the problem is.
double work_of_a_search(const Instance& instance) {
  constexpr double of_an_iteration = 40;
  return work_with_paths(instance) + of_an_iteration * instance.run.iterations;
}

}  // namespace

bool is_refuted(const Finding& finding) {
  return finding.verdict == Verdict::refuted && finding.evidence != Evidence::statistical;
}

std::optional<Finding> checked(const Statement& statement, const Instance& instance) {
  try {
    return check(statement, instance);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<Disproof> disproof_by(const TheoremFile& file, const Instance& instance,
                                    const std::string& origin) {
  const auto finding = checked(statement_of(file), instance);
  if (!finding || !is_refuted(*finding)) return std::nullopt;
  return Disproof{origin, instance, finding->reason, file};
}

Finding glance(const Statement& statement, const Evaluation& evaluation) {
  return check(statement, evaluation, {bits_of_a_glance, bits_of_a_glance});
}

PrecisionScope at_a_glance() { return PrecisionScope(Precision{bits_of_a_glance, 2048}); }

SearchResult quick_search(const Statement& statement, const std::vector<Instance>& starts,
                          std::int64_t checks, std::uint64_t seed, bool until_refuted,
                          const std::vector<InstanceFamily>& families) {
  const PrecisionScope low = at_a_glance();
  return search_sharpest(statement, starts,
                         {.evaluations = checks,
                          .seed = seed,
                          .largest_work = largest_work_of_a_search,
                          .until_refuted = until_refuted,
                          .work = work_of_a_search},
                         families);
}

}  // namespace graddiv::workbench
