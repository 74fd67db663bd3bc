#include "formula/vocabulary.h"

#include <algorithm>

namespace graddiv {

const std::vector<Symbol>& vocabulary() {
  static const std::vector<Symbol> all = [] {
    std::vector<Symbol> symbols;
    for (auto part :
         {vocabulary_part::run, vocabulary_part::constants, vocabulary_part::expectations,
          vocabulary_part::points, vocabulary_part::pairs, vocabulary_part::coupled}) {
      for (Symbol& symbol : part()) symbols.push_back(std::move(symbol));
    }
    return symbols;
  }();
  return all;
}

const Symbol* find_symbol(std::string_view name) {
  const auto& all = vocabulary();
  const auto found = std::ranges::find(all, name, &Symbol::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace graddiv
