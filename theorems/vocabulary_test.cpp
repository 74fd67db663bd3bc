#include "formula/vocabulary.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "claim/check.h"
#include "formula/statement_of.h"
#include "formula/theorem_file.h"
#include "instances/classes.h"
#include "sgd/instance.h"
#include "theorems/catalogue.h"

namespace graddiv {
namespace {

std::string quantifier_of(const Symbol& word) {
  switch (word.under) {
    case Under::iteration:
      return "for every k\n";
    case Under::form:
    case Under::plain:
      return "for every k, under each (δ, M²)\n";
    case Under::noisy:
      return "for every k, under each (δ, M_Q²)\n";
    case Under::point:
      return "at every point w\n";
    case Under::noise:
      return "at every point w, under the mechanism\n";
    case Under::pair:
      return "for every pair w, w'\n";
    default:
      return word.has_index() ? "for every k\n" : "";
  }
}

std::string with_index(const Symbol& word) {
  const bool is_of_an_iteration = word.name == "gamma_at" || word.name == "B_at";
  const bool is_of_a_run = word.under == Under::nothing && !word.of_number;
  std::string text;
  for (const char c : word.spellings.front()) {
    if (c != '#')
      text += c;
    else
      text += is_of_an_iteration ? "{k − 1}" : is_of_a_run ? "k" : "3";
  }
  return text;
}

/// "x ≥ least", at all places where x has a value.
Statement statement_of_least(const Symbol& word) {
  return statement_of(parse_theorem(fmt::format(
      "theorem least\n{}claim {} ≥ {}\n", quantifier_of(word), with_index(word), *word.least)));
}

/// What Symbol::least says, of words that rooms above add too.
TEST(Vocabulary, HasNoValueBelowTheLeast) {
  ASSERT_FALSE(theorems().empty());  // adds the words of worst-case families
  std::map<const Symbol*, Statement> claims;
  for (const Symbol& word : vocabulary())
    if (word.least) claims.emplace(&word, statement_of_least(word));
  std::set<const Symbol*> seen;
  for (const InstanceClass drawn_from : instance_classes()) {
    const Evaluation evaluation(draw(drawn_from, 1, 1));
    for (const auto& [word, claim] : claims) {
      const Finding finding = check(claim, evaluation);
      EXPECT_NE(finding.verdict, Verdict::refuted)
          << word->name << " on " << to_string(drawn_from) << ": " << finding.reason.plain();
      if (finding.verdict == Verdict::proved || finding.verdict == Verdict::supported)
        seen.insert(word);
    }
  }
  for (const auto& [word, claim] : claims) EXPECT_TRUE(seen.contains(word)) << word->name;
}

}  // namespace
}  // namespace graddiv
