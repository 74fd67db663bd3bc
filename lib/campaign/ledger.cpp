#include "campaign/ledger.h"

namespace graddiv {

Text Ledger::in_words() const {
  const std::string level = decimal_above(error_level, 6);
  const std::string count = std::to_string(statements);
  return Text::words(
             "everything concluded from draws holds at once but for a probability of at most ") +
         Text::formula(level) +
         Text::words("; the check of one of " + count + " statements on its instance ") +
         Text::formula("i ≥ 0") + Text::words(" may spend ") +
         Text::formula(level + "/(" + count + " (i + 1)(i + 2))");
}

}  // namespace graddiv
