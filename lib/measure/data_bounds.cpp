#include "measure/data_bounds.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <cmath>
#include <limits>

#include "json/input_error.h"
#include "linear/fast_psd.h"
#include "measure/matrix_product.h"

namespace graddiv::measure {
namespace {

constexpr double epsilon = 0x1p-52;

using Dense = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

void to_unit_length(const Examples<double>& data, std::int64_t first, std::int64_t count,
                    double* rows) {
  const int d = data.dimension();
  for (std::int64_t k = 0; k < count; ++k) {
    const double norm = std::sqrt(data.squared_norm(first + k));
    if (norm == 0) continue;
    for (int j = 0; j < d; ++j) rows[k * d + j] /= norm;
  }
}

Dense rows_of(const Examples<double>& data, std::int64_t first, std::int64_t count,
              bool unit_rows) {
  Dense rows(count, data.dimension());
  data.load({first, count, nullptr}, rows.data());
  if (unit_rows) to_unit_length(data, first, count, rows.data());
  return rows;
}

/// XᵀX or XXᵀ, whichever is smaller, in doubles.
Dense gram(const Examples<double>& data, bool unit_rows) {
  const int d = data.dimension();
  const std::int64_t n = data.size();
  constexpr std::int64_t block = 512;
  if (d > n) {
    const Dense X = rows_of(data, 0, n, unit_rows);
    Dense G(n, n);
    const int size = static_cast<int>(n);
    multiply(false, true, size, size, d, X.data(), X.data(), 0.0, G.data());
    return G;
  }
  Dense G = Dense::Zero(d, d);
  for (std::int64_t first = 0; first < n; first += block) {
    const std::int64_t count = std::min(block, n - first);
    const Dense X = rows_of(data, first, count, unit_rows);
    multiply(true, false, d, d, static_cast<int>(count), X.data(), X.data(), 1.0, G.data());
  }
  return G;
}

/// λ_max of G by power iterations: a guess.
double guess(const Dense& G) {
  Eigen::VectorXd v = Eigen::VectorXd::Ones(G.rows());
  for (Eigen::Index j = 0; j < v.size(); ++j) v(j) += 0.01 * std::sin(static_cast<double>(j));
  double value = 0;
  for (int k = 0; k < 300; ++k) {
    v.normalize();
    v = G * v;
    const double next = v.norm();
    if (std::abs(next - value) <= 1e-13 * next) return next;
    value = next;
  }
  return value;
}

// Each entry of the computed G is off by at most (m + 4) ε times the product of the lengths of the
// two vectors that it is the product of, m terms each (4: scaling and unit length), so G by at most
// (m + 4) ε trace G in norm. The guess is raised until the proof succeeds.
CertifiedNorm by_cholesky(const Examples<double>& data, bool unit_rows) {
  const Dense G = gram(data, unit_rows);
  const double terms =
      static_cast<double>(std::max<std::int64_t>(data.size(), data.dimension())) + 4;
  const double radius = 1.01 * terms * epsilon * G.trace();
  const double start = guess(G);
  if (start == 0) return {radius, "the rows are 0"};
  for (double slack = 1e-12; slack < 1; slack *= 10) {
    const double bound = start * (1 + slack) + 2 * radius;
    Matrix<double> rest = -G;
    rest.diagonal().array() += bound;
    // Adding to the diagonal rounds once more.
    if (proves_psd(rest, radius + epsilon * (bound + G.diagonal().maxCoeff()))) {
      return {bound, "Cholesky factorisation in floating point, with a proof (Rump 2006)"};
    }
  }
  return {G.trace() + radius, "trace of the Gram matrix"};
}

CertifiedNorm by_sums(const Examples<double>& data, bool unit_rows) {
  const int d = data.dimension();
  std::vector<double> columns(static_cast<std::size_t>(d));
  double largest_row = 0;
  for (std::int64_t i = 0; i < data.size(); ++i) {
    const Dense row = rows_of(data, i, 1, unit_rows);
    double sum = 0;
    for (int j = 0; j < d; ++j) {
      const double size = std::abs(row(0, j));
      sum += size;
      columns[static_cast<std::size_t>(j)] += size;
    }
    largest_row = std::max(largest_row, sum);
  }
  double largest_column = 0;
  for (const double sum : columns) largest_column = std::max(largest_column, sum);
  const double terms = static_cast<double>(std::max<std::int64_t>(data.size(), d)) + 8;
  return {largest_row * largest_column * (1 + 2.02 * terms * epsilon),
          "largest row sum times largest column sum"};
}

/// Which columns of a row, and which rows of a column, are not 0.
struct Supports {
  std::vector<std::vector<std::int32_t>> columns_of;
  std::vector<std::vector<std::int32_t>> rows_with;

  explicit Supports(const Examples<double>& data)
      : columns_of(static_cast<std::size_t>(data.size())),
        rows_with(static_cast<std::size_t>(data.data().columns)) {
    const auto& rows = std::get<SparseRows>(data.data().features);
    for (std::size_t i = 0; i < columns_of.size(); ++i) {
      for (auto k = static_cast<std::size_t>(rows.row_begin[i]);
           k < static_cast<std::size_t>(rows.row_begin[i + 1]); ++k) {
        if (rows.value[k] == 0) continue;
        columns_of[i].push_back(rows.column[k]);
        rows_with[static_cast<std::size_t>(rows.column[k])].push_back(static_cast<std::int32_t>(i));
      }
    }
  }
};

/// Squares of rows this short lose digits that no error analysis here counts.
void refuse_underflow(const Examples<double>& data) {
  constexpr double shortest = 1e-270;
  std::vector<double> row(static_cast<std::size_t>(data.dimension()));
  for (std::int64_t i = 0; i < data.size(); ++i) {
    if (data.squared_norm(i) >= shortest) continue;
    data.load({i, 1, nullptr}, row.data());
    for (const double x : row) {
      if (x != 0) {
        throw InputError(
            fmt::format("{}, row {}: a squared norm of {:g} is too small for bounds "
                        "from the rows; a larger scale is expected",
                        data.data().source, i, data.squared_norm(i)));
      }
    }
  }
}

}  // namespace

CertifiedNorm largest_singular_value(const Examples<double>& data, bool unit_rows,
                                     int largest_gram) {
  constexpr std::int64_t largest_matrix = std::int64_t{1} << 27U;  // 1 GB
  const std::int64_t n = data.size();
  const std::int64_t d = data.dimension();
  return std::min(n, d) <= largest_gram && (d <= n || n * d <= largest_matrix)
             ? by_cholesky(data, unit_rows)
             : by_sums(data, unit_rows);
}

ConflictDegree conflict_degree(const Examples<double>& data, double budget) {
  const std::int64_t n = data.size();
  if (data.preparation().constant_column) return {n - 1, true};
  const Supports supports(data);
  const auto& rows_with = supports.rows_with;
  double steps = 0;
  for (const auto& rows : rows_with) {
    steps += static_cast<double>(rows.size()) * static_cast<double>(rows.size());
  }
  ConflictDegree result;
  result.is_exact = steps <= budget;
  std::vector<std::int64_t> seen(static_cast<std::size_t>(n), -1);
  for (std::int64_t i = 0; i < n; ++i) {
    std::int64_t degree = 0;
    for (const auto j : supports.columns_of[static_cast<std::size_t>(i)]) {
      const auto& rows = rows_with[static_cast<std::size_t>(j)];
      if (!result.is_exact) {
        degree += static_cast<std::int64_t>(rows.size()) - 1;
        continue;
      }
      for (const auto other : rows) {
        if (other != i && seen[static_cast<std::size_t>(other)] != i) {
          seen[static_cast<std::size_t>(other)] = i;
          ++degree;
        }
      }
    }
    result.largest = std::max(result.largest, std::min(degree, n - 1));
  }
  return result;
}

DataBounds data_bounds(const Examples<double>& data) {
  refuse_underflow(data);
  DataBounds bounds;
  bounds.norm = largest_singular_value(data, false);
  bounds.unit_norm = largest_singular_value(data, true);
  const auto n = static_cast<double>(data.size());
  // A double rounds by a factor of 1 ± ε, and there are fewer than ten of those here.
  constexpr double below = 1 - 16 * epsilon;
  if (bounds.norm.squared_norm > 0) {
    bounds.glm = below * n * data.smallest_squared_norm() / bounds.norm.squared_norm;
  }
  if (bounds.unit_norm.squared_norm > 0) {
    bounds.glm_sharp = below * n / bounds.unit_norm.squared_norm;
  }
  if (data.is_sparse()) {
    bounds.degree = conflict_degree(data);
    bounds.sparse = n / (static_cast<double>(bounds.degree->largest) + 1);
  }
  return bounds;
}

}  // namespace graddiv::measure
