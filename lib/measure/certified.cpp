#include "measure/certified.h"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "measure/integer_rows.h"
#include "measure/wide_integer.h"
#include "number/exact.h"
#include "number/precision.h"
#include "problem/families/losses.h"

// Everything about the rows is done in integers. With features X_ij / 2^k and w_j = N_j / D,
//   x_iᵀw = scale Σ_j X_ij N_j / (2^k D);
// the slopes δ_i follow in enclosures, and with [δ_i] ⊆ [M_i, M_i + R_i] / S, M_i and R_i integers,
//   Σ_i δ_i x_ij  lies within  scale (Σ_i X_ij M_i + [−1, 1] Σ_i |X_ij| R_i) / (2^k S),
// exactly so where every R_i is 0: S is the common denominator of rational slopes if that is short.
namespace graddiv::measure {
namespace {

/// [M, M + R] / S around a slope.
struct Slope {
  Integer lower;
  Integer width;
};

class Sums {
 public:
  Sums(const Examples<double>& data, const CertifiedModel& model, const std::vector<Rational>& w)
      : data_(data),
        model_(model),
        w_(w),
        rows_(data.data()),
        d_(data.dimension()),
        classes_(model.loss ? 1 : data.classes()) {
    if (static_cast<std::int64_t>(w.size()) != std::int64_t{d_} * classes_) {
      throw std::invalid_argument("w must have one number for each parameter");
    }
  }

  CertifiedSums compute() {
    find_slopes();
    choose_unit();
    CertifiedSums sums;
    sums.count = data_.size();
    sums.squared_norms = squared_norms_;
    sums.squared_norm_of_sum = 0;
    for (int c = 0; c < classes_; ++c) add_class(c, sums.squared_norm_of_sum);
    return sums;
  }

 private:
  const Examples<double>& data_;
  const CertifiedModel& model_;
  const std::vector<Rational>& w_;
  IntegerRows rows_;
  int d_;
  int classes_;
  std::vector<Enclosure> slopes_;  // n × classes
  Enclosure squared_norms_ = 0;
  Rational unit_;  // S

  bool has_constant() const { return data_.preparation().constant_column; }
  int features() const { return data_.data().columns; }

  Rational weight(int c, int j) const {
    return w_[static_cast<std::size_t>(c) * static_cast<std::size_t>(d_) +
              static_cast<std::size_t>(j)];
  }

  /// x_iᵀw_c for every i and c.
  std::vector<Rational> products() const {
    std::vector<Rational> z(static_cast<std::size_t>(data_.size() * classes_));
    for (int c = 0; c < classes_; ++c) {
      Integer D = 1;
      for (int j = 0; j < features(); ++j) D = lcm(D, Integer(denominator(weight(c, j))));
      std::vector<Integer> N;
      bool zero = true;
      for (int j = 0; j < features(); ++j) {
        N.push_back(Integer(numerator(Rational(weight(c, j) * D))));
        zero = zero && N.back() == 0;
      }
      const Rational factor = model_.scale / Rational(D * (Integer(1) << rows_.power()));
      for (std::int64_t i = 0; i < data_.size(); ++i) {
        Rational& own = z[static_cast<std::size_t>(i * classes_ + c)];
        if (!zero) own = factor * Rational(rows_.product(i, N));
        if (has_constant()) own += weight(c, d_ - 1);
      }
    }
    return z;
  }

  Rational squared_norm(std::int64_t i) const {
    const Integer whole = rows_.squared_norm(i);
    const Rational scaled =
        Rational(whole, Integer(1) << (2 * rows_.power())) * model_.scale * model_.scale;
    return has_constant() ? Rational(scaled + 1) : scaled;
  }

  void find_slopes() {
    const auto z = products();
    slopes_.resize(z.size());
    Rational w2 = 0;
    if (model_.rho != 0) {
      for (const Rational& x : w_) w2 += x * x;
    }
    for (std::int64_t i = 0; i < data_.size(); ++i) {
      const auto first = static_cast<std::size_t>(i * classes_);
      const auto C = static_cast<std::size_t>(classes_);
      Enclosure delta2 = 0;
      Enclosure inner = 0;
      for (std::size_t c = 0; c < C; ++c) {
        Enclosure& slope = slopes_[first + c];
        slope = model_.loss ? loss_slope(z[first], data_.target(i))
                            : class_slope(z, first, c, static_cast<std::size_t>(data_.target(i)));
        if (!slope.is_exact()) slope = slope.as_interval();
        delta2 += square(slope);
        if (model_.rho != 0) inner += slope * enclose(z[first + c]);
      }
      const Enclosure rho = enclose(model_.rho);
      squared_norms_ +=
          delta2 * enclose(squared_norm(i)) + 2 * rho * inner + square(rho) * enclose(w2);
    }
  }

  Enclosure loss_slope(const Rational& z, double y) const {
    return detail::loss_derivative(*model_.loss, enclose(z), Enclosure(y), enclose(model_.tau));
  }

  /// p_c − [c = y], p_c = 1 / (1 + Σ_{b≠c} exp(z_b − z_c)); 1 − p_y from the sum of the others.
  Enclosure class_slope(const std::vector<Rational>& z, std::size_t first, std::size_t c,
                        std::size_t y) const {
    Enclosure others = 0;
    for (std::size_t b = 0; std::cmp_less(b, classes_); ++b) {
      if (b == c) continue;
      const Enclosure term = exp(enclose(Rational(z[first + b] - z[first + c])));
      others += term.is_exact() ? term : term.as_interval();
    }
    return (c == y ? -others : Enclosure(1)) / (1 + others);
  }

  /// 2^(96 − e) where the slopes are below 2^e: so that small ones keep their digits.
  Rational power_of_two_for_slopes() const {
    double largest = 0;
    for (const Enclosure& slope : slopes_) {
      largest = std::max(largest, abs(slope).upper().approximate());
    }
    int e = 0;
    std::frexp(largest, &e);
    const Integer power = Integer(1) << static_cast<unsigned>(std::abs(96 - e));
    return e <= 96 ? Rational(power) : Rational(1, power);
  }

  void choose_unit() {
    constexpr std::size_t short_denominator = 1024;  // bits
    Integer common = 1;
    for (const Enclosure& slope : slopes_) {
      if (!slope.is_exact()) common = 0;
      if (common != 0) common = lcm(common, Integer(denominator(exact_value(slope))));
      if (common == 0 || bit_size(Rational(common)) > short_denominator) {
        unit_ = power_of_two_for_slopes();
        return;
      }
    }
    unit_ = Rational(common);
  }

  Slope slope(std::int64_t i, int c) const {
    const Enclosure& own = slopes_[static_cast<std::size_t>(i * classes_ + c)];
    if (own.is_exact()) {
      const Rational scaled = exact_value(own) * unit_;
      const Integer lower = floor_of(scaled);
      return {lower, Integer(Rational(lower) == scaled ? 0 : 1)};
    }
    const Integer lower = floor_of(lower_end(own) * unit_);
    return {lower, Integer(-floor_of(-upper_end(own) * unit_) - lower)};
  }

  /// Adds ‖Σ_i δ_ic x_i + nρ w_c‖².
  void add_class(int c, Enclosure& to) const {
    const auto size = static_cast<std::size_t>(features());
    std::vector<Integer> sums(size);
    std::vector<Integer> widths(size);
    Integer constant_sum = 0;
    Integer constant_width = 0;
    std::vector<Slope> slopes;
    slopes.reserve(static_cast<std::size_t>(data_.size()));
    Integer largest = 1;
    for (std::int64_t i = 0; i < data_.size(); ++i) {
      slopes.push_back(slope(i, c));
      const Slope& own = slopes.back();
      largest = std::max(largest, Integer(abs(own.lower) + own.width));
      constant_sum += own.lower;
      constant_width += own.width;
    }
    // n · 255 · largest must fit.
    if (rows_.bytes(0) != nullptr && largest * 255 * data_.size() < (Integer(1) << 126U)) {
      sum_bytes(slopes, sums, widths);
    } else {
      sum_integers(slopes, sums, widths);
    }
    const Rational factor = model_.scale / unit_ / Rational(Integer(1) << rows_.power());
    const Rational pull = model_.rho * Rational(data_.size());
    for (int j = 0; j < features(); ++j) {
      const auto at = static_cast<std::size_t>(j);
      to += square(around(sums[at], widths[at], factor) + enclose(pull * weight(c, j)));
    }
    if (has_constant()) {
      to += square(around(constant_sum, constant_width, 1 / unit_) +
                   enclose(pull * weight(c, d_ - 1)));
    }
  }

  static Enclosure around(const Integer& sum, const Integer& width, const Rational& factor) {
    if (width == 0) return enclose(Rational(factor * Rational(sum)));
    const Rational lower = factor * Rational(sum - width);
    const Rational upper = factor * Rational(sum + width);
    return (factor < 0 ? enclose(upper, lower) : enclose(lower, upper)).as_interval();
  }

  void sum_bytes(const std::vector<Slope>& slopes, std::vector<Integer>& sums,
                 std::vector<Integer>& widths) const {
    std::vector<Wide> sum(sums.size());
    std::vector<Wide> width(sums.size());
    for (std::int64_t i = 0; i < data_.size(); ++i) {
      const std::uint8_t* x = rows_.bytes(i);
      const Wide lower = to_wide(slopes[static_cast<std::size_t>(i)].lower);
      const Wide own_width = to_wide(slopes[static_cast<std::size_t>(i)].width);
      for (std::size_t j = 0; j < sum.size(); ++j) sum[j] += lower * x[j];
      if (own_width == 0) continue;
      for (std::size_t j = 0; j < sum.size(); ++j) width[j] += own_width * x[j];
    }
    for (std::size_t j = 0; j < sum.size(); ++j) {
      sums[j] = to_integer(sum[j]);
      widths[j] = to_integer(width[j]);
    }
  }

  void sum_integers(const std::vector<Slope>& slopes, std::vector<Integer>& sums,
                    std::vector<Integer>& widths) const {
    for (std::int64_t i = 0; i < data_.size(); ++i) {
      const Slope& own = slopes[static_cast<std::size_t>(i)];
      const auto add = [&](std::int32_t j, const Integer& x) {
        const auto at = static_cast<std::size_t>(j);
        sums[at] += x * own.lower;
        if (own.width != 0) widths[at] += abs(x) * own.width;
      };
      if (const std::uint8_t* bytes = rows_.bytes(i)) {
        for (int j = 0; j < features(); ++j) {
          if (bytes[j] != 0) add(j, Integer(bytes[j]));
        }
      } else {
        rows_.each(i, add);
      }
    }
  }
};

std::optional<Enclosure> ratio(const Enclosure& numerator, const Enclosure& denominator) {
  if ((denominator > 0).truth() != Truth::yes) return std::nullopt;
  return numerator / denominator;
}

}  // namespace

std::optional<Enclosure> CertifiedSums::gradient_diversity() const {
  return ratio(squared_norms, squared_norm_of_sum);
}

std::optional<Enclosure> CertifiedSums::batch_size_bound() const {
  return ratio(squared_norms * Enclosure(static_cast<long>(count)), squared_norm_of_sum);
}

CertifiedSums certified_sums(const Examples<double>& data, const CertifiedModel& model,
                             const std::vector<Rational>& w) {
  return Sums(data, model, w).compute();
}

}  // namespace graddiv::measure
