#include "reports/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "json/as_written.h"
#include "json/input_error.h"
#include "json/print.h"
#include "reports/escape.h"
#include "reports/unicode.h"

namespace graddiv::reports {

namespace {

using Json = nlohmann::ordered_json;  // of scalars_as_written()

/// For fancyvrb's Verbatim with commandchars=\\\{\}, where only these three have a meaning.
std::string verbatim(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto code = take_character(text);
    const bool needs_escape =
        !code || *code >= 0x80 || *code < 0x20 || *code == '\\' || *code == '{' || *code == '}';
    if (!code)
      out += "[?]";
    else
      out += needs_escape ? latex_escape(utf8_of(*code)) : utf8_of(*code);
  }
  return out;
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (; !text.empty(); ++width) take_character(text);
  return width;
}

/// A piece of a line: what is printed, and how wide it is.
struct Piece {
  std::string latex;
  std::size_t width = 0;

  Piece& operator+=(const Piece& other) {
    latex += other.latex;
    width += other.width;
    return *this;
  }
};

Piece plain(std::string_view text) { return {verbatim(text), width_of(text)}; }
Piece note(const std::string& text) {
  return {fmt::format("\\omitted{{{}}}", latex_escape(text)), width_of(text)};
}
Piece key(const std::string& name) {
  const std::string quoted = compact(name);
  return {fmt::format("\\jsonkey{{{}}}: ", verbatim(quoted)), width_of(quoted) + 2};
}

class Layout {
 public:
  Layout(std::size_t columns, std::size_t entries, std::size_t digits)
      : columns_(columns), entries_(entries), digits_(digits) {}

  void value(const Json& tree, std::size_t indent, const Piece& before, const Piece& behind) {
    const Piece flat = on_one_line(tree);
    const std::size_t width = indent + before.width + flat.width + behind.width;
    if (!tree.is_structured() || width <= columns_) {
      Piece line = before;
      line += flat;
      line += behind;
      add_line(indent, line);
    } else {
      open(tree, indent, before, behind);
    }
  }

  const std::vector<std::string>& lines() const { return lines_; }
  bool abbreviated() const { return abbreviated_; }

 private:
  Piece scalar(const Json& tree) {
    const auto& text = tree.get_ref<const std::string&>();
    if (text.size() <= digits_) return plain(text);
    abbreviated_ = true;
    const std::size_t kept = digits_ / 2 - 2;
    std::size_t from = kept;
    std::size_t to = text.size() - kept;
    // Cuts between characters, never within one.
    while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
    while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
    Piece piece = plain(std::string_view(text).substr(0, from));
    piece += note(fmt::format("…{} characters…", to - from));
    piece += plain(std::string_view(text).substr(to));
    return piece;
  }

  std::size_t shown(const Json& tree) const {
    const bool all = tree.is_object() || tree.size() <= entries_ + 1;
    return all ? tree.size() : entries_;
  }

  Piece omission(const Json& tree) {
    abbreviated_ = true;
    return note(fmt::format("… {} more", tree.size() - shown(tree)));
  }

  Piece on_one_line(const Json& tree) {
    if (!tree.is_structured()) return scalar(tree);
    const bool is_object = tree.is_object();
    Piece line = plain(is_object ? "{" : "[");
    const std::size_t count = shown(tree);
    std::size_t i = 0;
    for (auto member = tree.begin(); i < count && line.width <= columns_; ++member, ++i) {
      if (i > 0)
        line += plain(", ");
      else if (is_object)
        line += plain(" ");
      if (is_object) line += key(member.key());
      line += on_one_line(*member);
    }
    if (count < tree.size()) (line += plain(", ")) += omission(tree);
    line += plain(is_object ? " }" : "]");
    return line;
  }

  void open(const Json& tree, std::size_t indent, const Piece& before, const Piece& behind) {
    const bool is_object = tree.is_object();
    Piece first = before;
    first += plain(is_object ? "{" : "[");
    add_line(indent, first);
    if (is_object || !holds_only_scalars(tree))
      one_line_each(tree, indent + 2);
    else
      filled_lines(tree, indent + 2);
    Piece last = plain(is_object ? "}" : "]");
    last += behind;
    add_line(indent, last);
  }

  static bool holds_only_scalars(const Json& tree) {
    return std::ranges::none_of(tree, [](const Json& m) { return m.is_structured(); });
  }

  void one_line_each(const Json& tree, std::size_t indent) {
    const std::size_t count = shown(tree);
    auto member = tree.begin();
    for (std::size_t i = 0; i < count; ++i, ++member)
      value(*member, indent, tree.is_object() ? key(member.key()) : Piece{},
            plain(i + 1 < tree.size() ? "," : ""));
    if (count < tree.size()) add_line(indent, omission(tree));
  }

  void filled_lines(const Json& tree, std::size_t indent) {
    Piece line;
    const std::size_t count = shown(tree);
    const auto put = [&](const Piece& piece) {
      if (line.width > 0 && indent + line.width + 1 + piece.width > columns_)
        add_line(indent, std::exchange(line, {}));
      if (line.width > 0) line += plain(" ");
      line += piece;
    };
    for (std::size_t i = 0; i < count; ++i) {
      Piece piece = scalar(tree[i]);
      if (i + 1 < tree.size()) piece += plain(",");
      put(piece);
    }
    if (count < tree.size()) put(omission(tree));
    add_line(indent, line);
  }

  void add_line(std::size_t indent, const Piece& line) {
    lines_.push_back(std::string(indent, ' ') + line.latex);
  }

  std::size_t columns_;
  std::size_t entries_;
  std::size_t digits_;
  std::vector<std::string> lines_;
  bool abbreviated_ = false;
};

Layout lay_out(const Json& tree, std::size_t columns, std::size_t entries, std::size_t digits) {
  Layout layout(columns, entries, digits);
  layout.value(tree, 0, {}, {});
  return layout;
}

std::string joined(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// No JSON, so no structure to go by: the first lines, each as far as it fits.
Listing raw_listing(const std::string& text, const ListingLimits& limits) {
  Listing listing;
  std::istringstream in(text);
  int count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    const auto columns = static_cast<std::size_t>(limits.columns);
    listing.abbreviated = listing.abbreviated || count == limits.lines || line.size() > columns;
    if (count >= limits.lines) continue;
    listing.latex += (count > 0 ? "\n" : "") + verbatim(line.substr(0, columns));
  }
  if (listing.abbreviated) listing.latex += "\n" + note("…").latex;
  return listing;
}

}  // namespace

Listing instance_listing(const std::string& json, const ListingLimits& limits) {
  Json tree;
  try {
    tree = scalars_as_written(json);
  } catch (const InputError&) {
    return raw_listing(json, limits);
  }
  constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max() - 1;
  const auto columns = static_cast<std::size_t>(limits.columns);
  const auto fits = [&](const Layout& l) {
    return l.lines().size() <= static_cast<std::size_t>(limits.lines) &&
           std::ranges::all_of(l.lines(),
                               [&](const auto& line) { return line.size() <= 4 * columns; });
  };
  Layout layout = lay_out(tree, columns, unlimited, columns - 16);
  for (const std::size_t entries : {12, 8, 6, 4, 3, 2, 1}) {
    if (fits(layout)) break;
    layout = lay_out(tree, columns, entries, static_cast<std::size_t>(limits.digits));
  }
  return {joined(layout.lines()), layout.abbreviated()};
}

}  // namespace graddiv::reports
