#include "linear/matrix.h"

#include "number/exact.h"

namespace graddiv {

// A quotient of doubles is rounded to the nearest.
double detail::nearest_double(const Rational& x) {
  constexpr std::size_t exact_bits = 53;
  mpz_srcptr p = mpq_numref(x.backend().data());
  mpz_srcptr q = mpq_denref(x.backend().data());
  if (mpz_sizeinbase(p, 2) <= exact_bits && mpz_sizeinbase(q, 2) <= exact_bits)
    return mpz_get_d(p) / mpz_get_d(q);
  return enclose(x).approximate();
}

Enclosure detail::exact_enclosure(const Rational& x) { return enclose(x); }

bool is_symmetric(const Matrix<Rational>& A) {
  if (A.rows() != A.cols()) return false;
  for (Eigen::Index j = 0; j < A.cols(); ++j)
    for (Eigen::Index i = 0; i < j; ++i)
      if (A(i, j) != A(j, i)) return false;
  return true;
}

}  // namespace graddiv
