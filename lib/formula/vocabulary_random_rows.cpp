#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"
#include "problem/random_rows.h"
#include "sgd/instance.h"

namespace graddiv::vocabulary_part {
namespace {

Symbol rows_of_law(RowLaw::Kind kind, std::string spelling, std::string latex,
                   std::string meaning) {
  return property("rows_" + std::string(to_string(kind)), {std::move(spelling)}, std::move(latex),
                  Under::nothing, std::move(meaning), [kind](const Scope& s) {
                    const RowLaw* law = s.c().instance().problem.sum->row_law();
                    return truth(law != nullptr && law->kind == kind);
                  });
}

/// P(B_S(w) < bound for some w and some losses), over the rows: what it is compared with tells how
/// long a sample goes on.
Enclosure failure(const Scope& s, const Enclosure& bound) {
  if (s.c().has_mechanism() == Truth::yes)
    throw NotCertified("the run has a mechanism, of which this says nothing");
  const RowLaw* law = s.c().instance().problem.sum->row_law();
  if (law == nullptr) throw NotCertified("the rows are not drawn from a law");
  const Enclosure stated = s.compared_with != nullptr ? *s.compared_with : Enclosure(0);
  const auto purpose = s.sample != nullptr ? DrawsAreFor::an_upper_bound : DrawsAreFor::a_decision;
  FailureProbability p = failure_probability(*law, bound, stated, s.c().error_level(), purpose);
  if (s.sample != nullptr) *s.sample = std::move(p.sample);
  return p.value;
}

}  // namespace

std::vector<Symbol> random_rows() {
  return {
      rows_of_law(RowLaw::Kind::gaussian, "the rows $x_i$ are drawn from $N(0, I)$",
                  "$f_i(w)=\\ell_i(x_i^{\\mathsf T}w)$ with independent $x_i\\sim N(0,I_d)$",
                  "independently, f_i(w) = ℓ_i(x_iᵀw)"),
      rows_of_law(RowLaw::Kind::rademacher, "the rows $x_i$ are drawn from signs",
                  "$f_i(w)=\\ell_i(x_i^{\\mathsf T}w)$ with independent $x_i$ uniform on "
                  "$\\{\\pm1\\}^d$",
                  "independently and uniformly from {±1}^d, f_i(w) = ℓ_i(x_iᵀw)"),
      {.name = "failure",
       .spellings = {"P(inf B_S < #)"},
       .latex = "\\mathbb{P}\\bigl(B_S(w)<#\\text{ for some }w\\text{ and some losses}\\bigr)",
       .meaning = "over the rows, whatever the losses, which may depend on them; # is any number",
       .least = 0,
       .value = {},
       .holds = {},
       .of_number = failure},
  };
}

}  // namespace graddiv::vocabulary_part
