#pragma once

#include <cstddef>
#include <map>

#include "campaign/sharpest_record.h"
#include "claim/check.h"
#include "formula/variants.h"

// Private to sharpen: where claims that were solved for a number turn false.
namespace graddiv::workbench {

/// The number at which a claim turns false on an instance.
struct Turn {
  Rational at;
  std::size_t trial = 0;
};
using Turns = std::map<Regime, Turn>;

bool is_beyond(const Rational& a, const Rational& b, bool smaller_is_stronger);
/// Of two instances in one regime the one that turns the claim false farther out.
void keep_farthest(Turns& turns, Regime regime, const Turn& turn, bool smaller_is_stronger);

/// A number whose claim could be solved for it.
struct SolvedNumber {
  std::size_t number;  ///< of numbers_of
  SolvedFile file;
  Statement statement;  ///< with the number's own value
};
Turns turns_on(const SolvedNumber& solved, const Instance& instance);

}  // namespace graddiv::workbench
