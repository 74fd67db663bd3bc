#pragma once

#include <cstdint>

// The loops that a pass over dense data consists of, for rows of bytes and of numbers, in vector
// registers of this machine (chosen when the program runs). The order of the additions is fixed,
// so a result depends on the machine's instruction set at most.
namespace graddiv::measure {

/// Σ_j x_j w_j over n numbers.
double row_product(const std::uint8_t* x, const double* w, std::int64_t n);
float row_product(const std::uint8_t* x, const float* w, std::int64_t n);
double row_product(const double* x, const double* w, std::int64_t n);
float row_product(const float* x, const float* w, std::int64_t n);

/// Σ_j x_j² over n numbers, exactly.
std::int64_t squared_row(const std::uint8_t* x, std::int64_t n);

/// y_j += a x_j over n numbers.
void add_row(double a, const std::uint8_t* x, double* y, std::int64_t n);
void add_row(float a, const std::uint8_t* x, float* y, std::int64_t n);
void add_row(double a, const double* x, double* y, std::int64_t n);
void add_row(float a, const float* x, float* y, std::int64_t n);
/// The same, and fetches the n numbers at `soon` on the way: a row that is wanted soon, so that it
/// has not to be waited for then.
void add_row(double a, const double* x, double* y, std::int64_t n, const double* soon);
void add_row(float a, const float* x, float* y, std::int64_t n, const float* soon);

/// Adds four rows: bit for bit what add_row of one after the other gives, in less time.
void add_four_rows(const double* a, const std::uint8_t* const* x, double* y, std::int64_t n);
void add_four_rows(const float* a, const std::uint8_t* const* x, float* y, std::int64_t n);
void add_four_rows(const double* a, const double* const* x, double* y, std::int64_t n);
void add_four_rows(const float* a, const float* const* x, float* y, std::int64_t n);

/// y_j = a x_j over n numbers.
void scale_row(double a, const std::uint8_t* x, double* y, std::int64_t n);
void scale_row(float a, const std::uint8_t* x, float* y, std::int64_t n);

}  // namespace graddiv::measure
