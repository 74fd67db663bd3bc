#include <fmt/format.h>
#include <fmt/ranges.h>

#include "formula/theorem_file.h"
#include "formula/typeset.h"

namespace graddiv {
namespace printing {
namespace {

std::string labelled(const std::string& label, const Formula& formula) {
  return (label.empty() ? "" : label + ": ") + to_unicode(formula);
}

std::string defined(const TheoremFile::Definition& d) {
  return d.name + " = " + to_unicode(d.formula);
}

std::string joined(const std::vector<TheoremFile::Definition>& all) {
  std::string result;
  for (const auto& d : all) result += (result.empty() ? "" : ", ") + defined(d);
  return result;
}

void print(std::string& text, const TheoremFile::Block& block) {
  text += "\n";
  const bool is_quantified = block.quantifier != TheoremFile::Quantifier::none;
  if (is_quantified) {
    text += words_of(block.quantifier);
    if (block.surrogate != TheoremFile::Surrogate::none)
      text += fmt::format(", {}", words_of(block.surrogate));
    text += "\n";
  }
  const std::string_view indent = is_quantified ? "  " : "";
  if (block.each) {
    std::vector<std::string> numbers;
    for (const Formula& number : block.each->numbers) numbers.push_back(to_unicode(number));
    text += fmt::format("{}each {} = {}\n", indent, block.each->name, fmt::join(numbers, ", "));
  }
  for (const auto& let : block.lets) text += fmt::format("{}let {}\n", indent, defined(let));
  const TheoremFile::Hypothesis* when = nullptr;
  for (const auto& claim : block.claims) {
    const bool is_new = claim.when && (when == nullptr || when->label != claim.when->label ||
                                       !(when->formula == claim.when->formula));
    if (is_new)
      text += fmt::format("{}when {}\n", indent, labelled(claim.when->label, claim.when->formula));
    if (claim.when) when = &*claim.when;
    text += fmt::format("{}{} {}\n", indent, claim.is_step ? "step" : "claim",
                        labelled(claim.label, claim.formula));
  }
  if (block.telling) text += fmt::format("{}telling {}\n", indent, to_unicode(*block.telling));
}

void print(std::string& text, const TheoremFile::Mutant& mutant) {
  std::vector<std::string> changes;
  for (const auto& c : mutant.constants) changes.push_back(defined(c));
  for (const auto& label : mutant.dropped) changes.push_back("drop " + label);
  for (const auto& r : mutant.replaced)
    changes.push_back(fmt::format("replace {} by {}", r.label, to_unicode(r.formula)));
  if (mutant.moments != TheoremFile::Mutant::Moments::as_stated)
    changes.emplace_back(words_of(mutant.moments));
  text += fmt::format("\nmutant {}: {}\n", mutant.id, fmt::join(changes, ", "));
  if (!mutant.witness.empty()) text += fmt::format("  refuted by {}\n", mutant.witness);
  if (!mutant.witness_file.empty())
    text += fmt::format("  refuted by file {}\n", mutant.witness_file);
}

}  // namespace
}  // namespace printing

std::string printed(const TheoremFile& file) {
  using namespace printing;
  std::string text = fmt::format("theorem {}\n", file.id);
  if (!file.title.empty()) text += fmt::format("title {}\n", file.title);
  if (!file.cites.empty()) {
    text += "cites " + file.cites;
    text += (file.source.empty() ? "" : ", " + file.source) + "\n";
  }
  if (!file.constants.empty()) text += fmt::format("constants {}\n", joined(file.constants));
  text += "\n";
  for (const auto& g : file.given)
    text += fmt::format("given {} {} {}\n", g.name, g.is_at_least ? "≥" : "≤", to_unicode(g.best));
  for (const auto& let : file.lets) text += fmt::format("let {}\n", defined(let));
  for (const auto& h : file.hypotheses)
    text += fmt::format("assume {}\n", labelled(h.label, h.formula));
  for (const auto& block : file.blocks) print(text, block);
  for (const auto& mutant : file.mutants) print(text, mutant);
  std::vector<std::string> draws;
  for (const auto& d : file.draws) draws.push_back(printed(d));
  if (!draws.empty()) text += fmt::format("\ndraw {}\n", fmt::join(draws, ", "));
  if (file.least_percent_at_positive_delta > 0)
    text += fmt::format("demand δ > 0 in {} %\n", file.least_percent_at_positive_delta);
  return text;
}

}  // namespace graddiv
