#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <memory>
#include <vector>

#include "number/exact.h"
#include "problem/families.h"
#include "testing/literals.h"

// Small random problems for the unit tests of the rooms from `problem` to `sgd`. To be called
// inside properties; small numbers are shrunk towards 0 and sizes towards 1.
namespace graddiv::test {

/// Any number in [lower, upper), evenly: RapidCheck's own range starts with its lowest numbers
/// alone.
int integer(int lower, int upper);

Rational rational();

Vector<Rational> vector(int d);

Matrix<Rational> matrix(int rows, int columns);

Matrix<Rational> symmetric(int d);

/// Diagonal with entries ≥ 0 in one case of two, else any symmetric matrix.
Matrix<Rational> curvature_matrix(int d);

std::shared_ptr<const FiniteSum> quadratic(int n, int d);

std::shared_ptr<const FiniteSum> glm(int n, int d, Loss loss);

std::shared_ptr<const FiniteSum> max_affine(int n, int d);

/// The families, and the losses of glm one by one; any of them with a regularization; and sums of
/// up to three of these, with a regularization now and then.
inline constexpr int kinds = 11;

/// Any problem of a kind, with d and n ≤ 3, the latter of every part.
std::shared_ptr<const FiniteSum> sum_of_kind(int kind);
std::shared_ptr<const FiniteSum> sum_of_kind(int kind, int d);

std::shared_ptr<const FiniteSum> any_sum();

/// Calls law(sum, i) with a random problem of every kind and one of its functions.
template <class Law>
void for_every_kind(Law law) {
  for (int kind = 0; kind < kinds; ++kind) {
    const auto sum = sum_of_kind(kind);
    law(*sum, integer(0, sum->size()));
  }
}

Domain box(int d);

Domain ball(int d);
/// Of boxes and balls on random stretches of the coordinates.
Domain product(int d);

Domain any_domain(int d);

/// Whether a ≤ b for all numbers enclosed, but for a slack far above rounding and far below what a
/// wrong formula changes.
bool below(const Enclosure& a, const Enclosure& b);

Enclosure dot(const Vector<Enclosure>& a, const Vector<Enclosure>& b);

/// xᵀMx.
Enclosure form(const Matrix<Rational>& M, const Vector<Rational>& x);
Enclosure form(const SymmetricMatrix& M, const Vector<Rational>& x);

}  // namespace graddiv::test
