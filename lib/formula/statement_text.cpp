#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "formula/statement_of.h"
#include "formula/typeset.h"

namespace graddiv {
namespace wording {
namespace {

using Quantifier = TheoremFile::Quantifier;

Formula with_constants(const Formula& formula, const TheoremFile& file) {
  Formula result = formula;
  for (const auto& c : file.constants) result = substituted(result, c.name, c.formula);
  return tidied(result);
}

/// "a, b, and c"
std::string listed(const std::vector<std::string>& all) {
  std::string result;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) result += i + 1 < all.size() ? ", " : i > 1 ? ", and " : " and ";
    result += all[i];
  }
  return result;
}

std::string_view latex_of(const TheoremFile::Block& block) {
  switch (block.quantifier) {
    case Quantifier::none:
      return "";
    case Quantifier::iteration:
      return "for every $k=1,\\dots,K$";
    case Quantifier::form:
      return "for every $k=1,\\dots,K$ and all $\\delta$, $M^2$ with $B\\le1+\\delta B_S(w)$ and "
             "$M^2\\ge M^2(w)$ along the run up to $k$ (for which "
             "$\\mathbb{E}[(1+\\frac{B-1}{B_S(w)})M^2(w)]\\le(1+\\delta)M^2$ is enough)";
    case Quantifier::noisy_form:
      return "for every $k=1,\\dots,K$ and all $\\delta$, $M_Q^2$ with $B\\le1+\\delta b(w)$ and "
             "$M_Q^2\\ge M_Q^2(w)$ along the run up to $k$ (for which "
             "$\\mathbb{E}[(1+\\frac{B-1}{b(w)})M_Q^2(w)]\\le(1+\\delta)M_Q^2$ is enough), with "
             "$b=M_Q^2(w)/\\|\\nabla F(w)\\|^2$ where the noise is new for every draw and "
             "$b=n\\Delta^Q_S(w)$ where it is drawn once for every index";
    case Quantifier::point:
    case Quantifier::noisy_point:
      return "for every $w\\in W$";
    case Quantifier::pair:
      return "for all $w\\neq w'$ in $W$";
  }
  return "";
}

std::string definitions(const std::vector<TheoremFile::Definition>& all, const TheoremFile& file) {
  std::vector<std::string> result;
  for (const auto& d : all) {
    result.push_back(
        fmt::format("${}={}$", name_to_latex(d.name), to_latex(with_constants(d.formula, file))));
  }
  return result.empty() ? "" : "with " + listed(result);
}

/// The inside of a sentence $…$.
std::string without_dollars(std::string sentence) {
  if (sentence.starts_with('$') && sentence.ends_with('$'))
    return sentence.substr(1, sentence.size() - 2);
  return "\\text{" + sentence + "}";
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace
}  // namespace wording

std::string latex_of(const TheoremFile& file) {
  using namespace wording;
  std::string text;
  std::vector<std::string> assumed;
  for (const auto& h : file.hypotheses)
    assumed.push_back(to_latex(with_constants(h.formula, file)));
  for (const auto& g : file.given) {
    assumed.push_back(fmt::format("${}\\{}{}$", name_to_latex(g.name),
                                  g.is_at_least ? "ge " : "le ",
                                  to_latex(with_constants(g.best, file))));
  }
  if (!assumed.empty()) text += "Assume that " + listed(assumed);
  const std::string lets = definitions(file.lets, file);
  if (!lets.empty()) text += (assumed.empty() ? capitalised(lets) : ", and write, " + lets);
  if (!text.empty()) text += ".\n";
  for (const auto& block : file.blocks) {
    std::vector<std::string> head;
    if (block.quantifier != Quantifier::none) head.emplace_back(latex_of(block));
    const std::string here = definitions(block.lets, file);
    if (!here.empty()) head.push_back(here);
    std::string begin;
    for (const std::string& part : head) begin += (begin.empty() ? "" : ", ") + part;
    text += begin.empty() ? "Then\n" : "Then " + begin + ",\n";
    std::string lines;
    for (const auto& claim : block.claims) {
      if (claim.is_step) continue;
      std::string line;
      if (claim.when) {
        line = without_dollars(to_latex(with_constants(claim.when->formula, file))) +
               "\\quad\\Longrightarrow\\quad ";
      }
      line += without_dollars(to_latex(with_constants(claim.formula, file)));
      lines += (lines.empty() ? "" : " \\\\\n") + line;
    }
    text += "\\[ \\begin{gathered}\n" + lines + "\n\\end{gathered} \\]\n";
  }
  return text;
}

std::string text_of(const TheoremFile& file) {
  using namespace wording;
  std::string text;
  for (const auto& h : file.hypotheses)
    text += (text.empty() ? "" : ", ") + to_unicode(with_constants(h.formula, file));
  for (const auto& g : file.given)
    text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", g.name, g.is_at_least ? "≥" : "≤",
                        to_unicode(with_constants(g.best, file)));
  std::string claims;
  for (const auto& block : file.blocks) {
    for (const auto& claim : block.claims) {
      if (claim.is_step) continue;
      claims += claims.empty() ? "" : "; ";
      if (claim.when) claims += to_unicode(with_constants(claim.when->formula, file)) + " ⇒ ";
      claims += to_unicode(with_constants(claim.formula, file));
    }
    std::string where;
    for (const auto& let : block.lets)
      where += (where.empty() ? " where " : ", ") + let.name + " = " +
               to_unicode(with_constants(let.formula, file));
    claims += where;
  }
  return text.empty() ? claims : text + "  ⇒  " + claims;
}

std::string change_of(const TheoremFile& file, const TheoremFile::Mutant& mutant) {
  using namespace wording;
  std::vector<std::string> changes;
  for (const auto& c : mutant.constants) {
    for (const auto& of : file.constants) {
      if (of.name != c.name) continue;
      changes.push_back(fmt::format("${}\\colon {} \\to {}$", name_to_latex(c.name),
                                    to_latex(of.formula), to_latex(c.formula)));
    }
  }
  const auto sentence = [&](const Formula& f) { return to_latex(with_constants(f, file)); };
  const auto labelled = [&](const std::string& label) {
    for (const auto& h : file.hypotheses)
      if (h.label == label) return sentence(h.formula);
    for (const auto& block : file.blocks) {
      for (const auto& claim : block.claims) {
        if (claim.label == label) return sentence(claim.formula);
        if (claim.when && claim.when->label == label) return sentence(claim.when->formula);
      }
    }
    return label;
  };
  for (const auto& label : mutant.dropped) changes.push_back(labelled(label) + " dropped");
  for (const auto& r : mutant.replaced)
    changes.push_back(labelled(r.label) + " $\\to$ " + sentence(r.formula));
  using Moments = TheoremFile::Mutant::Moments;
  if (mutant.moments == Moments::without_noise) changes.emplace_back("$M_Q^2 \\to M^2$");
  if (mutant.moments == Moments::as_if_fresh) {
    changes.emplace_back("$b=n\\Delta^Q_S \\to M_Q^2/\\|\\nabla F\\|^2$ for shared noise");
  }
  return fmt::format("{}", fmt::join(changes, ", "));
}

}  // namespace graddiv
