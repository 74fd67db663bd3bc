#include "reports/mathematics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "reports/escape.h"
#include "reports/math_tokens.h"

namespace graddiv::reports {

namespace {

using Kind = MathToken::Kind;
using Role = Character::Role;

/// Writes a range of tokens as the inside of $…$.
class MathWriter {
 public:
  explicit MathWriter(const MathTokens& tokens) : tokens_(tokens) {}

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
    const MathToken& t = tokens_[i_];
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
    const auto is_operand = [](const MathToken& t) {
      return t.kind == Kind::word || t.kind == Kind::number || t.kind == Kind::script ||
             t.kind == Kind::prime ||
             (t.kind == Kind::symbol && t.source != "Σ" && t.source != "‖");
    };
    const bool between_operands =
        i_ > 0 && i_ + 1 < end_ && is_operand(tokens_[i_ - 1]) && is_operand(tokens_[i_ + 1]);
    if (between_operands && !names_function(tokens_[i_ - 1].source))
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
    if (names_greek_letter(word)) return atom(fmt::format("\\{}", word));
    if (names_operator(word)) return operation(fmt::format("\\operatorname{{{}}}", word));
    if (names_function(word) && word != "sqrt") return operation(fmt::format("\\{}", word));
    atom(word.size() <= 2 ? std::string(word) : fmt::format("\\mathrm{{{}}}", word));
  }

  static bool is_expectation(const Neighbours& at) {
    const MathToken& next = at.next();
    if (next.source == "[" || next.kind == Kind::symbol || next.source == "|") return true;
    return next.kind == Kind::blank &&
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
    if (next >= end_) return atom("\\surd");
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
    if (next >= end_ || tokens_[next].kind == Kind::blank) return operation(up ? "\\wedge" : "\\_");
    const std::size_t partner = tokens_[next].partner;
    if (tokens_[next].kind == Kind::opening && partner > next && partner < end_) {
      const bool braces = tokens_[next].source == "{";
      attach(up, braces ? nested(next + 1, partner) : nested(next, partner + 1));
      i_ = partner;
      return;
    }
    std::size_t last = next;
    const bool is_operand_behind = next + 1 < end_ && (tokens_[next + 1].kind == Kind::word ||
                                                       tokens_[next + 1].kind == Kind::number ||
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
    const MathToken& t = tokens_[i_];
    if (t.source == "{") return operation("\\{");
    const std::string_view math = t.source == "}" ? "\\}" : t.math;
    if (t.kind == Kind::closing)
      atom(math);
    else
      operation(math);
  }

  const MathTokens& tokens_;
  std::size_t i_ = 0;
  std::size_t end_ = 0;
  std::string out_;
  std::size_t atom_ = std::string::npos;  // where the last operand begins in out_
  bool raised_ = false;                   // it has a superscript already
  bool lowered_ = false;
};

}  // namespace

std::string math_latex(std::string_view formula) {
  const MathTokens tokens = math_tokens(formula);
  return MathWriter(tokens).write(0, tokens.size());
}

std::string text_latex(const Text& text) {
  std::string latex;
  for (const auto& [piece, is_formula] : text.pieces())
    latex += is_formula ? "$" + math_latex(piece) + "$" : latex_escape(piece);
  return latex;
}

}  // namespace graddiv::reports
