#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "diversity/finite_law.h"

namespace graddiv {

class JsonReader;
class RandomMap;  // what a mechanism does to one gradient; mechanism.cpp

/// A diversity-inducing mechanism: a random map Q of gradients with E Q(g) = g, applied to ∇f_i(w)
/// independently for every i (paper, section on diversity-inducing mechanisms). Plain data: cheap
/// to copy, never changed.
class Mechanism {
 public:
  /// What is drawn again when an index is drawn twice in one iteration: the noise for every draw,
  /// or once for every index.
  enum class Sharing { fresh, shared };

  /// Q(g) = g.
  Mechanism();
  /// Q(g)_j = g_j b_j/p, i.i.d. b_j ~ Bernoulli(p). Throws std::invalid_argument if p ∉ (0, 1].
  static Mechanism dropout(const Rational& p, Sharing sharing = Sharing::fresh);
  /// Q(g) = g + N(0, σ² I_d). Throws std::invalid_argument unless σ² ≥ 0.
  static Mechanism langevin(const Rational& variance, Sharing sharing = Sharing::fresh);
  /// Q(g)_j = ‖g‖ sign(g_j) ξ_j/s, ξ_j the stochastic rounding of s|g_j|/‖g‖ to one of its two
  /// integer neighbours, independent over j; Q(0) = 0. Throws std::invalid_argument unless s ≥ 1.
  static Mechanism quantization(long s, Sharing sharing = Sharing::fresh);

  bool is_none() const { return map_ == nullptr; }
  std::string name() const;  ///< "none", "dropout", "langevin", "quantization"
  Sharing sharing() const { return sharing_; }
  /// p, σ² or s. Throws std::logic_error for none.
  const Rational& parameter() const;

  /// E‖Q(g) − g‖² in closed form.
  Enclosure variance(const Vector<Enclosure>& g) const;
  /// (1/n) Σ E‖Q_i(g_i) − g_i‖² of n gradients.
  Enclosure mean_variance(const std::vector<Vector<Enclosure>>& gradients) const;
  /// Whether Q(g) takes finitely many values.
  bool has_finite_law() const;
  /// The law of Q(g), with intervals for probabilities that are irrational; absent where it is not
  /// finite. Values that g, as far as it is known, may not have are among them. Throws LawTooLarge
  /// beyond `most` values.
  std::optional<FiniteLaw> law(const Vector<Enclosure>& g, double most = 1 << 16) const;
  /// law(g), or in place of a normal law one of finitely many values with the same mean and
  /// covariance: whatever depends on the first two moments alone can be computed from it.
  FiniteLaw law_of_same_moments(const Vector<Enclosure>& g, double most = 1 << 16) const;

  /// Cov(Q(g)) = diag(of_square · g_j² + constant); absent where the covariance is no such function
  /// of g.
  struct CoordinateVariance {
    Rational of_square, constant;
  };
  std::optional<CoordinateVariance> coordinate_variance() const;

  /// One draw of Q(g) in floating point; `uniform` gives independent numbers in [0, 1).
  Vector<double> sample(const Vector<double>& g, const std::function<double()>& uniform) const;

  /// {"kind": "dropout", "keep": "1/2"}, {"kind": "langevin", "variance": "1/4"}, {"kind":
  /// "quantization", "levels": 2}, {"kind": "none"}; with "sharing": "shared" where the noise is
  /// drawn once an iteration. Throws InputError.
  static Mechanism read(const JsonReader& reader);
  nlohmann::ordered_json to_json() const;

 private:
  Mechanism(std::shared_ptr<const RandomMap> map, Sharing sharing);
  std::shared_ptr<const RandomMap> map_;
  Sharing sharing_ = Sharing::fresh;
};

std::string to_string(Mechanism::Sharing sharing);  ///< "fresh", "shared"

}  // namespace graddiv
