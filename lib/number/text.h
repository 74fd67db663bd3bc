#pragma once

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace graddiv {

/// A sentence in which formulas are marked where it is written, "F is $λ$-strongly convex", so that
/// whoever prints it need not guess what is mathematics. Formulas are Unicode as it is read on a
/// terminal; a dollar that is one is written \$. Only literals are taken as marked without a word:
/// what comes from outside enters through words().
class Text {
 public:
  Text() = default;
  template <std::size_t n>
  Text(const char (&marked)[n]) : marked_(marked) {}  // NOLINT(google-explicit-constructor)
  /// What marked() gave.
  static Text from_marked(std::string marked);
  /// Words in which no formula stands, whatever characters they hold: the name of a file.
  static Text words(std::string_view words);
  static Text formula(std::string_view formula);

  bool empty() const { return marked_.empty(); }
  /// As written, with its marks: what is stored.
  const std::string& marked() const { return marked_; }
  /// As read on a terminal.
  std::string plain() const;

  struct Piece {
    std::string text;
    bool is_formula;
  };
  /// Words and formulas in turn, none of them empty. A formula that is not closed ends with the
  /// text.
  std::vector<Piece> pieces() const;

  Text& operator+=(const Text& more) {
    marked_ += more.marked_;
    return *this;
  }
  friend Text operator+(Text first, const Text& second) { return first += second; }
  friend auto operator<=>(const Text&, const Text&) = default;

 private:
  std::string marked_;
};

std::ostream& operator<<(std::ostream& out, const Text& text);  ///< plain

// In JSON as read on a terminal.
template <class Json>
void to_json(Json& json, const Text& text) {
  json = text.plain();
}

}  // namespace graddiv
