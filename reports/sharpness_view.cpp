#include <nlohmann/json.hpp>

#include "reports/escape.h"
#include "reports/mathematics.h"
#include "reports/numbers.h"
#include "reports/view.h"

namespace graddiv::reports {

namespace {

using nlohmann::json;

// A witness in full would fill the table: its numbers are shortened as those of a refutation are.
json witness_latex(const SharpnessRecord& r) {
  return r.witness.empty() ? "none found" : text_latex(with_short_numbers(r.witness));
}

json number_row(const SharpnessRecord& r) {
  return {{"what_latex", text_or_false(text_latex(r.what))},
          {"place_latex", text_or_false(latex_escape(r.place))},
          {"value_latex", latex_escape(r.value)},
          {"among_latex", text_latex(r.among)},
          {"refuted_latex", text_or_false(latex_escape(r.refuted))},
          {"unrefuted_latex", latex_escape(r.unrefuted)},
          {"improvable_latex", latex_escape(r.improvable)},
          {"witness_latex", witness_latex(r)}};
}

json hypothesis_row(const SharpnessRecord& r) {
  const bool is_refuted = r.outcome == "refuted";
  return {{"what_latex", text_latex(r.what)},
          {"badge", badge(latex_escape(r.outcome), is_refuted ? "proved" : "neutral")},
          {"witness_latex", witness_latex(r)}};
}

}  // namespace

json sharpness_view(const std::vector<SharpnessRecord>& sharpness) {
  if (sharpness.empty()) return false;
  json numbers = json::array();
  json hypotheses = json::array();
  std::string mutants;
  for (const SharpnessRecord& r : sharpness) {
    if (r.part == SharpnessPart::number) numbers.push_back(number_row(r));
    if (r.part == SharpnessPart::hypothesis) hypotheses.push_back(hypothesis_row(r));
    if (r.part == SharpnessPart::mutants) mutants = latex_escape(r.outcome);
  }
  return {{"has_numbers", !numbers.empty()},
          {"numbers", std::move(numbers)},
          {"has_hypotheses", !hypotheses.empty()},
          {"hypotheses", std::move(hypotheses)},
          {"mutants_latex", text_or_false(mutants)}};
}

}  // namespace graddiv::reports
