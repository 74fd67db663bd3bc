#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "formula/statement_of.h"
#include "formula/symbol.h"
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

/// " where ε = γ·M²/λ"
std::string where(const std::vector<TheoremFile::Definition>& all, const TheoremFile& file) {
  std::string text;
  for (const auto& let : all)
    text += (text.empty() ? " where " : ", ") + let.name + " = " +
            to_unicode(with_constants(let.formula, file));
  return text;
}

/// "r = 2, 3, 7"
std::string to_unicode(const TheoremFile::Choice& choice) {
  std::vector<std::string> numbers;
  for (const Formula& number : choice.numbers) numbers.push_back(graddiv::to_unicode(number));
  return fmt::format("{} = {}", choice.name, fmt::join(numbers, ", "));
}
std::string to_latex(const TheoremFile::Choice& choice) {
  std::vector<std::string> numbers;
  for (const Formula& number : choice.numbers) numbers.push_back(graddiv::to_latex(number));
  return fmt::format("${}={}$", name_to_latex(choice.name), fmt::join(numbers, ",\\,"));
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
  return listed(result);
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

namespace wording {
namespace {

/// Words with formulas in between, not one formula.
bool is_sentence(const std::string& latex) {
  return !latex.empty() && (latex.front() != '$' || latex.find('$', 1) != latex.size() - 1);
}

/// What is ruled out by a conjunction of negations, "W = R^d or …"; else nothing.
std::string ruled_out(const Formula& f, const TheoremFile& file) {
  if (f.operation() == Formula::Operation::negation && !is_relation(f[0].operation()))
    return to_latex(with_constants(f[0], file));
  if (f.operation() != Formula::Operation::conjunction) return "";
  const std::string first = ruled_out(f[0], file);
  const std::string second = ruled_out(f[1], file);
  return first.empty() || second.empty() ? "" : first + " or " + second;
}

/// "where γ > 0 and F is convex", "unless F is convex".
std::string condition(const Formula& f, const TheoremFile& file) {
  const std::string exceptions = ruled_out(f, file);
  return exceptions.empty() ? "where " + to_latex(with_constants(f, file)) : "unless " + exceptions;
}

/// Definitions in a line of text, or displayed where they are long or have cases.
std::string with_definitions(const TheoremFile::Block& block, const TheoremFile& file) {
  constexpr std::size_t longest = 160;
  const std::string all = definitions(block.lets, file);
  if (all.empty()) return "";
  const bool is_short = all.size() <= longest && all.find("\\begin") == std::string::npos;
  if (is_short) return "with " + all;
  std::string lines;
  for (const auto& d : block.lets) {
    lines += (lines.empty() ? "" : " \\\\\n") +
             fmt::format("{}={}", name_to_latex(d.name), to_latex(with_constants(d.formula, file)));
  }
  return "with\n\\[ \\begin{gathered}\n" + lines + "\n\\end{gathered} \\]\nit is true that";
}

enum class Shown { claims, steps };

/// The claims of a block, or the steps of their proof, those under one condition together: it is
/// displayed before them where it is a formula, said in words where it is a sentence.
std::string displayed(Shown shown, const TheoremFile& file, const TheoremFile::Block& block) {
  std::string text;
  std::string lines;
  std::string said;
  const auto display = [&] {
    if (!lines.empty()) text += "\\[ \\begin{gathered}\n" + lines + "\n\\end{gathered} \\]\n";
    lines.clear();
  };
  for (const auto& claim : block.claims) {
    if (claim.is_step != (shown == Shown::steps)) continue;
    const std::string when =
        claim.when ? to_latex(with_constants(claim.when->formula, file)) : std::string();
    const std::string in_words = is_sentence(when) ? condition(claim.when->formula, file) : "";
    if (in_words != said) {
      display();
      text += in_words.empty() ? "Moreover,\n" : capitalised(in_words) + ",\n";
      said = in_words;
    }
    if (!lines.empty()) lines += " \\\\\n";
    if (!when.empty() && in_words.empty())
      lines += without_dollars(when) + "\\quad\\Longrightarrow\\quad ";
    lines += without_dollars(to_latex(with_constants(claim.formula, file)));
  }
  display();
  return text;
}

}  // namespace
}  // namespace wording

namespace wording {
namespace {

bool speaks_of_reference(const TheoremFile::Block& block) {
  return std::ranges::any_of(block.claims, [](const auto& claim) {
    return has_word(claim.formula, std::mem_fn(&Symbol::is_of_reference));
  });
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
  // What is displayed, or begins with its condition.
  const auto on = [](const std::string& steps) {
    return (steps.starts_with("\\[") ? " on\n" : " on this.\n") + steps;
  };
  const std::string lets = definitions(file.lets, file);
  if (!lets.empty()) text += "Write " + lets + ".\n";
  if (!assumed.empty()) text += "Assume that " + listed(assumed) + ".\n";
  for (const auto& block : file.blocks) {
    const std::string claims = displayed(Shown::claims, file, block);
    const std::string steps = displayed(Shown::steps, file, block);
    std::vector<std::string> head;
    if (block.quantifier != Quantifier::none) head.emplace_back(latex_of(block));
    if (speaks_of_reference(block))
      head.emplace_back("with $x=w^*$ where that is exact, else an exact point of $W$ for it");
    if (block.each) head.push_back("for " + to_latex(*block.each));
    if (std::string here = with_definitions(block, file); !here.empty()) head.push_back(here);
    std::string begin;
    for (const std::string& part : head) begin += (begin.empty() ? "" : ", ") + part;
    if (claims.empty()) {
      text += "The proof rests" + (begin.empty() ? "" : ", " + begin + ",") + on(steps);
      continue;
    }
    begin = assumed.empty() ? capitalised(begin) : "Then" + (begin.empty() ? "" : " " + begin);
    const bool is_clause = !begin.empty() && begin != "Then" && !begin.ends_with("that");
    text += begin + (is_clause ? ",\n" : "\n") + claims;
    if (!steps.empty()) text += "The proof rests" + on(steps);
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
    claims += where(block.lets, file);
    if (block.each) claims += ", " + to_unicode(*block.each);
  }
  claims += where(file.lets, file);
  return text.empty() ? claims : text + "  ⇒  " + claims;
}

namespace wording {
namespace {

/// How a change is worded: in LaTeX, or for a terminal.
struct Wording {
  std::string (*sentence)(const Formula&);
  std::string (*definition)(const std::string& name, const std::string& sentence);
  const char* without_noise;
  const char* as_if_fresh;
};

const Wording in_latex{graddiv::to_latex,
                       [](const std::string& name, const std::string& sentence) {
                         return fmt::format("${}={}$", name_to_latex(name), sentence);
                       },
                       "$M_Q^2 \\to M^2$",
                       "$b=n\\Delta^Q_S \\to M_Q^2/\\|\\nabla F\\|^2$ for shared noise"};
const Wording in_unicode{
    graddiv::to_unicode,
    [](const std::string& name, const std::string& sentence) { return name + " = " + sentence; },
    "M_Q² → M²", "b = nΔ^Q_S → M_Q²/‖∇F‖² for shared noise"};

/// What a mutant with another constant says instead: the definitions, hypotheses, conditions and
/// claims that the constant stands in.
std::vector<std::string> said_with(const TheoremFile& file, const TheoremFile::Definition& constant,
                                   const Wording& words) {
  TheoremFile changed = file;
  for (auto& c : changed.constants)
    if (c.name == constant.name) c.formula = constant.formula;
  std::vector<std::string> said;
  const auto say = [&](const Formula& f, const std::string& defined = "") {
    if (count(f, constant.name) == 0) return;
    std::string sentence = words.sentence(with_constants(f, changed));
    if (!defined.empty()) sentence = words.definition(defined, sentence);
    if (std::ranges::find(said, sentence) == said.end()) said.push_back(sentence);
  };
  for (const auto& let : file.lets) say(let.formula, let.name);
  for (const auto& h : file.hypotheses) say(h.formula);
  for (const auto& block : file.blocks) {
    for (const auto& let : block.lets) say(let.formula, let.name);
    for (const auto& claim : block.claims) {
      if (claim.when) say(claim.when->formula);
      say(claim.formula);
    }
  }
  return said;
}

std::string change_in(const TheoremFile& file, const TheoremFile::Mutant& mutant,
                      const Wording& words) {
  std::vector<std::string> changes;
  for (const auto& c : mutant.constants)
    for (std::string& said : said_with(file, c, words)) changes.push_back(std::move(said));
  const auto sentence = [&](const Formula& f) { return words.sentence(with_constants(f, file)); };
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
  for (const auto& label : mutant.dropped) changes.push_back("not asked: " + labelled(label));
  for (const auto& r : mutant.replaced) changes.push_back(sentence(r.formula));
  using Moments = TheoremFile::Mutant::Moments;
  if (mutant.moments == Moments::without_noise) changes.emplace_back(words.without_noise);
  if (mutant.moments == Moments::as_if_fresh) changes.emplace_back(words.as_if_fresh);
  return fmt::format("{}", fmt::join(changes, ", "));
}

}  // namespace
}  // namespace wording

ChangeOfMutant change_of(const TheoremFile& file, const TheoremFile::Mutant& mutant) {
  return {wording::change_in(file, mutant, wording::in_latex),
          wording::change_in(file, mutant, wording::in_unicode)};
}

}  // namespace graddiv
