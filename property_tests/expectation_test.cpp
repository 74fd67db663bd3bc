#include "expectation/expect.h"

#include <gtest/gtest.h>

#include <boost/multiprecision/mpfr.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "facts/facts.h"
#include "number/exact.h"
#include "property_tests/support/search.h"

// The oracle: all n^(B_0 + … + B_{K−1}) index sequences one by one, written from the paper's lines
// and the meaning of an instance file alone. It shares with the library the numbers and the text of
// the file, and nothing else.
namespace graddiv {
namespace {

using nlohmann::json;
// Where a projection onto a ball leaves the rationals; 100 digits are as good as exact against the
// enclosures.
using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<100>,
                                           boost::multiprecision::et_off>;

struct Irrational {};

Rational square_root(const Rational& x) {
  const Integer p = sqrt(numerator(x));
  const Integer q = sqrt(denominator(x));
  if (p * p != numerator(x) || q * q != denominator(x)) throw Irrational();
  return Rational(p, q);
}
Real square_root(const Real& x) { return sqrt(x); }

template <class T>
T number_in(const json& text) {
  const Rational exact(text.get<std::string>());
  return T(numerator(exact)) / T(denominator(exact));
}

template <class T>
using Coordinates = std::vector<T>;

template <class T>
Coordinates<T> point_in(const json& texts) {
  Coordinates<T> result;
  for (const json& text : texts) result.push_back(number_in<T>(text));
  return result;
}

template <class T>
T dot(const Coordinates<T>& u, const Coordinates<T>& v) {
  T result = 0;
  for (std::size_t j = 0; j < u.size(); ++j) result += u[j] * v[j];
  return result;
}

/// u + t v
template <class T>
Coordinates<T> along(Coordinates<T> u, const T& t, const Coordinates<T>& v) {
  for (std::size_t j = 0; j < u.size(); ++j) u[j] += t * v[j];
  return u;
}

template <class T>
struct Function {
  T value;
  Coordinates<T> gradient;
};

// f_i(w) and ∇f_i(w) for the i-th function of the problem in the file.
template <class T>
Function<T> function(const json& problem, std::size_t i, const Coordinates<T>& w) {
  const std::string family = problem["family"];
  if (family == "quadratic") {
    const json& f = problem["functions"][i];
    const Coordinates<T> v = along(w, T(-1), point_in<T>(f["c"]));
    Coordinates<T> Av;
    for (const json& row : f["A"]) Av.push_back(dot(point_in<T>(row), v));
    return {dot(v, Av) / 2 + number_in<T>(f["offset"]), Av};
  }
  if (family == "linear") {
    const json& f = problem["functions"][i];
    const Coordinates<T> a = point_in<T>(f["a"]);
    return {dot(a, w) + number_in<T>(f["offset"]), a};
  }
  if (family == "max-affine") {
    const json& f = problem["functions"][i];
    Function<T> largest;
    for (std::size_t l = 0; l < f["pieces"].size(); ++l) {
      const Coordinates<T> a = point_in<T>(f["pieces"][l]["a"]);
      const T value = dot(a, w) + number_in<T>(f["pieces"][l]["offset"]);
      if (l == 0 || value > largest.value) largest = {value, a};
    }
    for (std::size_t j = 0; j < w.size(); ++j) {
      const T q = number_in<T>(f["curvature"][j]);
      largest.value += q * w[j] * w[j] / 2;
      largest.gradient[j] += q * w[j];
    }
    return largest;
  }
  const Coordinates<T> x = point_in<T>(problem["rows"][i]);
  const T r = dot(x, w) - number_in<T>(problem["targets"][i]);
  const std::string loss = family == "least-squares" ? "squared" : problem["loss"];
  T value = r * r / 2;
  T slope = r;
  if (loss == "huber") {
    const T tau = number_in<T>(problem["tau"]);
    if (abs(r) > tau) {
      value = tau * abs(r) - tau * tau / 2;
      slope = r > 0 ? tau : T(-tau);
    }
  } else if (loss == "geman-mcclure") {
    const T s = 1 + r * r;
    value = r * r / s;
    slope = 2 * r / (s * s);
  } else if (loss != "squared") {
    throw std::logic_error("no formula for the loss " + loss);
  }
  return {value, along(Coordinates<T>(x.size(), T(0)), slope, x)};
}

template <class T>
Coordinates<T> project(const json& domain, Coordinates<T> w) {
  if (domain["kind"] == "box") {
    const Coordinates<T> lower = point_in<T>(domain["lower"]);
    const Coordinates<T> upper = point_in<T>(domain["upper"]);
    for (std::size_t j = 0; j < w.size(); ++j) {
      if (w[j] < lower[j]) w[j] = lower[j];
      if (w[j] > upper[j]) w[j] = upper[j];
    }
  } else if (domain["kind"] == "ball") {
    const Coordinates<T> center = point_in<T>(domain["center"]);
    const T radius = number_in<T>(domain["radius"]);
    const Coordinates<T> v = along(w, T(-1), center);
    if (dot(v, v) > radius * radius) w = along(center, T(radius / square_root(dot(v, v))), v);
  }
  return w;
}

template <class T>
struct BruteForce {
  json problem;
  Run run;
  Coordinates<T> reference;
  T reference_value;
  std::map<Quantity, std::vector<T>> values = {};

  std::size_t n() const {
    return (problem.contains("rows") ? problem["rows"] : problem["functions"]).size();
  }
  T F(const Coordinates<T>& w) const {
    T sum = 0;
    for (std::size_t i = 0; i < n(); ++i) sum += function(problem, i, w).value;
    return sum / T(n());
  }

  void visit(int k, const Coordinates<T>& w, const Coordinates<T>& sum_of_iterates,
             const T& probability) {
    std::vector<Coordinates<T>> gradients;
    Coordinates<T> full(w.size(), T(0));
    T squares = 0;
    for (std::size_t i = 0; i < n(); ++i) {
      gradients.push_back(function(problem, i, w).gradient);
      full = along(full, T(T(1) / T(n())), gradients.back());
      squares += dot(gradients.back(), gradients.back());
    }
    const auto add = [&](Quantity q, const T& value) {
      auto& of_quantity = values[q];
      of_quantity.resize(static_cast<std::size_t>(run.iterations) + 1, T(0));
      of_quantity[static_cast<std::size_t>(k)] += probability * value;
    };
    const Coordinates<T> offset = along(w, T(-1), reference);
    add(Quantity::distance, dot(offset, offset));
    add(Quantity::suboptimality, F(w) - reference_value);
    add(Quantity::gradient_norm, dot(full, full));
    add(Quantity::second_moment, squares / T(n()));
    if (k > 0) {
      const Coordinates<T> mean =
          along(Coordinates<T>(w.size(), T(0)), T(T(1) / T(k)), sum_of_iterates);
      add(Quantity::average_suboptimality, F(mean) - reference_value);
    }
    if (k == run.iterations) return;

    // w⁺ = Π(w − γ Σ_{ℓ=1}^B ∇f_{s_ℓ}(w)) for every s ∈ {1..n}^B, all with probability n^{−B}.
    const T gamma = number_in<T>(to_string(run.step(k)));
    T share = probability;
    for (long drawn = 0; drawn < run.batch(k); ++drawn) share /= T(n());
    std::vector<std::size_t> s(static_cast<std::size_t>(run.batch(k)), 0);
    do {
      Coordinates<T> next = w;
      for (const std::size_t index : s) next = along(next, T(-gamma), gradients[index]);
      visit(k + 1, project(problem["domain"], next), along(sum_of_iterates, T(1), w), share);
    } while (next_sequence(s));
  }

  bool next_sequence(std::vector<std::size_t>& s) const {
    for (std::size_t& index : s) {
      if (++index < n()) return true;
      index = 0;
    }
    return false;
  }
};

struct RationalReference {
  Vector<Rational> w;
  Rational value;
  Reference as_reference() const { return {enclose(w), enclose(value), "", ""}; }
};

// (w*, F*) where they are known exactly, as the command line has them; else any point will do.
RationalReference reference_for(const Problem& problem) {
  if (problem.sum->facts().is_quadratic() && problem.domain.kind() != Domain::Kind::ball) {
    const Facts facts(problem);
    const auto& w = facts.minimizer().value;
    const auto& value = facts.optimum().value;
    if (w && value && value->is_exact() &&
        std::all_of(w->begin(), w->end(), [](const Enclosure& x) { return x.is_exact(); })) {
      RationalReference result{Vector<Rational>(w->size()), exact_value(*value)};
      for (Eigen::Index j = 0; j < w->size(); ++j) result.w(j) = exact_value((*w)(j));
      return result;
    }
  }
  RationalReference result{Vector<Rational>(problem.dimension()), Rational(-7, 5)};
  for (Eigen::Index j = 0; j < result.w.size(); ++j) result.w(j) = Rational(j + 1, 3);
  return result;
}

template <class T>
std::map<Quantity, std::vector<T>> brute_force(const Instance& instance,
                                               const RationalReference& reference) {
  const auto convert = [](const Rational& x) { return number_in<T>(to_string(x)); };
  BruteForce<T> all{
      json::parse(to_text(instance))["problem"], instance.run, {}, convert(reference.value)};
  if (!all.problem.contains("domain")) all.problem["domain"] = {{"kind", "all"}};
  Coordinates<T> start;
  for (Eigen::Index j = 0; j < reference.w.size(); ++j) {
    all.reference.push_back(convert(reference.w(j)));
    start.push_back(convert(instance.run.start(j)));
  }
  all.visit(0, start, Coordinates<T>(start.size(), T(0)), T(1));
  return all.values;
}

double sequences(const Instance& instance) {
  return std::pow(instance.problem.size(), instance.run.evaluations(instance.run.iterations));
}

std::string family_of(const Instance& instance) {
  const json problem = json::parse(to_text(instance))["problem"];
  const std::string family = problem["family"];
  return family == "glm" ? "glm " + std::string(problem["loss"]) : family;
}

std::string show(Quantity q, int k) {
  return std::string(to_string(q)) + " at k = " + std::to_string(k);
}

// The first quantity that is not exactly what it should be.
std::optional<std::string> difference(const Trajectory& actual,
                                      const std::map<Quantity, std::vector<Rational>>& expected,
                                      int iterations) {
  for (const Quantity q : all_quantities) {
    for (int k = first_iteration(q); k <= iterations; ++k) {
      if (!actual.has(q)) return std::string(to_string(q)) + " is absent";
      const Enclosure& value = actual.at(q, k);
      const Rational& right = expected.at(q).at(static_cast<std::size_t>(k));
      if (!value.is_exact()) return show(q, k) + " is not exact: " + value.to_string();
      if (exact_value(value) != right) {
        return show(q, k) + " is " + value.to_string() + ", but should be " + to_string(right);
      }
    }
  }
  return std::nullopt;
}

// The first quantity whose enclosure misses the real value, or is wide (if wide enough, it would
// hold anything).
std::optional<std::string> escape(const Trajectory& actual,
                                  const std::map<Quantity, std::vector<Real>>& expected,
                                  int iterations) {
  for (const Quantity q : all_quantities) {
    for (int k = first_iteration(q); k <= iterations; ++k) {
      if (!actual.has(q)) return std::string(to_string(q)) + " is absent";
      const Enclosure& value = actual.at(q, k);
      const Real right = expected.at(q).at(static_cast<std::size_t>(k));
      const Real slack = (1 + abs(right)) * Real("1e-60");
      const auto real = [](const Rational& x) { return number_in<Real>(to_string(x)); };
      if (real(lower_end(value)) - slack > right || right > real(upper_end(value)) + slack) {
        return show(q, k) + " is " + value.to_string() + ", which misses " + right.str(30);
      }
      if (value.width() > 1e-9 * (1 + abs(right)).convert_to<double>()) {
        return show(q, k) + " is as wide as " + value.to_string();
      }
    }
  }
  return std::nullopt;
}

void expect_no_counterexample(InstanceClass drawn_from, int cases, const Property& property) {
  const auto found = search(drawn_from, cases, property);
  EXPECT_FALSE(found.has_value()) << found->reason << "\n"
                                  << found->how << "\nSaved as "
                                  << save_instance(found->instance, "counterexample-expect.json");
}

TEST(Expectation, AgreesWithAllIndexSequencesOneByOne) {
  std::map<std::string, int> checked;
  const Property agrees = [&](const Instance& instance) -> std::optional<std::string> {
    if (sequences(instance) > 400) return std::nullopt;
    const Problem& problem = instance.problem;
    const auto& run = instance.run;
    const RationalReference reference = reference_for(problem);
    const Trajectory actual = expect(problem, run, reference.as_reference());
    const std::string domain(to_string(problem.domain.kind()));
    std::optional<std::string> failure;
    try {
      // Numbers of hundreds of thousands of digits go on as intervals.
      if (problem.sum->facts().is_rational && !actual.is_exact()) throw Irrational();
      failure = difference(actual, brute_force<Rational>(instance, reference), run.iterations);
      ++checked["exactly"];
      ++checked["on " + domain];
      ++checked["of " + family_of(instance) + (domain == "all" ? "" : " on a bounded domain")];
      if (run.steps.size() > 1) ++checked["with varying steps"];
      if (run.batches.size() > 1) ++checked["with varying batches"];
    } catch (const Irrational&) {
      failure = escape(actual, brute_force<Real>(instance, reference), run.iterations);
      ++checked["by containment"];
    }
    return failure;
  };
  expect_no_counterexample(InstanceClass::any_rational, 700, agrees);
  expect_no_counterexample(InstanceClass::nonsmooth, 100, agrees);
  for (const auto& [what, count] : checked) std::cout << count << " checked " << what << "\n";

  EXPECT_GE(checked["exactly"], 250);
  EXPECT_GE(checked["by containment"], 10);
  for (const char* domain : {"all", "box", "ball"}) {
    EXPECT_GE(checked[std::string("on ") + domain], 40) << domain;
  }
  for (const std::string family : {"quadratic", "linear", "least-squares", "glm squared",
                                   "glm huber", "glm geman-mcclure", "max-affine"}) {
    EXPECT_GE(checked["of " + family], 5) << family;
    EXPECT_GE(checked["of " + family + " on a bounded domain"], 5) << family;
  }
  EXPECT_GE(checked["with varying steps"], 20);
  EXPECT_GE(checked["with varying batches"], 20);
}

TEST(Expectation, IsTheSameFromMomentsAndFromEnumerationWhereBothApply) {
  int compared = 0;
  const Property property = [&](const Instance& instance) -> std::optional<std::string> {
    if (instance.problem.domain.is_bounded() || !instance.problem.sum->facts().is_quadratic()) {
      return std::nullopt;
    }
    const RationalReference reference = reference_for(instance.problem);
    ExpectationOptions options;
    options.arithmetic = Arithmetic::rational;
    options.engine = Engine::moments;
    const Trajectory moments =
        expect(instance.problem, instance.run, reference.as_reference(), options);
    options.engine = Engine::enumeration;
    const Trajectory enumeration =
        expect(instance.problem, instance.run, reference.as_reference(), options);
    std::map<Quantity, std::vector<Rational>> expected;
    for (const auto& [q, values] : enumeration.values) {
      for (int k = 0; k <= instance.run.iterations; ++k) {
        expected[q].push_back(k < first_iteration(q) ? 0 : exact_value(enumeration.at(q, k)));
      }
    }
    ++compared;
    return difference(moments, expected, instance.run.iterations);
  };
  for (const auto drawn_from : {InstanceClass::any_rational, InstanceClass::convex,
                                InstanceClass::linear, InstanceClass::rank_deficient}) {
    expect_no_counterexample(drawn_from, 100, property);
  }
  EXPECT_GE(compared, 200);
}

TEST(Expectation, InIntervalsEnclosesTheExactValueNarrowly) {
  std::map<Engine, int> compared;
  expect_no_counterexample(
      InstanceClass::any_rational, 300,
      [&](const Instance& instance) -> std::optional<std::string> {
        const RationalReference reference = reference_for(instance.problem);
        const Reference from = reference.as_reference();
        const Trajectory exact = expect(instance.problem, instance.run, from);
        ExpectationOptions options;
        options.arithmetic = Arithmetic::interval;
        const Trajectory actual = expect(instance.problem, instance.run, from, options);
        for (const auto& [q, values] : exact.values) {
          for (int k = first_iteration(q); k <= instance.run.iterations; ++k) {
            if (!exact.at(q, k).is_exact()) return std::nullopt;
            const Enclosure& value = actual.at(q, k);
            if (!value.contains(exact.at(q, k))) {
              return show(q, k) + " is " + value.to_string() + ", which misses " +
                     exact.at(q, k).to_string();
            }
            if (value.relative_width() > options.relative_width && value.width() > 1e-30) {
              return show(q, k) + " is as wide as " + value.to_string();
            }
          }
        }
        ++compared[actual.engine];
        return std::nullopt;
      });
  EXPECT_GE(compared[Engine::moments], 50);
  EXPECT_GE(compared[Engine::enumeration], 50);
}

}  // namespace
}  // namespace graddiv
