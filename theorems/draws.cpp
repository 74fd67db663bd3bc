#include "theorems/draws.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "facts/facts.h"
#include "formula/evaluate.h"
#include "formula/parse.h"
#include "instances/classes.h"
#include "instances/described.h"
#include "number/exact.h"
#include "sgd/instance.h"
#include "theorems/description.h"
#include "theorems/edges.h"
#include "theorems/schedule.h"

namespace graddiv {
namespace {

/// Where a claim that names no class is tried: runs with steps of all kinds on all families.
std::vector<InstanceClass> any_class() {
  return {InstanceClass::strongly_convex,  InstanceClass::convex_runs,
          InstanceClass::smooth_runs,      InstanceClass::pl,
          InstanceClass::convex,           InstanceClass::rank_deficient,
          InstanceClass::indefinite_parts, InstanceClass::generalized_linear,
          InstanceClass::bounded,          InstanceClass::strongly_convex_steps,
          InstanceClass::convex_steps,     InstanceClass::any_rational};
}

InstanceClass class_named(const DrawLine& draw) {
  std::vector<std::string> names = described_families();
  for (const InstanceClass one : instance_classes()) {
    if (to_string(one) == draw.instance_class) return one;
    names.push_back(to_string(one));
  }
  throw FormulaError(draw.where, "there is no class of instances '" + draw.instance_class + "'" +
                                     suggestion(draw.instance_class, names) +
                                     "; graddiv list shows them");
}

/// The number of an instance, taken apart into choices like digits: every choice meets all others.
class Turns {
 public:
  explicit Turns(std::int64_t number) : left_(number) {}

  std::int64_t next(std::int64_t choices) {
    const std::int64_t turn = left_ % choices;
    left_ /= choices;
    return turn;
  }
  /// One after another.
  long next(const DrawLine::Range& range) {
    const auto [from, to] = counts_of(range);
    return from + static_cast<long>(next(to - from + 1));
  }

 private:
  std::int64_t left_;
};

/// Shares of a step that a claim allows: the largest itself, and steps well below and just beyond.
Enclosure share_of_step(Turns& turns) {
  constexpr std::array<std::pair<int, int>, 6> shares{
      {{1, 1}, {1, 2}, {1, 1}, {1, 10}, {9, 10}, {101, 100}}};
  const auto [p, q] = shares.at(static_cast<std::size_t>(turns.next(shares.size())));
  return Enclosure(p) / q;
}

/// Centres and targets such that w = (1, …, 1) is best for every function; other functions stay as
/// they are.
Instance interpolated(const Instance& drawn) {
  using Json = nlohmann::json;
  Json json = Json::parse(to_text(drawn));
  Json& problem = json.at("problem");
  const std::string family = problem.value("family", "");
  const bool has_targets = family == "least-squares" ||
                           (family == "glm" && problem.at("loss").get<std::string>() != "logistic");
  if (family == "quadratic") {
    const std::vector<std::string> ones(static_cast<std::size_t>(drawn.problem.dimension()), "1");
    for (Json& f : problem.at("functions")) f["c"] = ones;
  } else if (has_targets) {
    const Vector<Rational> targets = drawn.problem.sum->facts().rows->rowwise().sum();
    problem["targets"] = Json::array();
    for (const Rational& y : targets) problem["targets"].push_back(to_string(y));
  }
  return read_instance(JsonReader::from_text(json.dump(), "drawn"), families());
}

/// The minimiser of F on R^d, where it is a rational point.
std::optional<Vector<Rational>> rational_minimizer(const Problem& problem) {
  const Facts facts({problem.sum, Domain::all()});
  const auto& enclosed = facts.minimizer().value;
  if (!enclosed) return std::nullopt;
  Vector<Rational> minimizer(enclosed->size());
  for (Eigen::Index j = 0; j < enclosed->size(); ++j) {
    if (!(*enclosed)(j).is_exact()) return std::nullopt;
    minimizer(j) = exact_value((*enclosed)(j));
  }
  return minimizer;
}

/// A box around the start; one that has it in a corner; or the smallest one of these about the
/// minimiser, in which nothing is farther from that than the start is. The law of a run with a
/// projection is listed, path by path: few iterations are enough.
void enclose_in_box(Instance& instance, std::int64_t kind) {
  constexpr int most_iterations = 5;
  Run& run = instance.run;
  const Eigen::Index d = instance.problem.dimension();
  const Vector<Rational> reach = Vector<Rational>::Constant(d, Rational(3));
  Vector<Rational> lower = kind == 0 ? Vector<Rational>(run.start - reach) : run.start;
  Vector<Rational> upper = run.start + reach;
  if (const auto center = kind == 2 ? rational_minimizer(instance.problem) : std::nullopt) {
    for (Eigen::Index j = 0; j < d; ++j) {
      const Rational radius = abs(Rational(run.start(j) - (*center)(j)));
      lower(j) = (*center)(j) - (radius > 0 ? radius : 1);
      upper(j) = (*center)(j) + (radius > 0 ? radius : 1);
    }
  }
  instance.problem.domain = Domain::box(lower, upper);
  run.iterations = std::min(run.iterations, most_iterations);
  if (!run.steps.empty()) run.steps.resize(1);
  if (!run.batches.empty()) run.batches.resize(1);
}

/// At most n functions, and no neighbouring data set, which may speak of others.
void keep_first(Instance& instance, long n) {
  if (n >= instance.problem.size()) return;
  std::vector<int> first(static_cast<std::size_t>(n));
  std::iota(first.begin(), first.end(), 0);
  instance.problem.sum = select(instance.problem.sum, first);
  instance.neighbour.reset();
  if (instance.run.full_batch) instance.run.batches = {n};
}

/// Gradient descent, in which there is no mechanism.
void take_full_batch(Instance& instance) {
  instance.run.full_batch = true;
  instance.run.batches = {instance.problem.size()};
  instance.run.mechanism = Mechanism();
}

/// K iterations, each with the first step and batch where these vary.
void set_iterations(Run& run, long K) {
  run.iterations = static_cast<int>(K);
  run.steps.resize(1);
  run.batches.resize(1);
  run.step_rule.reset();
}

Instance changed(Instance instance, const DrawLine& draw, Turns& turns) {
  if (draw.is_interpolated) instance = interpolated(instance);
  if (!draw.domains.empty()) enclose_in_box(instance, turns.next(3));
  if (draw.functions) keep_first(instance, turns.next(*draw.functions));
  if (draw.has_full_batch) take_full_batch(instance);
  if (draw.batch) {
    instance.run.full_batch = false;
    instance.run.batches = {turns.next(*draw.batch)};
  }
  if (draw.iterations) set_iterations(instance.run, turns.next(*draw.iterations));
  return instance;
}

/// The drawn instance with its step set to a share of a formula, or with each of its steps set to
/// one, where that can be had: by a rule or rounded down, so that a share of 1 is allowed where the
/// formula is irrational.
Instance with_steps(Instance instance, const DrawLine& draw, Turns turns) {
  if (!draw.step) return instance;
  const Enclosure share = share_of_step(turns);
  try {
    std::vector<Enclosure> steps;
    const Evaluation evaluation(instance);
    const Case c(evaluation);
    const int count = draw.is_schedule ? instance.run.iterations : 1;
    for (int k = 0; k < count; ++k) {
      const Scope scope{.instance = &c, .variables = {{"k", Enclosure(k)}}};
      steps.push_back(share * value_of(*draw.step, scope));
      if ((steps.back() > 0) != Truth::yes || !steps.back().is_bounded()) return instance;
    }
    if (!steps.empty()) set_steps(instance.run, steps);
  } catch (const NotCertified&) {
    return instance;  // the claim does not apply there, and says why itself
  } catch (const FormulaError&) {
    throw;
  } catch (const std::logic_error&) {
    return instance;  // nor is there a step: a division by zero
  }
  return instance;
}

/// Throws FormulaError for numbers that cannot be, before the first instance is drawn.
void require_counts(const DrawLine& draw) {
  for (const auto& range : {draw.functions, draw.batch, draw.iterations})
    if (range) counts_of(*range);
}

bool is_changed(const DrawLine& draw) {
  DrawLine plain;
  plain.instance_class = draw.instance_class;
  return printed(draw) != printed(plain);
}

using Make = std::function<Instance(std::uint64_t seed, std::int64_t number)>;

/// Those of the class, changed as the draw says.
Make of_class(InstanceClass registered, DrawLine draw) {
  return [registered, draw = std::move(draw)](std::uint64_t seed, std::int64_t number) {
    Turns turns(number);
    Instance instance = changed(graddiv::draw(registered, seed, number), draw, turns);
    return with_steps(std::move(instance), draw, turns);
  };
}

Make of_description(DrawLine draw) {
  DrawLine of_functions = draw;  // the same for every step
  of_functions.step.reset();
  return [description = description_of(draw), name = printed(of_functions), draw = std::move(draw)](
             std::uint64_t seed, std::int64_t number) {
    return with_steps(graddiv::draw(description, name, seed, number), draw, Turns(number));
  };
}

/// One in every five at the edge of a hypothesis, another one from five to five.
Make with_edges(Make make, std::vector<Edge> edges) {
  return
      [make = std::move(make), edges = std::move(edges)](std::uint64_t seed, std::int64_t number) {
        constexpr std::int64_t times = 5;
        const std::int64_t turn = number / times;
        Instance drawn = make(seed, number);
        return number % times == turn % times ? at_edge(std::move(drawn), edges, turn) : drawn;
      };
}

DrawnFrom drawn_from(const DrawLine& line, const TheoremFile& file, std::vector<Edge> edges) {
  require_counts(line);
  DrawLine draw = line;
  if (draw.step) draw.step = expanded(*draw.step, file, nullptr);
  if (draw.step) edges.clear();
  if (draw.batch || draw.has_full_batch)
    std::erase_if(edges, [](const Edge& edge) { return edge.of == Edge::Of::batch; });
  DrawnFrom result;
  result.description = printed(line);
  if (draw.is_description()) {
    DrawLine families;
    families.families = draw.families;
    result.name = printed(families);
    result.instance = of_description(draw);
  } else {
    result.name = draw.instance_class;
    result.registered = class_named(draw);
    result.is_as_registered = !is_changed(draw) && edges.empty();
    result.instance = of_class(*result.registered, draw);
  }
  if (!edges.empty()) result.instance = with_edges(std::move(result.instance), std::move(edges));
  return result;
}

/// Two draws of one class, say with other steps, are told apart: "bounded", "bounded (2)".
void tell_apart(std::vector<DrawnFrom>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    int same = 1;
    const std::string name = all[i].name;
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (all[j].name == name) all[j].name += " (" + std::to_string(++same) + ")";
  }
}

}  // namespace

std::vector<DrawnFrom> draws_of(const TheoremFile& file, Edges edges) {
  std::vector<DrawLine> draws = file.draws;
  if (draws.empty()) {
    for (const InstanceClass one : any_class()) {
      draws.emplace_back();
      draws.back().instance_class = to_string(one);
    }
  }
  const std::vector<Edge> thresholds = edges == Edges::some ? edges_of(file) : std::vector<Edge>{};
  std::vector<DrawnFrom> result;
  for (const DrawLine& draw : draws) result.push_back(drawn_from(draw, file, thresholds));
  for (DrawnFrom& from : result) from.is_named = !file.draws.empty();
  tell_apart(result);
  return result;
}

}  // namespace graddiv
