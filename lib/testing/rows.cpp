#include "testing/rows.h"

#include "facts/rows.h"
#include "problem/families.h"

namespace graddiv::testing {

Enclosure sharp_diversity_of_rows(const Matrix<Rational>& X) {
  const Problem problem{linear_sum(X, Vector<Rational>::Zero(X.rows()))};
  return Enclosure(X.rows()) / *rows::largest_singular_value2_of_unit_rows(Facts(problem)).value;
}

}  // namespace graddiv::testing
