#include "claim/conclusion_text.h"

#include <array>
#include <string>

#include "number/evidence.h"
#include "number/exact.h"

namespace graddiv {
namespace {

/// "3 of 1024 draws failed: …", for a probability on the left known from draws.
Text in_words(const RowSample& sample, const Comparison& c) {
  constexpr int digits = 3;
  const auto at_most = [](const Enclosure& x) { return Text::formula(x.decimal_upper(digits)); };
  const auto number = [](long n) { return Text::words(std::to_string(n)); };
  Text text = number(sample.failures) + " of " + number(sample.draws) + " draws failed";
  if (sample.undecided != 0) text += ", " + number(sample.undecided) + " stayed undecided";
  text += ": the failure probability is ";
  if (sample.all_hold()) {
    text += "at most " + at_most(c.left);
  } else {
    text += "in " + Text::formula("[" + c.left.decimal_lower(digits) + ", " +
                                  c.left.decimal_upper(digits) + "]");
  }
  text += " with confidence " + Text::formula("1 − " + sample.error_level.decimal_upper(digits)) +
          ", the stated one is " + at_most(c.right);
  if (c.truth() == Truth::no) return text;
  if (!sample.detectable) return text + "; no violation would have been refuted";
  text += "; one of " + at_most(*sample.detectable) + " or more";
  if ((c.right > 0).truth() == Truth::yes)
    text += ", " + at_most(*sample.detectable / c.right) + " times the stated one";
  return text + ", would have been refuted with probability 0.99";
}

/// "$[0.185302, 0.185303] ≤ 0.1$".
Text in_words(const Comparison& c) {
  static constexpr std::array<std::string_view, 5> signs{"<", "≤", "=", "≥", ">"};
  constexpr int digits = 6;
  return Text::formula(short_text(c.left, digits) + " " +
                       std::string(signs[static_cast<std::size_t>(c.relation)]) + " " +
                       short_text(c.right, digits));
}

/// What an interval from draws would have shown: a left side above the right one by its own width
/// lies wholly above it, unless the sample misled. As a multiple of the right side.
Text would_have_shown(const Comparison& c) {
  constexpr int digits = 3;
  const bool is_upper_bound = c.relation == Relation::less || c.relation == Relation::less_equal;
  if (!is_upper_bound || !c.left.is_bounded() || !c.right.is_bounded() ||
      (c.right > 0).truth() != Truth::yes)
    return {};
  const Enclosure width = c.left.upper() - c.left.lower();
  return "; " + Text::formula(((c.right + width) / c.right).decimal_upper(digits)) +
         " times the bound would have been refuted";
}

}  // namespace

std::string short_text(const Enclosure& x, int digits) {
  constexpr std::size_t longest = 32;
  std::string text = x.to_string(digits);
  if (!x.is_exact() || text.size() <= longest) return text;
  return "[" + x.decimal_lower(digits) + ", " + x.decimal_upper(digits) + "]";
}

Text unless_misled(const Evidence& evidence) {
  constexpr int digits = 3;
  return "unless a sample misled (with probability " +
         Text::formula(enclose(evidence.error_level()).decimal_upper(digits)) + " at most)";
}

Text in_words(const Conclusion& c) {
  Text where = to_text(c.place);  // nothing for a claim about the whole instance
  if (c.is_lemma) where += where.empty() ? Text("a step of the proof") : " (a step of the proof)";
  if (!where.empty()) where += ": ";
  if (c.sample) return where + in_words(*c.sample, c.comparison);
  Text text = where + in_words(c.comparison);
  const Evidence evidence = evidence_of(c);
  if (is_guess(evidence)) return text + ", as far as numbers without a known bound tell";
  if (!is_statistical(evidence)) return text;
  text += ", " + unless_misled(evidence);
  return c.comparison.truth() == Truth::yes ? text + would_have_shown(c.comparison) : text;
}

}  // namespace graddiv
