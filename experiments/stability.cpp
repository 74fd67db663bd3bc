#include <fmt/format.h>

#include <algorithm>

#include "experiments/coupled.h"
#include "experiments/experiment.h"
#include "experiments/generalization.h"
#include "experiments/run.h"
#include "experiments/tuning.h"
#include "experiments/words.h"

// Figure 4 of the paper. (a) Two runs on data that differ in one example, coupled by one stream of
// indices: their distance against data passes. (b), (c): see generalization.cpp.
namespace graddiv::experiments::stability {
namespace {

struct Study {
  std::string model;
  Task task;
  std::int64_t examples;
  std::int64_t passes;
  std::int64_t looks;
  std::int64_t repetitions;
  std::vector<std::int64_t> batches;  // the first one 1
  std::uint64_t seed;
};

struct Found {
  double step = 0;
  std::vector<std::vector<CoupledRuns>> runs;  // batch, repetition
};

RunOptions run_options(const Study& s, std::int64_t batch, double step, std::uint64_t repetition) {
  return {step, batch, s.passes, s.looks, s.seed, repetition};
}

Unit unit(const Study& s, std::int64_t batch) {
  return {fmt::format("{} B={}", s.model, batch),
          cost_of_run(*s.task.train, s.examples, run_options(s, batch, 0, 0), s.examples)};
}
/// Two runs, and at the looks of serial SGD two gradients of every example.
Unit coupled_unit(const Study& s, std::int64_t batch, std::uint64_t repetition) {
  const auto [name, cost] = unit(s, batch);
  const auto looks = static_cast<double>(s.passes * s.looks);
  const double of_bound =
      batch == 1 ? looks * cost_of_gradients(*s.task.train, 2 * s.examples, 1) : 0;
  return {fmt::format("{} coupled k={}", name, repetition), 2 * cost + of_bound};
}

constexpr StepSearch step_search{.first = -6, .least = -24, .most = 4, .at_least = 1};

bool is_searched(const Study& s) { return s.model != "logistic"; }

// One step for all batch sizes, as the theory of stability has it. Convex: γ = 1/β, with
// β = max ‖x_i‖²/4 from the data; all B with (B − 1)/B̄_S ≤ 1 are then nonexpansive.
double step_of(const Study& s, Work& work) {
  if (!is_searched(s)) return 4 / s.task.largest_squared_norm;
  return tune_step(step_search, 1, unit(s, 1), work,
                   [&](double step, std::uint64_t repetition) {
                     const Pair pair = neighbours(s.task, s.examples, s.seed, repetition);
                     const auto options = run_options(s, 1, step, repetition);
                     return losses_along(*pair.first, *pair.first, options).back();
                   })
      .step;
}

Numbers numbers_of(const CoupledRuns& runs) {
  Numbers numbers = {runs.least_differential_bound, runs.final_loss};
  numbers.insert(numbers.end(), runs.distance.begin(), runs.distance.end());
  return numbers;
}
CoupledRuns runs_from(const Numbers& numbers) {
  return {{numbers.begin() + 2, numbers.end()}, numbers.at(0), numbers.at(1)};
}

void announce(const Study& s, Work& work) {
  if (is_searched(s)) work.expect(least_tries(step_search), unit(s, 1).cost);
  for (const auto batch : s.batches) {
    work.expect(s.repetitions, coupled_unit(s, batch, 0).cost);
  }
}

Found find(const Study& s, Work& work) {
  Found found;
  found.step = step_of(s, work);
  const std::int64_t batches = std::ssize(s.batches);
  found.runs.assign(s.batches.size(),
                    std::vector<CoupledRuns>(static_cast<std::size_t>(s.repetitions)));
  work.each(batches * s.repetitions, [&](std::int64_t i) {
    const auto b = static_cast<std::size_t>(i / s.repetitions);
    const auto repetition = static_cast<std::uint64_t>(i % s.repetitions);
    const auto options = run_options(s, s.batches[b], found.step, repetition);
    found.runs[b][repetition] =
        runs_from(work.numbers(coupled_unit(s, s.batches[b], repetition), [&] {
          const Pair pair = neighbours(s.task, s.examples, s.seed, repetition);
          return numbers_of(run_coupled(pair, options, s.batches[b] == 1));
        }));
  });
  return found;
}

class Section {
 public:
  Section(const Study& study, const Found& found) : s_(study), found_(found) {
    std::vector<double> least;
    for (const CoupledRuns& runs : found.runs[0]) least.push_back(runs.least_differential_bound);
    bound_ = band(least);
  }

  void add_to(Result& result) const {
    result.figures.push_back(along());
    result.figures.push_back(final());
    result.claims.push_back(within());
    result.claims.push_back(beyond());
    result.tables.push_back(final_table());
  }

 private:
  Band at(std::size_t b, std::size_t look) const {
    std::vector<double> distances;
    for (const CoupledRuns& runs : found_.runs[b]) distances.push_back(runs.distance[look]);
    return band(distances);
  }
  std::size_t last() const { return static_cast<std::size_t>(s_.passes * s_.looks); }
  std::string step_text() const { return fmt::format("$γ = {:.4g}$", found_.step); }

  Figure along() const {
    Figure figure{.id = s_.model + "-distance",
                  .title = Text::from_marked(fmt::format("Stability, {}", s_.model)),
                  .caption = Text::from_marked(fmt::format(
                      "Distance $√(‖w−w'‖²/(‖w‖²+‖w'‖²))$ of two runs whose data differ in one of "
                      "$n = {}$ examples, with the same indices and {} for all batch sizes; bands: "
                      "least and largest of {} repetitions. The least $B̄_S(w,w')$ along the serial "
                      "runs is {}.",
                      s_.examples, step_text(), s_.repetitions, band_text(bound_))),
                  .x = {"data passes", 0},
                  .y = {"normalised distance", 10},
                  .curves = {},
                  .marks = {}};
    for (std::size_t b = 0; b < s_.batches.size(); ++b) {
      Curve curve{fmt::format("B={}", s_.batches[b]),
                  Text::from_marked(fmt::format("$B = {}$", s_.batches[b])),
                  {}};
      for (std::size_t j = 1; j <= last(); ++j) {
        curve.points.push_back({static_cast<double>(j) / static_cast<double>(s_.looks), at(b, j)});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  /// At the end.
  Band losses(std::size_t b) const {
    std::vector<double> values;
    for (const CoupledRuns& runs : found_.runs[b]) values.push_back(runs.final_loss);
    return band(values);
  }
  /// Of the same repetition: the final distance over that of serial SGD.
  Band ratio(std::size_t b) const {
    std::vector<double> ratios;
    for (std::size_t k = 0; k < found_.runs[b].size(); ++k) {
      ratios.push_back(found_.runs[b][k].distance[last()] / found_.runs[0][k].distance[last()]);
    }
    return band(ratios);
  }

  Figure final() const {
    Figure figure{.id = s_.model + "-final-distance",
                  .title = Text::from_marked(fmt::format("Stability and batch size, {}", s_.model)),
                  .caption = Text::from_marked(fmt::format(
                      "The distance after {} data passes over that of serial SGD of the same "
                      "repetition, {}. Vertical line: the least $B̄_S(w,w')$ along the serial "
                      "runs.",
                      s_.passes, step_text())),
                  .x = {"batch size $B$", 2},
                  .y = {"distance over that of $B = 1$", 2},
                  .curves = {},
                  .marks = {}};
    Curve curve{"ratio", Text::from_marked(step_text()), {}};
    for (std::size_t b = 0; b < s_.batches.size(); ++b) {
      curve.points.push_back({static_cast<double>(s_.batches[b]), ratio(b)});
    }
    figure.curves.push_back(std::move(curve));
    figure.marks.push_back({"differential B_S", "$B̄_S$", bound_.mean});
    return figure;
  }

  Claim within() const {
    std::vector<Band> ratios;
    double largest = 0;
    for (std::size_t b = 1; b < s_.batches.size(); ++b) {
      if (static_cast<double>(s_.batches[b]) > 1 + bound_.low) continue;
      ratios.push_back(ratio(b));
      largest = std::max(largest, ratios.back().high);
    }
    return {.id = s_.model + "-stable-within",
            .claim = Text::from_marked(
                s_.model + ": up to $1 + B̄_S$ mini-batch SGD is about as stable as serial SGD."),
            .observed = Text::from_marked(
                ratios.empty()
                    ? std::string("No batch size of this experiment lies within it.")
                    : fmt::format("Batch sizes within it: {}; their final distance is at most {} "
                                  "times that of serial SGD.",
                                  ratios.size(), number_text(largest))),
            .rule =
                "over all $B ≤ 1 + B̄_S$, the least of all serial runs: respected if in every "
                "repetition the final distance is at most twice that of serial SGD, violated "
                "if for one $B$ in every repetition it is larger, else inconclusive",
            .reading = stay_below(ratios, 2)};
  }

  Claim beyond() const {
    const Band one = band({1});
    const Band large = ratio(s_.batches.size() - 1);
    return {.id = s_.model + "-unstable-beyond",
            .claim = Text::from_marked(s_.model + ": far beyond $B̄_S$ stability is lost."),
            .observed = Text::from_marked(fmt::format(
                "With $B = {}$ the final distance is {} times that of serial SGD of the same "
                "repetition, and the training loss {} in place of {}; the least $B̄_S$ along the "
                "serial runs is {}.",
                s_.batches.back(), band_text(large), band_text(losses(s_.batches.size() - 1)),
                band_text(losses(0)), band_text(bound_))),
            .rule =
                "respected if in every repetition the run with the largest $B$ ends farther "
                "apart than the serial one, violated if in every one nearer, else inconclusive",
            .reading = lies_below(one, large)};
  }

  Table final_table() const {
    Table table{Text::from_marked(fmt::format("At the end, {}: mean, least and largest", s_.model)),
                {"$B$", "distance", "over that of $B = 1$", "training loss"},
                {}};
    for (std::size_t b = 0; b < s_.batches.size(); ++b) {
      table.rows.push_back({Text::from_marked(fmt::format("${}$", s_.batches[b])),
                            Text::from_marked(band_text(at(b, last()))),
                            Text::from_marked(band_text(ratio(b))),
                            Text::from_marked(band_text(losses(b)))});
    }
    return table;
  }

  const Study& s_;
  const Found& found_;
  Band bound_;  // the least B̄_S along the serial runs
};

TaskOptions task_options(const Config& c, const std::string& model) {
  return {.model = model,
          .hidden = c.integers("hidden"),
          .positive = c.integers("positive"),
          .negative = c.integers("negative")};
}

Study study(const std::string& model, const Setup& setup) {
  const Config& c = setup.config;
  Study s{.model = model,
          .task = make_task(setup.files, task_options(c, model)),
          .examples = c.integer(model + "_examples"),
          .passes = c.integer(model + "_passes"),
          .looks = c.integer("looks"),
          .repetitions = c.integer("repetitions"),
          .batches = {1},
          .seed = setup.seed};
  const auto& batches = c.integers("batches");
  s.batches.insert(s.batches.end(), batches.begin(), batches.end());
  return s;
}

Result run(const Setup& setup, Work& work) {
  const Config& c = setup.config;
  std::vector<Study> studies;
  for (const auto& model : c.words("models")) studies.push_back(study(model, setup));
  const Generalization generalization{
      .task = make_task(setup.files, task_options(c, c.word("generalization_model"))),
      .examples = c.integer("generalization_examples"),
      .test_examples = c.integer("test_examples"),
      .passes = c.integer("generalization_passes"),
      .looks = 1,
      .repetitions = c.integer("generalization_repetitions"),
      .batches = c.integers("generalization_batches"),
      .mechanisms = mechanisms_of(c),
      .seed = setup.seed};
  for (const Study& s : studies) announce(s, work);
  announce(generalization, work);
  Result result;
  result.setting =
      "Runs on two data sets that differ in one example, drawn anew for every repetition, see the "
      "same stream of indices and one step $γ$ for all batch sizes: $γ = 1/β$ with "
      "$β = max ‖x_i‖²/4$ for the logistic model, for the network the power of two with the least "
      "final training loss of serial SGD on a repetition of its own. Generalization is compared "
      "with steps tuned by the same search for every batch size and mechanism.";
  for (const Study& s : studies) Section(s, find(s, work)).add_to(result);
  add_generalization(generalization, c.word("generalization_model"), work, result);
  return result;
}

}  // namespace

}  // namespace graddiv::experiments::stability

namespace graddiv::experiments {

Experiment stability_experiment() {
  std::vector<Setting> settings = {{"models", Kind::words, 0, 0, {"logistic", "mlp"}},
                                   {"positive", Kind::integers, 0, 1e6},
                                   {"negative", Kind::integers, 0, 1e6},
                                   {"hidden", Kind::integers, 1, 1e5},
                                   {"looks", Kind::integer, 1, 1e4},
                                   {"repetitions", Kind::integer, 1, 1e4},
                                   {"batches", Kind::integers, 2, 1e7},
                                   {"logistic_examples", Kind::integer, 2, 1e7},
                                   {"logistic_passes", Kind::integer, 1, 1e4},
                                   {"mlp_examples", Kind::integer, 2, 1e7},
                                   {"mlp_passes", Kind::integer, 1, 1e4},
                                   {"generalization_model", Kind::word, 0, 0, {"logistic", "mlp"}},
                                   {"generalization_examples", Kind::integer, 2, 1e7},
                                   {"generalization_repetitions", Kind::integer, 1, 1e4},
                                   {"test_examples", Kind::integer, 1, 1e7},
                                   {"generalization_passes", Kind::integer, 1, 1e4},
                                   {"generalization_batches", Kind::integers, 1, 1e7}};
  for (const Setting& setting : mechanism_settings()) settings.push_back(setting);
  return {.id = "stability",
          .title = "Stability and generalization (Figure 4)",
          .claim =
              "Mini-batch SGD is as stable as serial SGD up to a batch size that differential "
              "gradient diversity sets; beyond it stability and generalization decay, and "
              "mechanisms that raise diversity allow larger batches.",
          .settings = std::move(settings),
          .run = stability::run};
}

}  // namespace graddiv::experiments
