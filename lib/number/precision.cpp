#include "number/precision.h"

#include <stdexcept>

#include "number/interval.h"

namespace graddiv {

namespace {

using Backend = Interval::backend_type;
using boost::multiprecision::variable_precision_options;

thread_local Precision in_force;

/// The fewest decimal digits d for which Boost gives an interval at least `bits` bits.
unsigned decimal_digits(unsigned bits) {
  using boost::multiprecision::detail::digits10_2_2;
  unsigned digits = bits / 4 + 1;  // fewer than needed, as log2(10) < 4; found exactly below
  while (digits > 1 && digits10_2_2(digits - 1) >= bits) --digits;
  while (digits10_2_2(digits) < bits) ++digits;
  return digits;
}

void put_in_force(const Precision& p) {
  in_force = p;
  Backend::thread_default_precision(decimal_digits(p.bits));
  // Otherwise Boost would compute at the precision of the most precise operand, and not at the one
  // asked for.
  Backend::thread_default_variable_precision_options(
      variable_precision_options::assume_uniform_precision);
}

}  // namespace

bool detail::prepare_interval_defaults() {
  const Precision initial;
  Backend::default_precision(decimal_digits(initial.bits));
  Backend::default_variable_precision_options(variable_precision_options::assume_uniform_precision);
  put_in_force(initial);
  return true;
}

Precision current_precision() { return in_force; }

PrecisionScope::PrecisionScope(Precision p) : former_(in_force) {
  if (p.bits < 2) throw std::invalid_argument("an interval needs at least 2 bits");
  put_in_force(p);
}

PrecisionScope::PrecisionScope(unsigned bits)
    : PrecisionScope(Precision{bits, in_force.exact_bits}) {}

PrecisionScope::~PrecisionScope() { put_in_force(former_); }

}  // namespace graddiv
