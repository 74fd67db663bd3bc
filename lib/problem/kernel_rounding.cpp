#include "problem/kernel_rounding.h"

#include <algorithm>
#include <limits>

#include "number/exact.h"
#include "problem/mixed.h"
#include "problem/regularized.h"

namespace graddiv {

namespace {

/// The largest of what is known of the parts.
template <class Bound>
UpperBound largest_over(const std::vector<KernelRounding>& parts, const Bound& bound) {
  UpperBound largest;
  for (const KernelRounding& part : parts) largest = max(largest, bound(part));
  return largest;
}

}  // namespace

std::optional<KernelRounding> KernelRounding::of(const FiniteSum& sum) {
  if (const Regularization* r = regularization_of(sum)) {
    auto result = of(*r->plain);
    if (result) result->ridge_ = above(enclose(r->rho));
    return result;
  }
  if (const auto* parts = parts_of(sum)) {
    KernelRounding result;
    result.d_ = sum.dimension();
    for (const auto& part : *parts) {
      const auto own = of(*part);
      if (!own) return std::nullopt;
      result.parts_.push_back(*own);
    }
    return result;
  }
  const FamilyFacts& facts = sum.facts();
  if (!facts.sizes) return std::nullopt;
  KernelRounding result;
  result.d_ = sum.dimension();
  result.norm_ = above(sqrt(enclose(facts.sizes->squared_norm)));
  result.shift_ = above(sqrt(enclose(facts.sizes->squared_shift)));
  result.offset_ = above(enclose(facts.sizes->offset));
  Rational curvature = 0;
  bool is_flat = true;
  for (const FunctionFacts& f : facts.functions) {
    for (const auto* A : {&f.curvature.lower, &f.curvature.upper}) {
      if (!A->has_value()) return std::nullopt;
      is_flat = is_flat && (*A)->is_zero();
      if (const auto* loss = std::get_if<SymmetricMatrix::RankOne>(&(*A)->form())) {
        curvature = std::max(curvature, Rational(abs(loss->c)));
        result.form_ = Form::loss;
      }
    }
  }
  if (result.form_ != Form::loss && !is_flat) result.form_ = Form::quadratic;
  result.curvature_ = above(enclose(curvature));
  return result;
}

UpperBound KernelRounding::smoothness() const {
  if (parts_.empty()) return curvature_ * square(norm_) + ridge_;
  return largest_over(parts_, [](const KernelRounding& p) { return p.smoothness(); }) + ridge_;
}

// ρ, ρw_j and the sum with a gradient are rounded, each by a relative u.
UpperBound KernelRounding::gradient_error(UpperBound M) const {
  const UpperBound plain = plain_gradient_error(M);
  return ridge_.value() == 0 ? plain : plain + 4 * u * ridge_ * M + 2 * u * slope(M);
}

// ½ρ‖w‖² takes d + 2 operations, and one more adds it.
UpperBound KernelRounding::value_error(UpperBound M) const {
  const UpperBound plain = plain_value_error(M);
  return ridge_.value() == 0 ? plain : plain + (d_ + 8) * u * ridge_ * square(M) + 2 * u * size(M);
}

UpperBound KernelRounding::slope(UpperBound M) const {
  if (!parts_.empty())
    return largest_over(parts_,
                        [&](const KernelRounding& p) { return p.slope(M) + 2 * p.ridge_ * M; });
  switch (form_) {
    case Form::linear:
      return 2 * norm_;
    case Form::quadratic:
      return 2 * norm_ * (M + shift_);
    case Form::loss:
      return 2 * norm_ * (2 * (norm_ * M + shift_) + 4);
  }
  return std::numeric_limits<double>::infinity();
}

UpperBound KernelRounding::size(UpperBound M) const {
  if (!parts_.empty())
    return largest_over(parts_,
                        [&](const KernelRounding& p) { return p.size(M) + p.ridge_ * square(M); });
  const UpperBound r = norm_ * M + shift_;
  switch (form_) {
    case Form::linear:
      return 2 * (norm_ * M + offset_);
    case Form::quadratic:
      return 2 * (norm_ * square(M + shift_) + offset_);
    case Form::loss:
      return 2 * (square(r) + 3);
  }
  return std::numeric_limits<double>::infinity();
}

// Each constant has room for the terms of second order in u, as (d + 16) u is below 10^−3.
UpperBound KernelRounding::plain_gradient_error(UpperBound M) const {
  if (!parts_.empty())
    return largest_over(parts_, [&](const KernelRounding& p) { return p.gradient_error(M); });
  switch (form_) {
    case Form::linear:  // a_i, rounded
      return 2 * u * norm_;
    case Form::quadratic:  // A (w − c): two roundings of coefficients, one of w − c, d + 1 of dot
      return (d_ + 8) * u * norm_ * (M + shift_);
    case Form::loss: {
      // r = xᵀw − y, off by e; |ℓ'(r)| ≤ 2|r| + 4 for each loss here, computed by at most ten
      // operations on numbers of that size and one call of the library; then times x.
      const UpperBound r = norm_ * M + shift_;
      const UpperBound e = (d_ + 4) * u * r;
      const UpperBound slope = 2 * r + 4;
      return norm_ * (curvature_ * e + 24 * u * slope + 4 * u * slope);
    }
  }
  return std::numeric_limits<double>::infinity();
}

UpperBound KernelRounding::plain_value_error(UpperBound M) const {
  if (!parts_.empty())
    return largest_over(parts_, [&](const KernelRounding& p) { return p.value_error(M); });
  const UpperBound r = norm_ * M + shift_;
  switch (form_) {
    case Form::linear:
      return (d_ + 4) * u * (norm_ * M + offset_);
    case Form::quadratic:
      return (2 * d_ + 16) * u * (norm_ * square(M + shift_) + offset_);
    case Form::loss: {  // |ℓ(r)| ≤ r² + 3
      const UpperBound e = (d_ + 4) * u * r;
      return (2 * r + 4) * e + 24 * u * (square(r) + 3);
    }
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace graddiv
