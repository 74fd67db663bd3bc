#include "testing/rationals.h"

namespace graddiv::testing {

Rational power_of_ten(int exponent) { return parse_rational("1e" + std::to_string(exponent)); }

Rational power_of_two(int exponent) {
  const Integer one = 1;
  return exponent >= 0 ? Rational(one << exponent)
                       : Rational(Integer(1), Integer(one << -exponent));
}

rc::Gen<Rational> small_rationals(int size) {
  return rc::gen::map(
      rc::gen::pair(rc::gen::inRange(-size, size + 1), rc::gen::inRange(1, size + 1)),
      [](const std::pair<int, int>& pq) { return Rational(pq.first, pq.second); });
}

rc::Gen<Rational> rationals() {
  return rc::gen::weightedOneOf<Rational>({
      {6, small_rationals()},
      {2, small_rationals(100000)},
      {3, rc::gen::element(Rational(0), Rational(1), Rational(-1), Rational(1, 2), Rational(4, 9),
                           Rational(1 + power_of_two(-200)), Rational(1 - power_of_two(-200)),
                           Rational(355, 113), power_of_ten(300), power_of_ten(-300),
                           Rational(-power_of_ten(300)), Rational(-power_of_ten(-300)))},
      {1, rc::gen::map(rc::gen::pair(small_rationals(), rc::gen::inRange(-70, 71)),
                       [](const std::pair<Rational, int>& x) {
                         return Rational(x.first * power_of_two(x.second));
                       })},
  });
}

rc::Gen<std::pair<Rational, Rational>> ranges(const rc::Gen<Rational>& ends) {
  return rc::gen::map(rc::gen::pair(ends, ends), [](std::pair<Rational, Rational> range) {
    if (range.first > range.second) std::swap(range.first, range.second);
    return range;
  });
}

rc::Gen<Rational> points_of(const std::pair<Rational, Rational>& range) {
  return rc::gen::map(rc::gen::inRange(0, 17), [range](int sixteenths) {
    return Rational(range.first + (range.second - range.first) * Rational(sixteenths, 16));
  });
}

}  // namespace graddiv::testing
