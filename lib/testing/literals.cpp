#include "testing/literals.h"

#include "number/exact.h"

namespace graddiv::test {

Vector<Rational> vec(std::initializer_list<const char*> entries) {
  Vector<Rational> result(static_cast<Eigen::Index>(entries.size()));
  Eigen::Index j = 0;
  for (const char* entry : entries) result(j++) = parse_rational(entry);
  return result;
}

Matrix<Rational> mat(std::initializer_list<std::initializer_list<const char*>> rows) {
  Matrix<Rational> result(static_cast<Eigen::Index>(rows.size()),
                          static_cast<Eigen::Index>(rows.begin()->size()));
  Eigen::Index i = 0;
  for (const auto& row : rows) result.row(i++) = vec(row).transpose();
  return result;
}

std::string written(const Vector<Enclosure>& v) {
  std::string result;
  for (Eigen::Index j = 0; j < v.size(); ++j) result += (j > 0 ? ", " : "") + v(j).to_string();
  return result;
}

}  // namespace graddiv::test
