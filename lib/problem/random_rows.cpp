#include "problem/random_rows.h"

#include <Random123/philox.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace graddiv {
namespace {

constexpr long gaussian_scale = 1 << 16;
constexpr long farthest_gaussian = 7 * gaussian_scale;

/// The 64-bit words of one draw, by number. Philox (Salmon et al. 2011) is a bijection of counters
/// for every key: no two words come from the same counter.
class Words {
 public:
  Words(const RowLaw& law, std::uint64_t index)
      : key_{{law.seed, static_cast<std::uint64_t>(law.kind)}}, index_(index) {}

  std::uint64_t operator()(std::uint64_t number) {
    constexpr std::uint64_t per_block = Philox::ctr_type::static_size;
    if (number / per_block != block_) {
      block_ = number / per_block;
      words_ = Philox()({{index_, block_, 0, 0}}, key_);
    }
    return words_[number % per_block];
  }

 private:
  using Philox = r123::Philox4x64;
  Philox::key_type key_;
  std::uint64_t index_;
  std::uint64_t block_ = ~std::uint64_t{0};
  Philox::ctr_type words_{};
};

// The lowest bit is the sign; the other 63, as m, say that U ∈ [m, m+1) 2^−64 ⊂ [0, ½), and |x| =
// −Φ^{−1}(U). For |x| ≤ 7 the interval is at most 2^−64/φ(7) < 10^−8 wide in x, and the quantile is
// good to 10^−14: together far below 2^−20.
long gaussian(std::uint64_t word) {
  using Doubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
  static const boost::math::normal_distribution<double, Doubles> normal;
  const double U = std::ldexp(static_cast<double>(word >> 1U) + 0.5, -64);
  const long size = std::lround(-static_cast<double>(gaussian_scale) * quantile(normal, U));
  return (word & 1U) != 0 ? -size : size;
}

}  // namespace

std::string_view to_string(RowLaw::Kind kind) {
  return kind == RowLaw::Kind::gaussian ? "gaussian" : "rademacher";
}

long RowLaw::scale() const { return kind == Kind::gaussian ? gaussian_scale : 1; }

// ½ from the nearest integer, and 2^16 · 2^−20 = 1/16 for everything before (see `gaussian`).
Rational RowLaw::rounding() const { return kind == Kind::gaussian ? Rational(9, 16) : Rational(0); }

Matrix<long> draw(const RowLaw& law, std::uint64_t index) {
  Words words(law, index);
  Matrix<long> X(law.n, law.d);
  std::uint64_t number = 0;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    for (Eigen::Index j = 0; j < X.cols(); ++j, ++number) {
      if (law.kind == RowLaw::Kind::gaussian) {
        X(i, j) = gaussian(words(number));
      } else {
        X(i, j) = ((words(number / 64) >> (number % 64)) & 1U) != 0 ? -1 : 1;
      }
    }
  }
  return X;
}

bool is_within_rounding(const RowLaw& law, const Matrix<long>& draw) {
  return law.kind != RowLaw::Kind::gaussian || draw.cwiseAbs().maxCoeff() <= farthest_gaussian;
}

}  // namespace graddiv
