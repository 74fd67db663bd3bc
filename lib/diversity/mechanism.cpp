#include "diversity/mechanism.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "diversity/mechanism_registry.h"
#include "json/reader.h"
#include "number/exact.h"

namespace graddiv {

/// What a mechanism does to one gradient.
class RandomMap {
 public:
  /// The values of one coordinate with their probabilities; coordinates are independent.
  using Coordinate = std::vector<std::pair<Enclosure, Enclosure>>;

  explicit RandomMap(Rational parameter) : parameter_(std::move(parameter)) {}
  virtual ~RandomMap() = default;
  RandomMap(const RandomMap&) = delete;
  RandomMap& operator=(const RandomMap&) = delete;

  virtual std::string name() const = 0;
  virtual Enclosure variance(const Vector<Enclosure>& g) const = 0;
  /// The laws of the coordinates of Q(g), or laws of the same mean and variance.
  virtual std::vector<Coordinate> coordinates(const Vector<Enclosure>& g) const = 0;
  virtual bool has_finite_law() const { return true; }
  virtual std::optional<Mechanism::CoordinateVariance> coordinate_variance() const {
    return std::nullopt;
  }
  virtual Vector<double> sample(const Vector<double>& g,
                                const std::function<double()>& uniform) const = 0;

  const Rational& parameter() const { return parameter_; }

 private:
  Rational parameter_;
};

namespace {

// Q(g)_j = g_j b_j/p, b_j ~ Bernoulli(p): variance g_j² (1 − p)/p.
class Dropout : public RandomMap {
 public:
  using RandomMap::RandomMap;
  std::string name() const override { return "dropout"; }

  Enclosure variance(const Vector<Enclosure>& g) const override {
    return enclose(of_square()) * g.squaredNorm();
  }
  std::vector<Coordinate> coordinates(const Vector<Enclosure>& g) const override {
    const Enclosure p = enclose(parameter());
    std::vector<Coordinate> result;
    for (const Enclosure& x : g) result.push_back({{1 - p, 0}, {p, x / p}});
    return result;
  }
  std::optional<Mechanism::CoordinateVariance> coordinate_variance() const override {
    return Mechanism::CoordinateVariance{of_square(), 0};
  }
  Vector<double> sample(const Vector<double>& g,
                        const std::function<double()>& uniform) const override {
    const auto p = parameter().convert_to<double>();
    return g.unaryExpr([&](double x) { return uniform() < p ? x / p : 0.0; });
  }

 private:
  Rational of_square() const { return (1 - parameter()) / parameter(); }
};

// Q(g)_j = g_j + N(0, σ²).
class Langevin : public RandomMap {
 public:
  using RandomMap::RandomMap;
  std::string name() const override { return "langevin"; }

  Enclosure variance(const Vector<Enclosure>& g) const override {
    return enclose(parameter()) * static_cast<long>(g.size());
  }
  // g_j ± τ, each with probability σ²/(2τ²), else g_j: mean g_j and variance σ². τ = σ where it is
  // rational, else some τ > σ.
  std::vector<Coordinate> coordinates(const Vector<Enclosure>& g) const override {
    const Enclosure variance = enclose(parameter());
    if (parameter() == 0) return without_noise(g);
    const Enclosure sigma = sqrt(variance);
    const Enclosure tau = sigma.is_exact() ? sigma : max(variance, 1);
    const Enclosure p = variance / (2 * square(tau));
    std::vector<Coordinate> result;
    for (const Enclosure& x : g) result.push_back({{1 - 2 * p, x}, {p, x + tau}, {p, x - tau}});
    return result;
  }
  bool has_finite_law() const override { return parameter() == 0; }
  std::optional<Mechanism::CoordinateVariance> coordinate_variance() const override {
    return Mechanism::CoordinateVariance{0, parameter()};
  }
  // Box and Muller's transformation: unlike std::normal_distribution the same with every library.
  Vector<double> sample(const Vector<double>& g,
                        const std::function<double()>& uniform) const override {
    const double sigma = std::sqrt(parameter().convert_to<double>());
    return g.unaryExpr([&](double x) {
      const double radius = std::sqrt(-2 * std::log(1 - uniform()));
      return x + sigma * radius * std::cos(2 * std::numbers::pi * uniform());
    });
  }

 private:
  static std::vector<Coordinate> without_noise(const Vector<Enclosure>& g) {
    std::vector<Coordinate> result;
    for (const Enclosure& x : g) result.push_back({{1, x}});
    return result;
  }
};

// Q(g)_j = (‖g‖/s) ξ_j, ξ_j the stochastic rounding of t = s g_j/‖g‖ to one of its integer
// neighbours: ξ_j = k with probability max(0, 1 − |t − k|). Where g is irrational, or its norm is,
// t is an interval, and so are the probabilities; whichever t in it is the right one, the law is
// among those enclosed.
class Quantization : public RandomMap {
 public:
  using RandomMap::RandomMap;
  std::string name() const override { return "quantization"; }

  // Σ_j (‖g‖²/s²) Var ξ_j
  Enclosure variance(const Vector<Enclosure>& g) const override {
    Enclosure sum = 0;
    for (const Enclosure& t : targets(g)) sum += variance_of_rounding(t);
    return sum * g.squaredNorm() / square(enclose(parameter()));
  }
  std::vector<Coordinate> coordinates(const Vector<Enclosure>& g) const override {
    const Enclosure unit = sqrt(Enclosure(g.squaredNorm())) / enclose(parameter());
    std::vector<Coordinate> result;
    for (const Enclosure& t : targets(g)) {
      Coordinate coordinate;
      for (const auto& [probability, level] : rounded(t))
        coordinate.emplace_back(probability, unit * level);
      result.push_back(std::move(coordinate));
    }
    return result;
  }
  Vector<double> sample(const Vector<double>& g,
                        const std::function<double()>& uniform) const override {
    const double norm = g.norm();
    if (norm == 0) return g;
    const auto s = parameter().convert_to<double>();
    return g.unaryExpr([&](double x) {
      const double target = s * std::abs(x) / norm;
      const double lower = std::floor(target);
      const double level = lower + (uniform() < target - lower ? 1 : 0);
      return std::copysign(norm * level / s, x);
    });
  }

 private:
  /// t_j = s g_j/‖g‖, and 0 where g_j = 0. A coordinate beside which there are only zeros has
  /// |g_j|/‖g‖ = 1, whatever g_j is; and t_j lies in [−s, s] even where g may be 0, since Q(0) = 0
  /// then is 0·ξ_j.
  std::vector<Enclosure> targets(const Vector<Enclosure>& g) const {
    const Enclosure s = enclose(parameter());
    const Enclosure norm = sqrt(Enclosure(g.squaredNorm()));
    const auto is_zero = [](const Enclosure& x) { return (x == 0) == Truth::yes; };
    const bool is_alone = std::count_if(g.begin(), g.end(), is_zero) + 1 == g.size();
    std::vector<Enclosure> result;
    for (const Enclosure& x : g) {
      if (is_zero(x)) {
        result.push_back(0);
      } else if (is_alone && (x == 0) == Truth::no) {
        result.push_back((x > 0) == Truth::yes ? s : -s);
      } else {
        const Enclosure t = s * x / norm;
        result.push_back(t.is_exact() ? t : Enclosure::intersection(t, Enclosure::hull(-s, s)));
      }
    }
    return result;
  }

  static Rational floor_of(const Rational& x) {
    const Integer towards_zero = numerator(x) / denominator(x);
    return x < 0 && towards_zero != x ? Rational(towards_zero - 1) : Rational(towards_zero);
  }

  /// The integers that t may be rounded to, nearest to 0 first, with their probabilities.
  static Coordinate rounded(const Enclosure& t) {
    constexpr long most = 1 << 16;
    const Rational first = floor_of(lower_end(t));
    const Rational last = -floor_of(-upper_end(t));
    if (last - first > most) {
      throw LawTooLarge(
          "the gradient is not known well enough to list the levels between which "
          "the quantization rounds it");
    }
    Coordinate result;
    for (Rational k = first; k <= last; k += 1) {
      const Enclosure level = enclose(k);
      result.emplace_back(max(1 - abs(t - level), 0), level);
    }
    if (last <= 0) std::ranges::reverse(result);
    return result;
  }

  /// Var ξ = u (1 − u) = ¼ − (u − ½)² for u = t − ⌊t⌋, over each of the integers between which t
  /// may lie.
  static Enclosure variance_of_rounding(const Enclosure& t) {
    const Rational low = lower_end(t);
    const Rational high = upper_end(t);
    if (high - low >= 1) return Enclosure::hull(0 * t, enclose(Rational(1, 4)));
    const auto between = [&](const Rational& whole, const Enclosure& u) {
      const Enclosure share = u - enclose(whole);
      return share.is_exact() ? share * (1 - share)
                              : enclose(Rational(1, 4)) - square(share - enclose(Rational(1, 2)));
    };
    const Rational whole = floor_of(low);
    if (high <= whole + 1) return max(between(whole, t), 0);
    const Enclosure next = enclose(Rational(whole + 1));
    return max(Enclosure::hull(between(whole, Enclosure::hull(t.lower(), next)),
                               between(whole + 1, Enclosure::hull(next, t.upper()))),
               0);
  }
};

const RandomMap& required(const std::shared_ptr<const RandomMap>& map) {
  if (map == nullptr) throw std::logic_error("no mechanism has no parameter");
  return *map;
}

/// The law of a vector of independent coordinates. Values of probability 0 are left out.
FiniteLaw product(const std::vector<RandomMap::Coordinate>& coordinates, double most) {
  FiniteLaw law =
      FiniteLaw::certain(Vector<Enclosure>::Zero(static_cast<Eigen::Index>(coordinates.size())));
  for (std::size_t j = 0; j < coordinates.size(); ++j) {
    FiniteLaw coordinate;
    for (const auto& [probability, x] : coordinates[j]) {
      if ((probability == 0) == Truth::yes) continue;
      Vector<Enclosure> value =
          Vector<Enclosure>::Zero(static_cast<Eigen::Index>(coordinates.size()));
      value(static_cast<Eigen::Index>(j)) = x;
      coordinate.add(probability, value);
    }
    law = sum_of_independent(law, coordinate, most);
  }
  return law;
}

Mechanism read_dropout(const JsonReader& keep, Mechanism::Sharing sharing) {
  const Rational p = keep.number();
  if (p <= 0 || p > 1) keep.fail("a number above 0 and at most 1");
  return Mechanism::dropout(p, sharing);
}

Mechanism read_langevin(const JsonReader& variance, Mechanism::Sharing sharing) {
  const Rational value = variance.number();
  if (value < 0) variance.fail("a number that is not negative");
  return Mechanism::langevin(value, sharing);
}

Mechanism read_quantization(const JsonReader& levels, Mechanism::Sharing sharing) {
  return Mechanism::quantization(levels.integer(1, 1'000'000), sharing);
}

const MechanismEntry& entry(const std::string& name) {
  for (const MechanismEntry& e : mechanisms()) {
    if (e.name == name) return e;
  }
  throw std::logic_error("a mechanism that is not in the registry");
}

}  // namespace

const std::vector<MechanismEntry>& mechanisms() {
  static const std::vector<MechanismEntry> all = {
      {"dropout", "Q(g)_j = g_j b_j/p with independent b_j ~ Bernoulli(p)", "keep", read_dropout},
      {"langevin", "Q(g) = g + N(0, σ² I)", "variance", read_langevin},
      {"quantization", "Q(g)_j = ‖g‖ sign(g_j) ξ_j/s, ξ_j the stochastic rounding of s|g_j|/‖g‖",
       "levels", read_quantization},
  };
  return all;
}

std::string to_string(Mechanism::Sharing sharing) {
  return sharing == Mechanism::Sharing::fresh ? "fresh" : "shared";
}

Mechanism::Mechanism() = default;
Mechanism::Mechanism(std::shared_ptr<const RandomMap> map, Sharing sharing)
    : map_(std::move(map)), sharing_(sharing) {}

Mechanism Mechanism::dropout(const Rational& p, Sharing sharing) {
  if (p <= 0 || p > 1) throw std::invalid_argument("dropout keeps with probability 0 < p <= 1");
  return {std::make_shared<Dropout>(p), sharing};
}

Mechanism Mechanism::langevin(const Rational& variance, Sharing sharing) {
  if (variance < 0) throw std::invalid_argument("a variance is not negative");
  return {std::make_shared<Langevin>(variance), sharing};
}

Mechanism Mechanism::quantization(long s, Sharing sharing) {
  if (s < 1) throw std::invalid_argument("quantization needs at least one level");
  return {std::make_shared<Quantization>(s), sharing};
}

std::string Mechanism::name() const { return map_ == nullptr ? "none" : map_->name(); }
const Rational& Mechanism::parameter() const { return required(map_).parameter(); }

Enclosure Mechanism::variance(const Vector<Enclosure>& g) const {
  return map_ == nullptr ? Enclosure(0) : map_->variance(g);
}

Enclosure Mechanism::mean_variance(const std::vector<Vector<Enclosure>>& gradients) const {
  Enclosure sum = 0;
  for (const Vector<Enclosure>& g : gradients) sum += variance(g);
  return sum / static_cast<int>(gradients.size());
}

bool Mechanism::has_finite_law() const { return map_ == nullptr || map_->has_finite_law(); }

std::optional<FiniteLaw> Mechanism::law(const Vector<Enclosure>& g, double most) const {
  if (!has_finite_law()) return std::nullopt;
  return law_of_same_moments(g, most);
}

FiniteLaw Mechanism::law_of_same_moments(const Vector<Enclosure>& g, double most) const {
  return map_ == nullptr ? FiniteLaw::certain(g) : product(map_->coordinates(g), most);
}

std::optional<Mechanism::CoordinateVariance> Mechanism::coordinate_variance() const {
  return map_ == nullptr ? CoordinateVariance{0, 0} : map_->coordinate_variance();
}

Vector<double> Mechanism::sample(const Vector<double>& g,
                                 const std::function<double()>& uniform) const {
  return map_ == nullptr ? g : map_->sample(g, uniform);
}

Mechanism Mechanism::read(const JsonReader& reader) {
  if (!reader.is_object()) reader.fail("an object with \"kind\"");
  std::vector<std::string> names{"none"};
  for (const MechanismEntry& e : mechanisms()) names.push_back(e.name);
  const std::string kind = reader.at("kind").one_of(names);
  if (kind == "none") {
    reader.allow_only({"kind"});
    return {};
  }
  const MechanismEntry& e = entry(kind);
  reader.allow_only({"kind", e.parameter, "sharing"});
  const bool is_shared =
      reader.has("sharing") && reader.at("sharing").one_of({"fresh", "shared"}) == "shared";
  return e.read(reader.at(e.parameter), is_shared ? Sharing::shared : Sharing::fresh);
}

nlohmann::ordered_json Mechanism::to_json() const {
  nlohmann::ordered_json json = {{"kind", name()}};
  if (map_ == nullptr) return json;
  const Rational& value = parameter();
  if (name() == "quantization") {
    json[entry(name()).parameter] = static_cast<long>(numerator(value));
  } else {
    json[entry(name()).parameter] = graddiv::to_string(value);
  }
  if (sharing_ == Sharing::shared) json["sharing"] = "shared";
  return json;
}

}  // namespace graddiv
