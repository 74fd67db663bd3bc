#include "reports/prose.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "reports/escape.h"
#include "reports/unicode.h"

namespace graddiv::reports {

namespace {

using Role = Character::Role;

enum class Kind {
  blank,
  word,  // Latin letters
  number,
  symbol,    // an operand that is certainly mathematics: γ, ∇, ‖
  relation,  // an operator that is certainly mathematics: =, ≤, ·
  sign,      // an operator that text has too: + - * / |
  hook,      // ^ _
  script,    // ², ᵀ, ₀
  accent,    // combining, stands behind its letter
  prime,
  dots,
  separator,  // , ;
  opening,
  closing,
  text,
};

struct Token {
  Kind kind;
  std::string_view source;
  std::string_view math;  // for what is not written as it stands
  Role role = Role::text;
  std::size_t partner = 0;  // of a bracket; its own index where it has none
  bool is_math = false;
};

using Tokens = std::vector<Token>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <class Predicate>
std::size_t span_of(std::string_view text, Predicate belongs) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) -
                                  text.begin());
}

// ---- From characters to tokens ------------------------------------------------------------------

std::size_t length_of_number(std::string_view text) {
  std::size_t length = span_of(text, is_digit);
  if (length + 1 < text.size() && text[length] == '.' && is_digit(text[length + 1]))
    length += 1 + span_of(text.substr(length + 1), is_digit);
  if (length < text.size() && (text[length] == 'e' || text[length] == 'E')) {
    const bool has_sign =
        length + 1 < text.size() && (text[length + 1] == '-' || text[length + 1] == '+');
    const std::size_t begin = length + 1 + (has_sign ? 1 : 0);
    const std::size_t digits = begin < text.size() ? span_of(text.substr(begin), is_digit) : 0;
    if (digits > 0) length = begin + digits;
  }
  return length;
}

constexpr auto digraphs = std::to_array<Token>({{Kind::relation, "<=", "\\le"},
                                                {Kind::relation, ">=", "\\ge"},
                                                {Kind::relation, "!=", "\\ne"},
                                                {Kind::relation, "=>", "\\Rightarrow"},
                                                {Kind::relation, "->", "\\to"},
                                                {Kind::dots, "...", "\\dots"},
                                                {Kind::dots, "..", "\\dots"}});

Kind kind_of_ascii(char c) {
  switch (c) {
    case '=':
    case '<':
    case '>':
      return Kind::relation;
    case '+':
    case '-':
    case '*':
    case '/':
    case '|':
      return Kind::sign;
    case '^':
    case '_':
      return Kind::hook;
    case ',':
    case ';':
      return Kind::separator;
    case '(':
    case '[':
    case '{':
      return Kind::opening;
    case ')':
    case ']':
    case '}':
      return Kind::closing;
    case '\'':
      return Kind::prime;
    default:
      return Kind::text;
  }
}

Kind kind_of(const Character& c) {
  if (c.code == U'…') return Kind::dots;
  switch (c.role) {
    case Role::operand:
      return Kind::symbol;
    case Role::relation:
      return Kind::relation;
    case Role::superscript:
    case Role::subscript:
      return Kind::script;
    case Role::accent:
      return Kind::accent;
    case Role::opening:
      return Kind::opening;
    case Role::closing:
      return Kind::closing;
    default:
      return Kind::text;
  }
}

Token first_token(std::string_view rest) {
  const char c = rest.front();
  if (c == ' ') return {Kind::blank, rest.substr(0, 1), {}};
  if (is_letter(c)) return {Kind::word, rest.substr(0, span_of(rest, is_letter)), {}};
  if (is_digit(c)) return {Kind::number, rest.substr(0, length_of_number(rest)), {}};
  for (const Token& d : digraphs)
    if (rest.starts_with(d.source)) return {d.kind, rest.substr(0, d.source.size()), d.math};
  std::string_view behind = rest;
  const auto code = take_character(behind);
  const std::string_view source = rest.substr(0, rest.size() - behind.size());
  if (source.size() == 1 && code) return {kind_of_ascii(c), source, source};
  const Character* known = code ? find_character(*code) : nullptr;
  if (!known) return {Kind::text, source, {}};
  return {kind_of(*known), source, known->math, known->role};
}

Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  while (!text.empty()) {
    tokens.push_back(first_token(text));
    text.remove_prefix(tokens.back().source.size());
  }
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    tokens[i].partner = i;
    if (tokens[i].kind == Kind::opening) open.push_back(i);
    if (tokens[i].kind != Kind::closing || open.empty()) continue;
    tokens[i].partner = open.back();
    tokens[open.back()].partner = i;
    open.pop_back();
  }
  return tokens;
}

// ---- Which tokens are mathematics ---------------------------------------------------------------

constexpr auto functions =
    std::to_array<std::string_view>({"arg", "argmin", "cos", "det", "exp", "inf", "log", "max",
                                     "mean", "min", "sign", "sin", "sqrt", "sup", "tr"});
constexpr auto short_words = std::to_array<std::string_view>(
    {"am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it",
     "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "vs", "we", "OK"});
constexpr auto greek_names = std::to_array<std::string_view>(
    {"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu",
     "nu", "xi", "rho", "sigma", "tau", "phi", "psi", "omega"});
constexpr auto ordinals = std::to_array<std::string_view>({"st", "nd", "rd", "th"});
constexpr auto operators =
    std::to_array<std::string_view>({"mean", "sign", "tr"});  // not known to LaTeX

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The tokens around index i, with a blank beyond both ends.
struct Neighbours {
  const Tokens& tokens;
  std::size_t i;
  static constexpr Token nothing{Kind::blank, {}, {}};

  const Token& next(std::size_t steps = 1) const {
    return i + steps < tokens.size() ? tokens[i + steps] : nothing;
  }
  const Token& previous(std::size_t steps = 1) const {
    return i >= steps ? tokens[i - steps] : nothing;
  }
  const Token& next_word() const { return next().kind == Kind::blank ? next(2) : next(); }
  const Token& previous_word() const {
    return previous().kind == Kind::blank ? previous(2) : previous();
  }
};

bool is_anchor(Kind k) {
  return k == Kind::symbol || k == Kind::relation || k == Kind::script || k == Kind::hook ||
         k == Kind::accent;
}

/// The letters that are also words, or begin names such as H-batch, need a reason to be
/// mathematics.
bool has_reason(const Neighbours& at) {
  const auto glued = [](const Token& t) {
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
  const Token& next = at.next_word();
  return is_anchor(next.kind) || next.kind == Kind::opening || next.kind == Kind::number ||
         (next.kind == Kind::word && next.source.size() == 1);
}

bool is_product(const Neighbours& at, std::string_view word) {  // nd/(n+d), 2kB
  if (contains(short_words, word)) return false;
  if (contains(ordinals, word) && at.previous().kind == Kind::number) return false;
  const auto glued = [](const Token& t) {
    return is_anchor(t.kind) || t.kind == Kind::number || t.source == "/";
  };
  return glued(at.next()) || glued(at.previous()) || at.next().source == "+" ||
         at.previous().source == "+" || at.next().kind == Kind::opening;
}

bool is_math_word(const Tokens& tokens, std::size_t i) {
  const std::string_view word = tokens[i].source;
  const Neighbours at{tokens, i};
  if (word.size() == 1) return is_math_letter(at, word.front());
  if (contains(functions, word)) return is_math_function(at);
  if (contains(greek_names, word)) return at.next_word().kind == Kind::relation;
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
  const auto settable = [](const Token& t) {
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
  const auto fits = [](const Token& t) {
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

// ---- From tokens to LaTeX -----------------------------------------------------------------------

/// Writes a range of tokens as the inside of $…$.
class MathWriter {
 public:
  explicit MathWriter(const Tokens& tokens) : tokens_(tokens) {}

  std::string write(std::size_t begin, std::size_t end) {
    for (i_ = begin, end_ = end; i_ < end_; ++i_) write_token();
    return std::move(out_);
  }

 private:
  std::string nested(std::size_t begin, std::size_t end) const {
    return MathWriter(tokens_).write(begin, end);
  }

  /// \gamma needs a blank before a letter.
  void append(std::string_view math) {
    const auto last = out_.find_last_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const bool after_command =
        last != std::string::npos && out_[last] == '\\' && last + 1 < out_.size();
    if (after_command && !math.empty() && is_letter(math.front())) out_ += ' ';
    out_ += math;
  }

  void atom(std::string_view math) {
    append(math);
    atom_ = out_.size() - math.size();
    raised_ = lowered_ = false;
  }

  void operation(std::string_view math) {
    append(math);
    atom_ = std::string::npos;
    raised_ = lowered_ = false;
  }

  /// x²² and the like would be a double superscript, an error.
  void attach(bool up, std::string_view math) {
    bool& taken = up ? raised_ : lowered_;
    if (taken) {
      out_ += "{}";
      raised_ = lowered_ = false;
    }
    out_ += fmt::format("{}{{{}}}", up ? '^' : '_', math);
    (up ? raised_ : lowered_) = true;
  }

  void write_token() {
    const Token& t = tokens_[i_];
    switch (t.kind) {
      case Kind::blank:
        return write_blank();
      case Kind::word:
        return write_word();
      case Kind::number:
        return write_number();
      case Kind::symbol:
        return t.source == "√" ? write_root() : atom(t.math);
      case Kind::relation:
        return operation(t.math);
      case Kind::sign:
        return t.source == "*" ? write_star() : operation(t.source);
      case Kind::hook:
        return write_hook();
      case Kind::script:
        return write_scripts();
      case Kind::accent:
        return write_accent();
      case Kind::prime:
        return attach(true, "\\prime");
      case Kind::dots:
        return operation("\\dots");
      case Kind::separator:
        return operation(t.source);
      case Kind::opening:
      case Kind::closing:
        return write_bracket();
      case Kind::text:
        return operation(latex_escape(t.source));
    }
  }

  void write_blank() {
    const auto is_operand = [](const Token& t) {
      return t.kind == Kind::word || t.kind == Kind::number || t.kind == Kind::script ||
             t.kind == Kind::prime ||
             (t.kind == Kind::symbol && t.source != "Σ" && t.source != "‖");
    };
    const bool between_operands =
        i_ > 0 && i_ + 1 < end_ && is_operand(tokens_[i_ - 1]) && is_operand(tokens_[i_ + 1]);
    if (between_operands && !contains(functions, tokens_[i_ - 1].source))
      out_ += "\\,";
    else if (!out_.empty())
      out_ += ' ';
  }

  void write_word() {
    const std::string_view word = tokens_[i_].source;
    const Neighbours at{tokens_, i_};
    if (word == "E" && is_expectation(at)) return atom("\\mathbb{E}");
    if (word == "R" && at.next().source == "^") return atom("\\mathbb{R}");
    if (word == "sqrt" && at.next().kind == Kind::opening) return write_root();
    if (word == "argmin") return operation("\\operatorname*{arg\\,min}");
    if (contains(greek_names, word)) return atom(fmt::format("\\{}", word));
    if (contains(operators, word)) return operation(fmt::format("\\operatorname{{{}}}", word));
    if (contains(functions, word) && word != "sqrt") return operation(fmt::format("\\{}", word));
    atom(word.size() <= 2 ? std::string(word) : fmt::format("\\mathrm{{{}}}", word));
  }

  static bool is_expectation(const Neighbours& at) {
    const Token& next = at.next();
    if (next.source == "[" || next.kind == Kind::symbol || next.source == "|") return true;
    return next.kind == Kind::blank && at.next(2).is_math &&
           (at.next(2).kind == Kind::word || at.next(2).kind == Kind::symbol);
  }

  void write_number() {
    const std::string_view number = tokens_[i_].source;
    const std::size_t e = number.find_first_of("eE");
    if (e == std::string_view::npos) return atom(breakable(number));
    std::string_view exponent = number.substr(e + 1);
    if (exponent.front() == '+') exponent.remove_prefix(1);
    const std::string_view mantissa = number.substr(0, e);
    atom(fmt::format("{}10", mantissa == "1" ? "" : fmt::format("{}\\cdot", mantissa)));
    attach(true, exponent);
  }

  /// Nothing else would keep a number of hundreds of digits in the line.
  static std::string breakable(std::string_view digits) {
    constexpr std::size_t longest = 40;
    constexpr std::size_t group = 10;
    std::string out(digits);
    if (digits.size() > longest)
      for (std::size_t at = (digits.size() - 1) / group * group; at > 0; at -= group)
        out.insert(at, "\\allowbreak ");
    return out;
  }

  /// √x, √(n+1), sqrt(n+1).
  void write_root() {
    const std::size_t next = i_ + 1;
    if (next >= end_ || !tokens_[next].is_math) return atom("\\surd");
    const Kind kind = tokens_[next].kind;
    if (kind == Kind::opening && tokens_[next].partner > next && tokens_[next].partner < end_) {
      atom(fmt::format("\\sqrt{{{}}}", nested(next + 1, tokens_[next].partner)));
      i_ = tokens_[next].partner;
    } else if (kind == Kind::word || kind == Kind::number || kind == Kind::symbol) {
      atom(fmt::format("\\sqrt{{{}}}", nested(next, next + 1)));
      i_ = next;
    } else {
      atom("\\surd");
    }
  }

  /// w* and F*, or a product.
  void write_star() {
    const Neighbours at{tokens_, i_};
    const Kind before = at.previous().kind;
    const Kind behind = at.next().kind;
    const bool follows_atom =
        i_ > 0 && (before == Kind::word || before == Kind::symbol || before == Kind::script ||
                   before == Kind::closing || before == Kind::accent);
    const bool multiplies =
        behind == Kind::word || behind == Kind::number || behind == Kind::opening;
    if (follows_atom && !multiplies)
      attach(true, "*");
    else
      operation("\\cdot");
  }

  void write_hook() {
    const bool up = tokens_[i_].source == "^";
    const std::size_t next = i_ + 1;
    if (next >= end_ || !tokens_[next].is_math) return operation(up ? "\\wedge" : "\\_");
    const std::size_t partner = tokens_[next].partner;
    if (tokens_[next].kind == Kind::opening && partner > next && partner < end_) {
      const bool braces = tokens_[next].source == "{";
      attach(up, braces ? nested(next + 1, partner) : nested(next, partner + 1));
      i_ = partner;
      return;
    }
    std::size_t last = next;
    const bool is_operand_behind =
        next + 1 < end_ && tokens_[next + 1].is_math &&
        (tokens_[next + 1].kind == Kind::word || tokens_[next + 1].kind == Kind::number ||
         tokens_[next + 1].kind == Kind::symbol);
    if (tokens_[next].math == "-" && is_operand_behind) last = next + 1;
    attach(up, nested(next, last + 1));
    i_ = last;
  }

  void write_scripts() {
    const Role role = tokens_[i_].role;
    std::string all;
    for (; i_ < end_ && tokens_[i_].kind == Kind::script && tokens_[i_].role == role; ++i_)
      all += tokens_[i_].math;
    --i_;
    attach(role == Role::superscript, all);
  }

  void write_accent() {
    if (atom_ == std::string::npos) return;
    const std::string base = out_.substr(atom_);
    out_.resize(atom_);
    atom(fmt::format("{}{{{}}}", tokens_[i_].math, base));
  }

  void write_bracket() {
    const Token& t = tokens_[i_];
    if (t.source == "{") return operation("\\{");
    const std::string_view math = t.source == "}" ? "\\}" : t.math;
    if (t.kind == Kind::closing)
      atom(math);
    else
      operation(math);
  }

  const Tokens& tokens_;
  std::size_t i_ = 0;
  std::size_t end_ = 0;
  std::string out_;
  std::size_t atom_ = std::string::npos;  // where the last operand begins in out_
  bool raised_ = false;                   // it has a superscript already
  bool lowered_ = false;
};

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
                     [](const Token& t) { return is_anchor(t.kind) || t.kind == Kind::word; });
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
  Tokens tokens = tokens_of(text);
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
    out += '$' + MathWriter(tokens).write(run.begin, run.end) + '$';
    text_begin = run.end;
  }
  return out + latex_escape(source_of(tokens, text_begin, tokens.size()));
}

}  // namespace graddiv::reports
