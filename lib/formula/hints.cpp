#include "formula/hints.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "formula/parse.h"
#include "formula/spelling.h"
#include "formula/vocabulary.h"

namespace graddiv {
namespace hinting {
namespace {

/// What papers write, and how it is said here.
struct Notation {
  std::string_view name;
  std::string_view here;
};
constexpr std::array notations = std::to_array<Notation>({
    {"L", "L_max (of every f_i), β (of F) or, of gradients, L_f"},
    {"L_1", "L_max (of every f_i) or β (of F)"},
    {"κ", "β/λ, or L_max/λ"},
    {"kappa", "β/λ, or L_max/λ"},
    {"σ", "σ*² (the noise at w*), M² (along the run) or sup_W M²"},
    {"sigma", "σ*² (the noise at w*), M² (along the run) or sup_W M²"},
    {"M", "M² (under each (δ, M²)), or sup_W M²"},
    {"G", "L_f, a bound of every gradient, or sup_W M²"},
    {"D", "D_0, which is ‖w_0 − w*‖², or D_W, the diameter of W"},
    {"R", "D_0, which is ‖w_0 − w*‖², or D_W, the diameter of W"},
    {"α", "γ (on the sum of B gradients) or η (on their mean)"},
    {"alpha", "γ (on the sum of B gradients) or η (on their mean)"},
    {"η_k", "γ_k·B_k: γ_k is the step on the sum of B_k gradients"},
    {"α_k", "γ_k, the step on the sum of B_k gradients"},
    {"x", "w, with w_k the iterates and w* the minimiser"},
    {"x_k", "w_k, in expectations such as E‖w_k − w*‖²"},
    {"θ", "w, with w_k the iterates and w* the minimiser"},
    {"w", "a word such as ‖w − w*‖² or F(w), at every point w"},
    {"f", "F, their mean, or all of them: every f_i is convex, inf_W f, sup_W f"},
    {"F", "E F(w_k), E[F(w_k) − F*], F*, or F(w) at every point w"},
    {"f_i", "said of all of them: every f_i is convex, inf_W f, sup_W f"},
    {"t", "k, the iterations done"},
    {"T", "K iterations, or T_k gradients in k of them"},
    {"N", "n functions, or K iterations"},
    {"m", "B, the batch size"},
    {"b", "B, the batch size"},
    {"E", "said by words such as E‖w_k − w*‖², E F(w_k), E[F(w_k) − F*], E‖∇F(w_k)‖²"},
    {"Var", "M² and its like, which do not subtract the mean"},
    {"ε", "given a value by a line 'let ε = …'"},
    {"epsilon", "given a value by a line 'let epsilon = …'"},
    {"c", "given a value by a line 'constants c = 1', or bounds by 'given c ≥ …'"},
    {"C", "given a value by a line 'constants C = 1', or bounds by 'given C ≥ …'"},
    {"W", "said by W = R^d, W is bounded, w_0 ∈ W, D_W"},
    {"all", "every: every f_i is convex, every f_i is smooth, …"},
    {"each", "every: every f_i is convex, every f_i is smooth, …"},
    {"e", "exp(1)"},
    {"ln", "log"},
});

/// Beginnings, of which no word is near enough or the wrong one is.
constexpr std::array phrases = std::to_array<Notation>({
    {"E‖∇f_i", "M²(w) at every point w, E M²(w_k) along the run"},
    {"‖∇f_i", "M²(w), their mean square, at every point w"},
    {"mean_i ‖∇f_i", "M²(w) at every point w"},
    {"inf_W F", "F*"},
    {"sup_W F", "sup_W f, of the single functions"},
    {"min F", "F*"},
    {"inf F", "F*"},
    {"W is convex", "always so: W is R^d, a box, a ball or a product of these"},
    {"w* ∈ W", "always so: w* is a minimiser over W"},
    {"E[F(\\bar", "E[F(w̄_k) − F*], with the bar above"},
});

using Characters = std::u32string;

Characters characters_of(std::string_view text) {
  static const std::array<std::pair<std::string_view, char32_t>, 12> in_ascii{{{"^*", U'*'},
                                                                               {"_*", U'*'},
                                                                               {"lambda", U'λ'},
                                                                               {"beta", U'β'},
                                                                               {"gamma", U'γ'},
                                                                               {"delta", U'δ'},
                                                                               {"sigma", U'σ'},
                                                                               {"mu-", U'μ'},
                                                                               {"grad", U'∇'},
                                                                               {"||", U'‖'},
                                                                               {"^2", U'²'},
                                                                               {"−", U'-'}}};
  Characters result;
  while (!text.empty()) {
    const auto* const known = std::ranges::find_if(
        in_ascii, [&](const auto& one) { return text.starts_with(one.first); });
    if (known != in_ascii.end()) {
      result += known->second;
      text.remove_prefix(known->first == "mu-" ? 2 : known->first.size());
      continue;
    }
    if (text.front() == '{' && text.find('}') != std::string_view::npos) {  // an index
      result += U'k';
      text.remove_prefix(text.find('}') + 1);
      continue;
    }
    const std::size_t length = spelling::length_of_character(text);
    if (text.front() != ' ' && text.front() != '\n') result += spelling::first_character(text);
    text.remove_prefix(length);
  }
  return result;
}

/// How many characters must be put in, left out or replaced to make a word of how a text begins;
/// `#`, an index, is any character.
std::size_t distance_to_beginning(const Characters& word, const Characters& text) {
  std::vector<std::size_t> row(text.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < word.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < text.size(); ++j) {
      const bool is_same = word[i] == text[j] || word[i] == U'#';
      const std::size_t replaced = diagonal + (is_same ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return *std::ranges::min_element(row);
}

/// The text up to where another quantity begins.
std::string_view phrase_at(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::size_t end = std::min(text.size(), longest);
  for (const std::string_view stop : {"≤", "≥", "≠", "=", "<", ">", ",", ";"})
    end = std::min(end, text.find(stop));
  return text.substr(0, end);
}

/// "k − 1" of "E‖w_{k − 1} − x‖²": the first index in a text.
std::string index_in(std::string_view text) {
  const std::size_t at = text.find('_');
  if (at == std::string_view::npos) return "k";
  const std::string_view rest = text.substr(at + 1);
  if (rest.starts_with('{') && rest.find('}') != std::string_view::npos)
    return std::string(rest.substr(0, rest.find('}') + 1));
  const std::size_t length = spelling::length_of_name(rest);
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return length + digits == 0 ? "k" : std::string(rest.substr(0, std::max(length, digits)));
}

/// The word nearest to how a phrase begins, one of five characters or more, as it would be written
/// there.
std::optional<std::string> nearest_word(std::string_view phrase, const Characters& wanted) {
  constexpr std::size_t least_length = 5;
  std::optional<std::string> best;
  double least = 0.34;  // of its characters
  for (const Symbol& symbol : vocabulary()) {
    for (const std::string& spelling : symbol.spellings) {
      const Characters word = characters_of(spelling);
      if (word.size() < least_length) continue;
      const double share = static_cast<double>(distance_to_beginning(word, wanted)) /
                           static_cast<double>(word.size());
      if (share >= least) continue;
      least = share;
      best = spelling;
    }
  }
  if (!best) return best;
  const std::string index = index_in(phrase);
  for (std::size_t at = best->find('#'); at != std::string::npos; at = best->find('#'))
    best->replace(at, 1, index);
  return best;
}

}  // namespace
}  // namespace hinting

std::string hint(std::string_view text, std::string_view name,
                 const std::vector<std::string>& names) {
  using namespace hinting;
  const std::string_view phrase_here = phrase_at(text);
  const Characters wanted = characters_of(phrase_here);
  for (const Notation& phrase : phrases) {
    if (wanted.starts_with(characters_of(phrase.name)))
      return "; here it is " + std::string(phrase.here);
  }
  if (const auto word = nearest_word(phrase_here, wanted)) {
    const std::string index = index_in(text);
    const bool is_usual = index == "k" || index == "K" || index.starts_with('{');
    if (!is_usual && wanted.starts_with(characters_of(*word)))
      return "; '" + index + "' is no index: expected a number, k or K";
    return "; did you mean '" + *word + "'?";
  }
  const auto* const known = std::ranges::find(notations, name, &Notation::name);
  if (known != notations.end()) return "; here it is " + std::string(known->here);
  return name.empty() ? "" : suggestion(name, names);
}

}  // namespace graddiv
