#include "expectation/enumeration.h"

#include <cmath>
#include <unordered_map>

#include "diversity/diversity.h"
#include "number/exact.h"
#include "sgd/step.h"

namespace graddiv::enumeration {
namespace {

bool same(const Vector<Enclosure>& a, const Vector<Enclosure>& b) {
  for (Eigen::Index j = 0; j < a.size(); ++j) {
    if (!a[j].same_as(b[j])) return false;
  }
  return true;
}

std::size_t hash_of(const State& s) {
  std::size_t h = 0;
  for (const auto* v : {&s.w, &s.sum}) {
    for (Eigen::Index j = 0; j < v->size(); ++j) h = h * 0x9E3779B97F4A7C15ULL + (*v)[j].hash();
  }
  return h;
}

/// States under construction, equal ones merged.
class Law {
 public:
  void add(State s) {
    auto& bucket = index_[hash_of(s)];
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

[[noreturn]] void refuse(int k, std::size_t states, double transitions, double limit) {
  char text[256];
  std::snprintf(text, sizeof text,
                "enumeration: iteration %d would need %.3g transitions from %zu states, more than "
                "the limit of %.3g; "
                "lower the batch size or the number of iterations, or use the moments engine",
                k, transitions, states, limit);
  throw ExpectationError(text);
}

}  // namespace

Draws::Draws(const Problem& problem, const Vector<Enclosure>& w)
    : Draws(graddiv::gradients(problem, w)) {}

Draws::Draws(std::vector<Vector<Enclosure>> gradients) : n_(static_cast<long>(gradients.size())) {
  for (auto& g : gradients) {
    std::size_t i = 0;
    while (i < distinct_.size() && !same(distinct_[i], g)) ++i;
    if (i == distinct_.size()) {
      distinct_.push_back(std::move(g));
      weights_.push_back(0);
    }
    ++weights_[i];
  }
}

double Draws::multisets(long B) const {
  double count = 1;  // C(B + g − 1, g − 1), factor by factor
  for (std::size_t j = 1; j < distinct_.size(); ++j) {
    count *= (static_cast<double>(B) + static_cast<double>(j)) / static_cast<double>(j);
  }
  return std::round(count);
}

double Draws::work(long B) const {
  constexpr double ordinary_bits = 256;
  if (distinct_.size() == 1) return 1;
  const double bits = static_cast<double>(B) * std::log2(static_cast<double>(n_));
  return multisets(B) * std::max(1.0, bits / ordinary_bits);
}

void Draws::for_each_multiset(
    long B, const std::function<void(const std::vector<long>&, const Rational&)>& visit) const {
  if (distinct_.size() == 1) return visit({B}, 1);
  Integer all = 1;  // n^B, the number of index sequences
  mpz_ui_pow_ui(all.backend().data(), static_cast<unsigned long>(n_),
                static_cast<unsigned long>(B));
  std::vector<long> counts(distinct_.size(), 0);

  // `sequences`: the number of index sequences that agree with the counts fixed so far, up to the choice of the other `left` draws.
  const std::function<void(std::size_t, long, const Integer&)> distribute =
      [&](std::size_t i, long left, const Integer& sequences) {
        if (i + 1 == counts.size()) {
          counts[i] = left;
          Integer last;
          mpz_ui_pow_ui(last.backend().data(), static_cast<unsigned long>(weights_[i]),
                        static_cast<unsigned long>(left));
          visit(counts, Rational(sequences * last, all));
          return;
        }
        Integer factor = 1;  // C(left, c) · weight^c
        for (long c = 0; c <= left; ++c) {
          counts[i] = c;
          distribute(i + 1, left - c, sequences * factor);
          factor = factor * (left - c) * weights_[i] / (c + 1);
        }
      };
  distribute(0, B, Integer(1));
}

namespace {

/// The next states of a process that draws indices.
std::vector<State> advance(const Walk& walk, const Run& run, int k,
                           const std::vector<State>& states, const Options& options) {
  const long B = run.batch(k);
  const Enclosure gamma = enclose(run.step(k));
  std::vector<Draws> draws;
  draws.reserve(states.size());
  double transitions = 0;
  for (const State& s : states) {
    draws.emplace_back(walk.gradients(s.w));
    transitions += draws.back().work(B);
    if (transitions > options.largest_transitions) {
      const double predicted =
          transitions * static_cast<double>(states.size()) / static_cast<double>(draws.size());
      refuse(k, states.size(), predicted, options.largest_transitions);
    }
  }
  Law next;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const State& s = states[i];
    const Vector<Enclosure> sum = options.track_sum ? Vector<Enclosure>(s.sum + s.w) : s.sum;
    draws[i].for_each_multiset(B, [&](const std::vector<long>& counts, const Rational& p) {
      next.add(
          {walk.step(s.w, draws[i].gradients(), counts, gamma), sum, s.probability * enclose(p)});
    });
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
  const Enclosure gamma = enclose(run.step(k));
  Law next;
  double left = options.largest_transitions;
  for (const State& s : states) {
    try {
      const FiniteLaw moves = mini_batch_law(problem, run, s.w, run.batch(k), left);
      left -= static_cast<double>(moves.size());
      const Vector<Enclosure> sum = options.track_sum ? Vector<Enclosure>(s.sum + s.w) : s.sum;
      for (const auto& [probability, value] : moves.outcomes()) {
        next.add({mini_batch_step(problem.domain, s.w, {value}, {1}, gamma), sum,
                  s.probability * probability});
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
  visit_from(walk.start, run, options, visit, [&](int k, const std::vector<State>& states) {
    return advance(walk, run, k, states, options);
  });
}

void visit_law(const Problem& problem, const Run& run, const Options& options, const Visit& visit) {
  if (run.mechanism.is_none()) {
    const Walk walk{
        enclose(run.start), [&](const auto& w) { return gradients(problem, w); },
        [&](const auto& w, const auto& gradients, const auto& counts, const auto& gamma) {
          return mini_batch_step(problem.domain, w, gradients, counts, gamma);
        }};
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

/// The value of a quantity at one state of iteration k.
Enclosure value_at(Quantity q, int k, const State& s, const Problem& problem, const Run& run,
                   const Reference& reference) {
  switch (q) {
    case Quantity::distance:
      return Vector<Enclosure>(s.w - *reference.minimizer).squaredNorm();
    case Quantity::suboptimality:
      return objective(problem, s.w) - *reference.optimum;
    case Quantity::average_suboptimality:
      return objective(problem, Vector<Enclosure>(s.sum / Enclosure(k))) - *reference.optimum;
    case Quantity::gradient_norm:
      return full_gradient(problem, s.w).squaredNorm();
    case Quantity::second_moment:
      return gradient_sums(problem, s.w).second_moment();
    case Quantity::mechanism_variance:
      return run.mechanism.mean_variance(gradients(problem, s.w));
  }
  throw std::logic_error("unknown quantity");
}

}  // namespace

Trajectory expect(const Problem& problem, const Run& run, const Reference& reference,
                  const std::vector<Quantity>& quantities, const Options& options) {
  Trajectory result;
  result.engine = Engine::enumeration;
  result.iterations = run.iterations;
  for (const Quantity q : quantities) result.values[q];

  // The averaged iterate needs the running sum in the states, which then merge less: where it is asked for beside others, it has a
  // pass of its own.
  const auto pass = [&](const std::vector<Quantity>& of_this_pass, bool track_sum) {
    if (of_this_pass.empty()) return;
    Options o = options;
    o.track_sum = track_sum;
    visit_law(problem, run, o, [&](int k, const std::vector<State>& states) {
      for (const Quantity q : of_this_pass) {
        if (k < first_iteration(q)) continue;
        Enclosure mean = 0;
        for (const State& s : states)
          mean += s.probability * value_at(q, k, s, problem, run, reference);
        result.values[q].push_back(mean);
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
