#include "testing/instances.h"

#include "problem/families.h"

namespace graddiv::test {

Instance parabola_at(int c) {
  Matrix<Rational> A(1, 1);
  A << 1;
  Vector<Rational> center(1), start(1);
  center << c;
  start << 0;
  return {{quadratic_sum({{A, center, 0}}), Domain::all()}, {start, {Rational(1, 4)}, {1}, 2}};
}

}  // namespace graddiv::test
