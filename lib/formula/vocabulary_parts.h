#pragma once

#include <string>
#include <utility>
#include <vector>

#include "formula/scope.h"
#include "formula/symbol.h"

// How the files of the vocabulary write its lines.
namespace graddiv::vocabulary_part {

using Spellings = std::vector<std::string>;

inline Symbol signed_number(std::string name, Spellings spellings, std::string latex, Under under,
                            std::string meaning, std::function<Enclosure(const Scope&)> value) {
  return {.name = std::move(name),
          .spellings = std::move(spellings),
          .latex = std::move(latex),
          .under = under,
          .meaning = std::move(meaning),
          .value = [value = std::move(value)](const Scope& s, long) { return value(s); },
          .holds = {}};
}

/// One with an index.
inline Symbol signed_indexed(std::string name, Spellings spellings, std::string latex,
                             std::string meaning,
                             std::function<Enclosure(const Case&, int)> value) {
  return {.name = std::move(name),
          .spellings = std::move(spellings),
          .latex = std::move(latex),
          .meaning = std::move(meaning),
          .value = [value = std::move(value)](const Scope& s,
                                              long k) { return value(s.c(), static_cast<int>(k)); },
          .holds = {}};
}

/// No value of the quantity lies below `least`.
inline Symbol at_least(int least, Symbol symbol) {
  symbol.least = least;
  return symbol;
}

/// At least 0, as most quantities are: norms, variances, certified constants.
inline Symbol number(std::string name, Spellings spellings, std::string latex, Under under,
                     std::string meaning, std::function<Enclosure(const Scope&)> value) {
  return at_least(0, signed_number(std::move(name), std::move(spellings), std::move(latex), under,
                                   std::move(meaning), std::move(value)));
}

inline Symbol indexed(std::string name, Spellings spellings, std::string latex, std::string meaning,
                      std::function<Enclosure(const Case&, int)> value) {
  return at_least(0, signed_indexed(std::move(name), std::move(spellings), std::move(latex),
                                    std::move(meaning), std::move(value)));
}

/// Whole and at least 1.
inline Symbol positive(std::string name, Spellings spellings, std::string latex, Under under,
                       std::string meaning, std::function<Enclosure(const Scope&)> value) {
  return at_least(1, signed_number(std::move(name), std::move(spellings), std::move(latex), under,
                                   std::move(meaning), std::move(value)));
}

/// A property. Its spellings have their mathematics marked: "$F$ is convex".
inline Symbol property(std::string name, Spellings spellings, std::string latex, Under under,
                       std::string meaning, std::function<Truth(const Scope&)> holds) {
  std::string marked = spellings.front();
  for (std::string& spelling : spellings) std::erase(spelling, '$');
  return {.name = std::move(name),
          .spellings = std::move(spellings),
          .marked = std::move(marked),
          .latex = std::move(latex),
          .under = under,
          .meaning = std::move(meaning),
          .type = Formula::Type::truth,
          .value = {},
          .holds = std::move(holds)};
}

}  // namespace graddiv::vocabulary_part
