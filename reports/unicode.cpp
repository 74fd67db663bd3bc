#include "reports/unicode.h"

#include <utf8cpp/utf8.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace graddiv::reports {

namespace {

using Role = Character::Role;
constexpr Role operand = Role::operand;
constexpr Role superscript = Role::superscript;
constexpr Role subscript = Role::subscript;
constexpr Role relation = Role::relation;

// Kept in the order of the codes: find_character() searches by halving.
constexpr auto table = std::to_array<Character>({
    {U'\u00A0', "~", Role::text, "~"},
    {U'¡', "", Role::text, "\\textexclamdown{}"},
    {U'§', "\\S", Role::text, "\\S{}"},
    {U'©', "", Role::text, "\\textcopyright{}"},
    {U'«', "", Role::text, "\\guillemotleft{}"},
    {U'¬', "\\lnot", relation},
    {U'\u00AD', "", Role::text, "\\-"},
    {U'®', "", Role::text, "\\textregistered{}"},
    {U'°', "^{\\circ}", Role::text, "\\textdegree{}"},
    {U'±', "\\pm", relation},
    {U'²', "2", superscript},
    {U'³', "3", superscript},
    {U'µ', "\\mu", operand},
    {U'¶', "\\P", Role::text, "\\P{}"},
    {U'·', "\\cdot", relation},
    {U'¹', "1", superscript},
    {U'»', "", Role::text, "\\guillemotright{}"},
    {U'¼', "\\tfrac14", operand},
    {U'½', "\\tfrac12", operand},
    {U'¾', "\\tfrac34", operand},
    {U'¿', "", Role::text, "\\textquestiondown{}"},
    {U'×', "\\times", relation},
    {U'÷', "\\div", relation},
    {U'\u0302', "\\hat", Role::accent},
    {U'\u0303', "\\tilde", Role::accent},
    {U'\u0304', "\\bar", Role::accent},
    {U'\u0305', "\\overline", Role::accent},
    {U'\u0307', "\\dot", Role::accent},
    {U'Α', "\\mathrm{A}", operand},
    {U'Β', "\\mathrm{B}", operand},
    {U'Γ', "\\Gamma", operand},
    {U'Δ', "\\Delta", operand},
    {U'Ε', "\\mathrm{E}", operand},
    {U'Ζ', "\\mathrm{Z}", operand},
    {U'Η', "\\mathrm{H}", operand},
    {U'Θ', "\\Theta", operand},
    {U'Ι', "\\mathrm{I}", operand},
    {U'Κ', "\\mathrm{K}", operand},
    {U'Λ', "\\Lambda", operand},
    {U'Μ', "\\mathrm{M}", operand},
    {U'Ν', "\\mathrm{N}", operand},
    {U'Ξ', "\\Xi", operand},
    {U'Ο', "\\mathrm{O}", operand},
    {U'Π', "\\Pi", operand},
    {U'Ρ', "\\mathrm{P}", operand},
    {U'Σ', "\\sum", operand},  // these texts write sums, never a matrix named Σ
    {U'Τ', "\\mathrm{T}", operand},
    {U'Υ', "\\Upsilon", operand},
    {U'Φ', "\\Phi", operand},
    {U'Χ', "\\mathrm{X}", operand},
    {U'Ψ', "\\Psi", operand},
    {U'Ω', "\\Omega", operand},
    {U'α', "\\alpha", operand},
    {U'β', "\\beta", operand},
    {U'γ', "\\gamma", operand},
    {U'δ', "\\delta", operand},
    {U'ε', "\\varepsilon", operand},
    {U'ζ', "\\zeta", operand},
    {U'η', "\\eta", operand},
    {U'θ', "\\theta", operand},
    {U'ι', "\\iota", operand},
    {U'κ', "\\kappa", operand},
    {U'λ', "\\lambda", operand},
    {U'μ', "\\mu", operand},
    {U'ν', "\\nu", operand},
    {U'ξ', "\\xi", operand},
    {U'ο', "o", operand},
    {U'π', "\\pi", operand},
    {U'ρ', "\\rho", operand},
    {U'ς', "\\varsigma", operand},
    {U'σ', "\\sigma", operand},
    {U'τ', "\\tau", operand},
    {U'υ', "\\upsilon", operand},
    {U'φ', "\\varphi", operand},
    {U'χ', "\\chi", operand},
    {U'ψ', "\\psi", operand},
    {U'ω', "\\omega", operand},
    {U'ϑ', "\\vartheta", operand},
    {U'ϕ', "\\phi", operand},
    {U'ϖ', "\\varpi", operand},
    {U'ϱ', "\\varrho", operand},
    {U'ϵ', "\\epsilon", operand},
    {U'ᴮ', "B", superscript},
    {U'ᴷ', "K", superscript},
    {U'ᴺ', "N", superscript},
    {U'ᵀ', "\\top", superscript},
    {U'ᵈ', "d", superscript},
    {U'ᵏ', "k", superscript},
    {U'ᵗ', "t", superscript},
    {U'ᵢ', "i", subscript},
    {U'\u2009', "\\,", Role::text, "\\,"},
    {U'\u200B', "", Role::text, ""},
    {U'‐', "", Role::text, "-"},
    {U'‑', "", Role::text, "\\mbox{-}"},
    {U'–', "", Role::text, "--"},
    {U'—', "", Role::text, "---"},
    {U'‖', "\\|", operand},
    {U'‘', "", Role::text, "`"},
    {U'’', "'", Role::text, "'"},
    {U'“', "", Role::text, "``"},
    {U'”', "", Role::text, "''"},
    {U'•', "\\bullet", Role::text, "\\textbullet{}"},
    {U'…', "\\dots", Role::text, "\\dots{}"},
    {U'\u202F', "\\,", Role::text, "\\,"},
    {U'′', "\\prime", superscript},
    {U'″', "\\prime\\prime", superscript},
    {U'⁰', "0", superscript},
    {U'ⁱ', "i", superscript},
    {U'⁴', "4", superscript},
    {U'⁵', "5", superscript},
    {U'⁶', "6", superscript},
    {U'⁷', "7", superscript},
    {U'⁸', "8", superscript},
    {U'⁹', "9", superscript},
    {U'⁺', "+", superscript},
    {U'⁻', "-", superscript},
    {U'⁼', "=", superscript},
    {U'⁽', "(", superscript},
    {U'⁾', ")", superscript},
    {U'ⁿ', "n", superscript},
    {U'₀', "0", subscript},
    {U'₁', "1", subscript},
    {U'₂', "2", subscript},
    {U'₃', "3", subscript},
    {U'₄', "4", subscript},
    {U'₅', "5", subscript},
    {U'₆', "6", subscript},
    {U'₇', "7", subscript},
    {U'₈', "8", subscript},
    {U'₉', "9", subscript},
    {U'₊', "+", subscript},
    {U'₋', "-", subscript},
    {U'₌', "=", subscript},
    {U'₍', "(", subscript},
    {U'₎', ")", subscript},
    {U'ₐ', "a", subscript},
    {U'ₑ', "e", subscript},
    {U'ₓ', "x", subscript},
    {U'ₖ', "k", subscript},
    {U'ₗ', "l", subscript},
    {U'ₘ', "m", subscript},
    {U'ₙ', "n", subscript},
    {U'ₚ', "p", subscript},
    {U'ₛ', "s", subscript},
    {U'ₜ', "t", subscript},
    {U'€', "", Role::text, "\\texteuro{}"},
    {U'ℓ', "\\ell", operand},
    {U'ℕ', "\\mathbb{N}", operand},
    {U'ℙ', "\\mathbb{P}", operand},
    {U'ℚ', "\\mathbb{Q}", operand},
    {U'ℝ', "\\mathbb{R}", operand},
    {U'™', "", Role::text, "\\texttrademark{}"},
    {U'ℤ', "\\mathbb{Z}", operand},
    {U'⅓', "\\tfrac13", operand},
    {U'⅔', "\\tfrac23", operand},
    {U'←', "\\leftarrow", relation},
    {U'↑', "\\uparrow", relation},
    {U'→', "\\to", relation},
    {U'↓', "\\downarrow", relation},
    {U'↔', "\\leftrightarrow", relation},
    {U'↦', "\\mapsto", relation},
    {U'⇐', "\\Leftarrow", relation},
    {U'⇒', "\\Rightarrow", relation},
    {U'⇔', "\\Leftrightarrow", relation},
    {U'∀', "\\forall", operand},
    {U'∂', "\\partial", operand},
    {U'∃', "\\exists", operand},
    {U'∅', "\\emptyset", operand},
    {U'∇', "\\nabla", operand},
    {U'∈', "\\in", relation},
    {U'∉', "\\notin", relation},
    {U'∋', "\\ni", relation},
    {U'∏', "\\prod", operand},
    {U'∑', "\\sum", operand},
    {U'−', "-", relation},
    {U'∓', "\\mp", relation},
    {U'∗', "\\ast", relation},
    {U'∘', "\\circ", relation},
    {U'∙', "\\cdot", relation},
    {U'√', "\\surd", operand},
    {U'∝', "\\propto", relation},
    {U'∞', "\\infty", operand},
    {U'∣', "\\mid", relation},
    {U'∥', "\\parallel", operand},
    {U'∧', "\\land", relation},
    {U'∨', "\\lor", relation},
    {U'∩', "\\cap", relation},
    {U'∪', "\\cup", relation},
    {U'∫', "\\int", operand},
    {U'∼', "\\sim", relation},
    {U'≈', "\\approx", relation},
    {U'≔', "\\mathrel{:=}", relation},
    {U'≠', "\\ne", relation},
    {U'≡', "\\equiv", relation},
    {U'≢', "\\not\\equiv", relation},
    {U'≤', "\\le", relation},
    {U'≥', "\\ge", relation},
    {U'≪', "\\ll", relation},
    {U'≫', "\\gg", relation},
    {U'≺', "\\prec", relation},
    {U'≻', "\\succ", relation},
    {U'≼', "\\preceq", relation},
    {U'≽', "\\succeq", relation},
    {U'⊂', "\\subset", relation},
    {U'⊃', "\\supset", relation},
    {U'⊆', "\\subseteq", relation},
    {U'⊇', "\\supseteq", relation},
    {U'⊕', "\\oplus", relation},
    {U'⊗', "\\otimes", relation},
    {U'⊤', "\\top", operand},
    {U'⊥', "\\perp", relation},
    {U'⋅', "\\cdot", relation},
    {U'⋆', "\\star", relation},
    {U'⋯', "\\cdots", operand},
    {U'⌈', "\\lceil", Role::opening},
    {U'⌉', "\\rceil", Role::closing},
    {U'⌊', "\\lfloor", Role::opening},
    {U'⌋', "\\rfloor", Role::closing},
    {U'✓', "\\checkmark", Role::text, "\\ensuremath{\\checkmark}"},
    {U'✗', "\\times", Role::text, "\\ensuremath{\\times}"},
    {U'⟨', "\\langle", Role::opening},
    {U'⟩', "\\rangle", Role::closing},
    {U'⩽', "\\leqslant", relation},
    {U'⩾', "\\geqslant", relation},
    {U'⪯', "\\preceq", relation},
    {U'⪰', "\\succeq", relation},
    {U'\uFEFF', "", Role::text, ""},
    {U'𝔼', "\\mathbb{E}", operand},
});

static_assert(std::is_sorted(table.begin(), table.end(),
                             [](const auto& a, const auto& b) { return a.code < b.code; }));

}  // namespace

std::span<const Character> known_characters() { return table; }

const Character* find_character(char32_t code) {
  const auto found = std::lower_bound(table.begin(), table.end(), code,
                                      [](const Character& c, char32_t x) { return c.code < x; });
  return found != table.end() && found->code == code ? &*found : nullptr;
}

bool is_latin_letter(char32_t code) {
  // Beyond Latin-1, the letters that the font encoding T1 has: Łojasiewicz, Erdős, Çınlar.
  constexpr std::u32string_view extended =
      U"ĂăĄąĆćČčĎďĐđĒēĔĕĖėĘęĚěĞğĪīĮįİıĹĺĽľŁłŃńŇňŌōŐőŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽž";
  const bool is_latin_1 = code >= 0xC0 && code <= 0xFF;
  return (is_latin_1 || extended.find(code) != std::u32string_view::npos) && !find_character(code);
}

std::optional<char32_t> take_character(std::string_view& text) {
  const char* at = text.data();
  try {
    const char32_t code = utf8::next(at, text.data() + text.size());
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
    return code;
  } catch (const utf8::exception&) {
    text.remove_prefix(1);
    return std::nullopt;
  }
}

std::string utf8_of(char32_t code) {
  std::string bytes;
  utf8::append(code, std::back_inserter(bytes));
  return bytes;
}

}  // namespace graddiv::reports
