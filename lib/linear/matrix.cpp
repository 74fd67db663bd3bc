#include "linear/matrix.h"

#include "number/exact.h"

namespace graddiv {

double detail::nearest_double(const Rational& x) { return enclose(x).approximate(); }

Enclosure detail::exact_enclosure(const Rational& x) { return enclose(x); }

bool is_symmetric(const Matrix<Rational>& A) {
  if (A.rows() != A.cols()) return false;
  for (Eigen::Index j = 0; j < A.cols(); ++j)
    for (Eigen::Index i = 0; i < j; ++i)
      if (A(i, j) != A(j, i)) return false;
  return true;
}

}  // namespace graddiv
