#include "reports/prose.h"

#include <algorithm>
#include <array>
#include <vector>

#include "reports/escape.h"
#include "reports/math_tokens.h"
#include "reports/mathematics.h"

namespace graddiv::reports {

namespace {

using Kind = MathToken::Kind;

using Tokens = MathTokens;

// ---- Which tokens are mathematics ---------------------------------------------------------------

constexpr auto short_words = std::to_array<std::string_view>(
    {"am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it",
     "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "vs", "we", "OK"});
constexpr auto ordinals = std::to_array<std::string_view>({"st", "nd", "rd", "th"});

template <class List>
bool is_one_of(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_anchor(Kind k) {
  return k == Kind::symbol || k == Kind::relation || k == Kind::script || k == Kind::hook ||
         k == Kind::accent;
}

/// The letters that are also words, or begin names such as H-batch, need a reason to be
/// mathematics.
bool has_reason(const Neighbours& at) {
  const auto glued = [](const MathToken& t) {
    return is_anchor(t.kind) || t.kind == Kind::number || t.source == "*" || t.source == "/";
  };
  return glued(at.next()) || glued(at.previous()) || at.next().kind == Kind::opening ||
         at.next_word().kind == Kind::relation || at.previous_word().kind == Kind::relation;
}

bool in_abbreviation(const Neighbours& at) {  // e.g., i.e.
  return (at.next().source == "." && at.next(2).kind == Kind::word) ||
         (at.previous().source == "." && at.previous(2).kind == Kind::word);
}

bool is_math_letter(const Neighbours& at, char letter) {
  if (at.previous().kind == Kind::prime || in_abbreviation(at)) return false;
  constexpr std::string_view words = "AIHa";
  return words.find(letter) == std::string_view::npos || has_reason(at);
}

bool is_math_function(const Neighbours& at) {
  const MathToken& next = at.next_word();
  return is_anchor(next.kind) || next.kind == Kind::opening || next.kind == Kind::number ||
         (next.kind == Kind::word && next.source.size() == 1);
}

bool is_product(const Neighbours& at, std::string_view word) {  // nd/(n+d), 2kB
  if (is_one_of(short_words, word)) return false;
  if (is_one_of(ordinals, word) && at.previous().kind == Kind::number) return false;
  const auto glued = [](const MathToken& t) {
    return is_anchor(t.kind) || t.kind == Kind::number || t.source == "/";
  };
  return glued(at.next()) || glued(at.previous()) || at.next().source == "+" ||
         at.previous().source == "+" || at.next().kind == Kind::opening;
}

bool is_math_word(const Tokens& tokens, std::size_t i) {
  const std::string_view word = tokens[i].source;
  const Neighbours at{tokens, i};
  if (word.size() == 1) return is_math_letter(at, word.front());
  if (names_function(word)) return is_math_function(at);
  if (names_greek_letter(word)) return at.next_word().kind == Kind::relation;
  return word.size() == 2 && is_product(at, word);
}

bool is_math_prime(const Tokens& tokens, std::size_t i) {
  const Neighbours at{tokens, i};
  return i > 0 && tokens[i - 1].is_math && at.previous().kind != Kind::blank &&
         at.next().kind != Kind::word;
}

/// Marks what stands in a subscript or an exponent, whatever it is: σ_max, w_{kB}, e^−x.
void mark_argument(Tokens& tokens, std::size_t hook) {
  const std::size_t begin = hook + 1;
  if (begin >= tokens.size() || tokens[begin].kind == Kind::blank) return;
  std::size_t end = begin;
  if (tokens[begin].kind == Kind::opening)
    end = tokens[begin].partner;
  else if (tokens[begin].math == "-" && begin + 1 < tokens.size())
    end = begin + 1;
  const auto settable = [](const MathToken& t) {
    return t.kind != Kind::text && t.kind != Kind::accent;
  };
  if (!std::all_of(tokens.begin() + begin, tokens.begin() + end + 1, settable)) return;
  if (tokens[begin].kind == Kind::opening && end == begin) return;
  for (std::size_t i = begin; i <= end; ++i) tokens[i].is_math = true;
  tokens[hook].is_math = true;
}

bool is_math_alone(const Tokens& tokens, std::size_t i) {
  switch (tokens[i].kind) {
    case Kind::word:
      return is_math_word(tokens, i);
    case Kind::prime:
      return is_math_prime(tokens, i);
    case Kind::number:
    case Kind::symbol:
    case Kind::relation:
    case Kind::sign:
    case Kind::dots:
      return true;
    case Kind::script:
    case Kind::accent:
      return i > 0 && tokens[i - 1].is_math;
    default:
      return false;
  }
}

/// A pair of brackets is mathematics if all inside is.
void mark_brackets(Tokens& tokens, std::size_t closing) {
  const std::size_t opening = tokens[closing].partner;
  if (opening == closing || opening + 1 == closing) return;
  const auto fits = [](const MathToken& t) {
    return t.is_math || t.kind == Kind::blank || t.kind == Kind::separator;
  };
  if (!std::all_of(tokens.begin() + opening + 1, tokens.begin() + closing, fits)) return;
  for (std::size_t i = opening; i <= closing; ++i) tokens[i].is_math = true;
}

void mark(Tokens& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].is_math) continue;
    if (tokens[i].kind == Kind::hook) {
      if (i > 0 && tokens[i - 1].is_math) mark_argument(tokens, i);
    } else if (tokens[i].kind == Kind::closing) {
      mark_brackets(tokens, i);
    } else {
      tokens[i].is_math = is_math_alone(tokens, i);
    }
  }
}

/// Operators at the edges of a run belong to the text around it ("λ-strongly"), but for a sign
/// before and a star behind an operand.
bool can_begin(const Tokens& tokens, std::size_t i, std::size_t begin) {
  const Kind kind = tokens[i].kind;
  if (kind == Kind::blank || kind == Kind::separator || kind == Kind::hook ||
      kind == Kind::closing || kind == Kind::prime || kind == Kind::accent || kind == Kind::dots)
    return false;
  if (kind != Kind::sign) return true;
  const Neighbours at{tokens, i};
  const bool is_sign =
      tokens[i].source == "-" || tokens[i].source == "+" || tokens[i].source == "|";
  return is_sign && at.next().kind != Kind::blank &&
         (begin == 0 || tokens[begin - 1].kind == Kind::blank);
}

bool can_end(const Tokens& tokens, std::size_t i) {
  const Kind kind = tokens[i].kind;
  if (kind == Kind::sign)
    return tokens[i].source == "|" ||
           (tokens[i].source == "*" && i > 0 && tokens[i - 1].kind != Kind::blank);
  return kind != Kind::blank && kind != Kind::separator && kind != Kind::hook && kind != Kind::dots;
}

/// Numbers, brackets and blanks alone are as good in text.
bool is_certain(const Tokens& tokens, std::size_t begin, std::size_t end) {
  return std::any_of(tokens.begin() + begin, tokens.begin() + end,
                     [](const MathToken& t) { return is_anchor(t.kind) || t.kind == Kind::word; });
}

struct Run {
  std::size_t begin;
  std::size_t end;
};

/// A bracket whose partner was trimmed away would be lonely; then the run is cut before it.
Run balanced(const Tokens& tokens, Run run) {
  for (std::size_t i = run.begin; i < run.end; ++i) {
    const std::size_t partner = tokens[i].partner;
    const bool is_bracket = tokens[i].kind == Kind::opening || tokens[i].kind == Kind::closing;
    if (is_bracket && (partner < run.begin || partner >= run.end)) return {run.begin, i};
  }
  return run;
}

Run trimmed(const Tokens& tokens, Run run) {
  const std::size_t begin = run.begin;
  while (run.begin < run.end && !can_begin(tokens, run.begin, begin)) ++run.begin;
  run = balanced(tokens, run);
  while (run.begin < run.end && !can_end(tokens, run.end - 1)) --run.end;
  return balanced(tokens, run);
}

/// The longest run of mathematics from `begin` on; blanks may stand inside.
Run run_from(const Tokens& tokens, std::size_t begin) {
  std::size_t end = begin;
  while (end < tokens.size() && (tokens[end].is_math || tokens[end].kind == Kind::blank)) ++end;
  return {begin, end};
}

std::string_view source_of(const Tokens& tokens, std::size_t begin, std::size_t end) {
  if (begin == end) return {};
  const char* first = tokens[begin].source.data();
  const char* last = tokens[end - 1].source.data() + tokens[end - 1].source.size();
  return {first, static_cast<std::size_t>(last - first)};
}

}  // namespace

std::string prose(std::string_view text) {
  Tokens tokens = math_tokens(text);
  mark(tokens);
  std::string out;
  std::size_t text_begin = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    const Run whole = run_from(tokens, i);
    if (whole.end == i) {
      ++i;
      continue;
    }
    const Run run = trimmed(tokens, whole);
    i = run.begin < run.end ? run.end : whole.end;
    if (run.begin == run.end || !is_certain(tokens, run.begin, run.end)) continue;
    out += latex_escape(source_of(tokens, text_begin, run.begin));
    out += '$' + math_latex(source_of(tokens, run.begin, run.end)) + '$';
    text_begin = run.end;
  }
  return out + latex_escape(source_of(tokens, text_begin, tokens.size()));
}

}  // namespace graddiv::reports
