#include "formula/vocabulary.h"

#include <algorithm>
#include <stdexcept>

namespace graddiv {

namespace {

std::deque<Symbol>& words() {
  static std::deque<Symbol> all = [] {
    std::deque<Symbol> symbols;  // the address of a word stays: formulas point to it
    for (auto part :
         {vocabulary_part::run, vocabulary_part::constants, vocabulary_part::expectations,
          vocabulary_part::points, vocabulary_part::pairs, vocabulary_part::coupled,
          vocabulary_part::mechanisms, vocabulary_part::random_rows}) {
      for (Symbol& symbol : part()) symbols.push_back(std::move(symbol));
    }
    return symbols;
  }();
  return all;
}

}  // namespace

const std::deque<Symbol>& vocabulary() { return words(); }

void add_words(std::vector<Symbol> more) {
  for (Symbol& word : more) {
    if (find_symbol(word.name) != nullptr)
      throw std::logic_error("there is a word '" + word.name + "' already");
    words().push_back(std::move(word));
  }
}

namespace {

const Symbol& symbol_named(std::string_view name) {
  const Symbol* symbol = find_symbol(name);
  if (symbol == nullptr) {
    throw std::out_of_range("no word '" + std::string(name) +
                            "'; graddiv list --vocabulary prints them all");
  }
  return *symbol;
}

}  // namespace

Formula word(std::string_view name) { return Formula::of(symbol_named(name)); }
Formula word(std::string_view name, const Formula& index) {
  return Formula::of(symbol_named(name), {index});
}

const Symbol* find_symbol(std::string_view name) {
  const auto& all = vocabulary();
  const auto found = std::ranges::find(all, name, &Symbol::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace graddiv
