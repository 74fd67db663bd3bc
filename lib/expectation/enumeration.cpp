#include "expectation/enumeration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

#include "diversity/diversity.h"
#include "diversity/mechanism_laws.h"
#include "expectation/affine_gradients.h"
#include "expectation/foresight.h"
#include "expectation/representation.h"
#include "number/exact.h"
#include "number/precision.h"

namespace graddiv::enumeration {
namespace {

/// States under construction, equal ones merged.
class Law {
 public:
  void add(State s) {
    auto& bucket = index_[hash_of(s.sum, hash_of(s.w))];
    for (const std::size_t i : bucket) {
      if (same(states_[i].w, s.w) && same(states_[i].sum, s.sum)) {
        states_[i].probability += s.probability;
        return;
      }
    }
    bucket.push_back(states_.size());
    states_.push_back(std::move(s));
  }
  std::vector<State> take() { return std::move(states_); }

 private:
  std::vector<State> states_;
  std::unordered_map<std::size_t, std::vector<std::size_t>> index_;
};

/// The precision in force, with a share for each of `numbers` of what exact numbers may take
/// together. Short ones stay exact however many they are.
Precision shared_among(double numbers, const Options& options) {
  constexpr double always_exact = 512;
  Precision precision = current_precision();
  const double share = std::max(always_exact, options.exact_bits_of_iteration / numbers);
  if (share < static_cast<double>(precision.exact_bits)) {
    precision.exact_bits = static_cast<std::size_t>(share);
  }
  return precision;
}

/// Where an interval takes part already, the result is one: no exact number beside it is worth its
/// time. Exact as long as it fits a word.
Precision beside_intervals() {
  constexpr std::size_t word = 64;
  Precision precision = current_precision();
  precision.exact_bits = std::min(precision.exact_bits, word);
  return precision;
}

bool limits_exact_numbers(const Options& options) {
  return std::isfinite(options.exact_bits_of_iteration);
}

/// Whether some of the states are intervals because exact numbers grew too long.
bool have_grown_too_long(const std::vector<State>& states, const Options& options) {
  return limits_exact_numbers(options) && std::ranges::any_of(states, [](const State& s) {
           return std::ranges::any_of(s.w, is_only_enclosed);
         });
}

/// The next states of a process that draws indices.
std::vector<State> advance(const Walk& walk, const Run& run, int k,
                           const std::vector<State>& states, const Options& options) {
  const long B = run.batch(k);
  const Enclosure gamma = run.gamma(k);
  std::vector<Draws> draws;
  draws.reserve(states.size());
  double transitions = 0;
  const bool are_long = have_grown_too_long(states, options);
  const auto share = [&](double of_numbers) {
    const double numbers = of_numbers * static_cast<double>(states.front().w.size());
    return are_long ? beside_intervals() : shared_among(numbers, options);
  };
  const PrecisionScope of_gradients(share(static_cast<double>(states.size())));
  for (const State& s : states) {
    draws.emplace_back(walk.gradients(s.w));
    transitions += run.full_batch ? 1 : draws.back().work(B);
    if (transitions > options.largest_transitions) {
      const double predicted =
          transitions * static_cast<double>(states.size()) / static_cast<double>(draws.size());
      refuse(k, states.size(), predicted, options.largest_transitions);
    }
  }
  const PrecisionScope of_steps(share(transitions));
  Law next;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const State& s = states[i];
    const Vector<Enclosure> sum = options.track_sum ? Vector<Enclosure>(s.sum + s.w) : s.sum;
    const auto add = [&](const std::vector<Drawn>& drawn, const Rational& p) {
      next.add(
          {walk.step(s.w, draws[i].gradients(), drawn, gamma), sum, s.probability * enclose(p)});
    };
    if (run.full_batch) {
      add(draws[i].all(), 1);
    } else {
      draws[i].for_each_draw(B, add);
    }
  }
  return next.take();
}

/// The law of Σ_{ℓ=1}^B Q_{s_ℓ}(∇f_{s_ℓ}(w)).
FiniteLaw mini_batch_law(const Problem& problem, const Run& run, const Vector<Enclosure>& w, long B,
                         double most) {
  const Mechanism& mechanism = run.mechanism;
  const std::vector<FiniteLaw> laws =
      laws_of_same_moments(mechanism, graddiv::gradients(problem, w), most);
  return law_of_mini_batch(laws, B, mechanism.sharing(), most);
}

/// The next states of a run with a mechanism.
std::vector<State> advance_with_mechanism(const Problem& problem, const Run& run, int k,
                                          const std::vector<State>& states,
                                          const Options& options) {
  if (run.full_batch)
    throw ExpectationError("enumeration: a full batch with a mechanism is not known");
  const Enclosure gamma = run.gamma(k);
  Law next;
  double left = options.largest_transitions;
  for (const State& s : states) {
    try {
      const FiniteLaw moves = mini_batch_law(problem, run, s.w, run.batch(k), left);
      left -= static_cast<double>(moves.size());
      const Vector<Enclosure> sum = options.track_sum ? Vector<Enclosure>(s.sum + s.w) : s.sum;
      for (const auto& [probability, value] : moves.outcomes()) {
        next.add({mini_batch_step(problem.domain, s.w, {value}, std::vector<Drawn>{{0, 1}}, gamma),
                  sum, s.probability * probability});
      }
    } catch (const LawTooLarge&) {
      refuse(k, states.size(), options.largest_transitions + 1, options.largest_transitions);
    }
  }
  return next.take();
}

template <class Advance>
void visit_from(Vector<Enclosure> w, const Run& run, const Options& options, const Visit& visit,
                const Advance& next) {
  if (options.as_intervals) {
    for (Enclosure& x : w) x = x.as_interval();
  }
  State start{std::move(w), {}, Enclosure(1)};
  if (options.track_sum) start.sum = Vector<Enclosure>::Constant(start.w.size(), Enclosure(0));
  std::vector<State> states{std::move(start)};
  visit(0, states);
  for (int k = 0; k < run.iterations; ++k) {
    states = next(k, states);
    visit(k + 1, states);
  }
}

}  // namespace

void visit_law(const Walk& walk, const Run& run, const Options& options, const Visit& visit) {
  if (options.all_or_nothing) foresee(walk.in_doubles, run, options);
  visit_from(walk.start, run, options, visit, [&](int k, const std::vector<State>& states) {
    return advance(walk, run, k, states, options);
  });
}

void visit_law(const Problem& problem, const Run& run, const Options& options, const Visit& visit) {
  if (run.mechanism.is_none()) {
    const Walk walk{
        enclose(run.start), [&](const auto& w) { return gradients(problem, w); },
        [&](const auto& w, const auto& gradients, const auto& drawn, const auto& gamma) {
          return mini_batch_step(problem.domain, w, gradients, drawn, gamma);
        },
        Sketch{to_double(run.start), [&](const auto& w) { return gradients(problem, w); },
               [&](const auto& w, const auto& gradients, const auto& drawn, double gamma) {
                 return mini_batch_step(problem.domain, w, gradients, drawn, gamma);
               }}};
    visit_law(walk, run, options, visit);
    return;
  }
  if (!run.mechanism.has_finite_law() && run.iterations > 0) {
    throw ExpectationError("enumeration: the mechanism '" + run.mechanism.name() +
                           "' has no finite law");
  }
  visit_from(enclose(run.start), run, options, visit, [&](int k, const std::vector<State>& states) {
    return advance_with_mechanism(problem, run, k, states, options);
  });
}

namespace {

/// Σ of enclosures, in an order in which exact numbers of unrelated denominators cost little: sums
/// of as many terms are added up in pairs. A sum much longer than its terms is an interval, and
/// then no more exact sums are made. Square roots are added up one by one.
class Sum {
 public:
  void add(Enclosure x) {
    if (rest_) {
      rest_ = *rest_ + x;
      return;
    }
    if (!x.is_exact()) return go_on_from(x);
    longest_ = std::max(longest_, bit_size(exact_value(x)));
    const PrecisionScope scope(precision());
    std::size_t j = 0;
    for (; j < sums_.size() && sums_[j]; ++j) {
      x = *sums_[j] + x;
      sums_[j].reset();
      if (!x.is_exact()) return go_on_from(x);
    }
    if (j == sums_.size()) sums_.emplace_back();
    sums_[j] = std::move(x);
  }

  Enclosure total() const {
    if (rest_) return *rest_;
    const PrecisionScope scope(precision());
    Enclosure sum = 0;
    for (const auto& x : sums_) {
      if (x) sum = sum + *x;
    }
    return sum;
  }

 private:
  Precision precision() const {
    constexpr std::size_t always_exact = 1U << 16U;
    Precision result = current_precision();
    if (result.exact_bits != Precision::unlimited) {
      result.exact_bits = std::min(result.exact_bits, std::max(always_exact, 4 * longest_));
    }
    return result;
  }
  void go_on_from(const Enclosure& x) {
    rest_ = is_only_enclosed(x) ? x.as_interval() : x;
    for (const auto& y : sums_) {
      if (y) rest_ = *rest_ + *y;
    }
  }

  std::vector<std::optional<Enclosure>> sums_;  // entry j: of 2^j terms, or nothing
  std::optional<Enclosure> rest_;               // of everything, once it is an interval
  std::size_t longest_ = 0;                     // bits of a term
};

/// The values of quantities at a point. Where all functions are quadratic, those of many functions
/// at an exact point are forms in it.
class PointValues {
 public:
  PointValues(const Problem& problem, const Run& run, const Reference& reference)
      : problem_(problem), run_(run), reference_(reference) {
    const bool has_forms = problem.size() > problem.dimension() && quadratic_objective(problem);
    if (has_forms) forms_.emplace(problem);
  }

  Enclosure at(Quantity q, int k, const State& s) const {
    switch (q) {
      case Quantity::distance:
        return Vector<Enclosure>(s.w - *reference_.minimizer).squaredNorm();
      case Quantity::suboptimality:
        return objective_at(s.w) - *reference_.optimum;
      case Quantity::average_suboptimality:
        return objective_at(Vector<Enclosure>(s.sum / Enclosure(k))) - *reference_.optimum;
      case Quantity::gradient_norm:
        if (has_form(s.w)) return form(forms_->gradient_norm, s.w);
        return full_gradient(problem_, s.w).squaredNorm();
      case Quantity::second_moment:
        if (has_form(s.w)) return form(forms_->second_moment, s.w);
        return gradient_sums(problem_, s.w).second_moment();
      case Quantity::mechanism_variance:
        return run_.mechanism.mean_variance(gradients(problem_, s.w));
    }
    throw std::logic_error("unknown quantity");
  }

  /// Evaluations of single functions that a value at one point takes.
  double evaluations(Quantity q) const {
    return q == Quantity::distance || forms_ ? 1.0 : static_cast<double>(problem_.size());
  }

 private:
  struct Forms {
    explicit Forms(const Problem& problem) : F(*quadratic_objective(problem)), gradients(problem) {
      second_moment = gradients.mean_of_squares();
      gradient_norm = gradients.square_of_mean();
    }
    QuadraticFunction F;
    moments::AffineGradients gradients;
    Matrix<Rational> second_moment;
    Matrix<Rational> gradient_norm;
  };

  bool has_form(const Vector<Enclosure>& w) const {
    return forms_ && std::ranges::all_of(w, [](const Enclosure& x) { return x.is_exact(); });
  }
  /// zᵀQz, z = (w, 1/s).
  Enclosure form(const Matrix<Rational>& Q, const Vector<Enclosure>& w) const {
    Vector<Rational> z(w.size() + 1);
    for (Eigen::Index j = 0; j < w.size(); ++j) z[j] = exact_value(w[j]);
    z[w.size()] = Rational(1, forms_->gradients.constant_scale());
    return enclose(Rational(z.dot(Q * z)));
  }
  Enclosure objective_at(const Vector<Enclosure>& w) const {
    if (!has_form(w)) return objective(problem_, w);
    Vector<Rational> x(w.size());
    for (Eigen::Index j = 0; j < w.size(); ++j) x[j] = exact_value(w[j]);
    return enclose(Rational(x.dot(forms_->F.A * x) / 2 + forms_->F.b.dot(x) + forms_->F.c));
  }

  const Problem& problem_;
  const Run& run_;
  const Reference& reference_;
  std::optional<Forms> forms_;
};

/// Values at points are refused where they would take longer than the law itself may.
void refuse_too_many_evaluations(Quantity q, int k, std::size_t states, double each,
                                 const Options& options) {
  constexpr double for_each_transition = 50;
  const double evaluations = static_cast<double>(states) * each;
  if (evaluations <= for_each_transition * options.largest_transitions) return;
  char text[256];
  std::snprintf(text, sizeof text,
                "enumeration: %s of iteration %d would need %.3g values of single functions at %zu "
                "states; ask for distance alone",
                std::string(to_string(q)).c_str(), k, evaluations, states);
  throw ExpectationError(text);
}

}  // namespace

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, const Options& options) {
  Trajectory result;
  result.engine = Engine::enumeration;
  result.iterations = run.iterations;
  for (const Quantity q : quantities) result.values[q];
  const PointValues values_at(problem, run, reference);
  const auto mean_of = [&](Quantity q, int k, const std::vector<State>& states) {
    const Precision exact_at_first =
        shared_among(static_cast<double>(states.size()) * problem.dimension(), options);
    Sum mean;
    bool is_exact = true;
    for (const State& s : states) {
      const PrecisionScope scope(is_exact ? exact_at_first : beside_intervals());
      const Enclosure term = s.probability * values_at.at(q, k, s);
      if (limits_exact_numbers(options)) is_exact = is_exact && !is_only_enclosed(term);
      mean.add(term);
    }
    return mean.total();
  };

  // The averaged iterate needs the running sum in the states, which then merge less: where it is
  // asked for beside others, it has a pass of its own.
  const auto pass = [&](const std::vector<Quantity>& of_this_pass, bool track_sum) {
    if (of_this_pass.empty()) return;
    Options o = options;
    o.track_sum = track_sum;
    o.all_or_nothing = true;
    visit_law(problem, run, o, [&](int k, const std::vector<State>& states) {
      for (const Quantity q : of_this_pass) {
        if (k < first_iteration(q)) continue;
        refuse_too_many_evaluations(q, k, states.size(), values_at.evaluations(q), options);
        result.values[q].push_back(mean_of(q, k, states));
      }
    });
  };
  std::vector<Quantity> plain;
  std::vector<Quantity> averaged;
  for (const auto& [q, unused] : result.values) {
    (q == Quantity::average_suboptimality ? averaged : plain).push_back(q);
  }
  pass(plain, false);
  pass(averaged, true);
  return result;
}

}  // namespace graddiv::enumeration
