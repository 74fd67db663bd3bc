#pragma once

#include <initializer_list>
#include <string>

#include "linear/matrix.h"

// Vectors and matrices as text, for the unit tests.
namespace graddiv::test {

/// Numbers written out: vec({"1/2", "-3"}).
Vector<Rational> vec(std::initializer_list<const char*> entries);

/// Rows written out: mat({{"1", "2"}, {"3", "4"}}).
Matrix<Rational> mat(std::initializer_list<std::initializer_list<const char*>> rows);

/// Exact numbers as they are printed, for expectations: "1/2, -3".
std::string written(const Vector<Enclosure>& v);

}  // namespace graddiv::test
