#include "number/text.h"

#include <ostream>

namespace graddiv {
namespace {

constexpr char mark = '$';
constexpr char escape = '\\';

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == mark || c == escape) out += escape;
    out += c;
  }
  return out;
}

}  // namespace

Text Text::from_marked(std::string marked) {
  Text text;
  text.marked_ = std::move(marked);
  return text;
}
Text Text::words(std::string_view words) { return from_marked(escaped(words)); }
Text Text::formula(std::string_view formula) { return from_marked(mark + escaped(formula) + mark); }

std::vector<Text::Piece> Text::pieces() const {
  std::vector<Piece> pieces;
  Piece current{"", false};
  const auto end_piece = [&] {
    if (!current.text.empty()) pieces.push_back(current);
    current.text.clear();
  };
  for (std::size_t i = 0; i < marked_.size(); ++i) {
    const char c = marked_[i];
    const bool is_escape = c == escape && i + 1 < marked_.size() &&
                           (marked_[i + 1] == mark || marked_[i + 1] == escape);
    if (is_escape) {
      current.text += marked_[++i];
    } else if (c == mark) {
      end_piece();
      current.is_formula = !current.is_formula;
    } else {
      current.text += c;
    }
  }
  end_piece();
  return pieces;
}

std::string Text::plain() const {
  std::string out;
  for (const Piece& piece : pieces()) out += piece.text;
  return out;
}

std::ostream& operator<<(std::ostream& out, const Text& text) { return out << text.plain(); }

}  // namespace graddiv
