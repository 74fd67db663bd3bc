#include "experiments/generalization.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "experiments/tuning.h"
#include "experiments/words.h"
#include "measure/totals.h"

namespace graddiv::experiments::generalization {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// At one look: mean loss and share of rightly classified examples.
struct Look {
  double train_loss = infinity;
  double test_loss = infinity;
  double train_accuracy = 0;
  double test_accuracy = 0;
  double bound = infinity;  // B^Q_S, at the last look of runs that count
};

struct Cell {
  std::int64_t batch;
  NamedNoise mechanism;
  TunedStep tuned;
  std::vector<std::vector<Look>> runs;  // repetition, look
};

struct Sample {
  std::unique_ptr<const Model> train;
  std::unique_ptr<const Model> test;
};

Sample sample(const Generalization& g, std::uint64_t repetition) {
  return {selected(g.task.train, drawn_rows(g.task.train_rows, g.examples, g.seed, repetition)),
          selected(g.task.test, drawn_rows(g.task.test_rows, g.test_examples, g.seed, repetition))};
}

void look_at(const Model& model, std::span<const float> w, double& loss, double& accuracy) {
  const auto sums = measure::totals<float>(model, {0, model.size()}, w,
                                           {.with_norms = false, .with_gradient = false});
  loss = sums.loss_sum() / static_cast<double>(sums.count);
  if (!std::isfinite(loss)) loss = infinity;
  accuracy = static_cast<double>(sums.correct) / static_cast<double>(sums.count);
}

RunOptions run_options(const Generalization& g, std::int64_t batch, double step,
                       std::uint64_t repetition) {
  return {step, batch, g.passes, g.looks, g.seed, repetition};
}

std::vector<Look> looks_of(const Generalization& g, const Cell& cell, double step,
                           std::uint64_t repetition, bool with_bound) {
  const Sample data = sample(g, repetition);
  std::vector<Look> looks(static_cast<std::size_t>(g.passes * g.looks + 1));
  const RunOptions options = run_options(g, cell.batch, step, repetition);
  run_with_mechanism(
      *data.train, options, cell.mechanism.noise, [&](std::int64_t j, std::span<const float> w) {
        Look& look = looks[static_cast<std::size_t>(j)];
        look_at(*data.train, w, look.train_loss, look.train_accuracy);
        look_at(*data.test, w, look.test_loss, look.test_accuracy);
        if (!std::isfinite(look.train_loss)) return false;
        if (with_bound && &look == &looks.back()) {
          look.bound = mechanism_sums(*data.train, w, cell.mechanism.noise).mechanism_bound();
        }
        return true;
      });
  return looks;
}

constexpr StepSearch step_search{.first = -11, .least = -24, .most = 4, .at_least = 1};

/// Gradients are formed one by one.
Unit unit(const Generalization& g, std::int64_t batch, const NamedNoise& mechanism) {
  return {fmt::format("generalization {} B={}", mechanism.name, batch),
          cost_of_run(*g.task.train, g.examples, run_options(g, 1, 0, 0),
                      g.examples + g.test_examples)};
}

constexpr std::size_t numbers_of_look = 5;

Numbers numbers_of(const std::vector<Look>& looks) {
  Numbers numbers;
  for (const Look& l : looks) {
    numbers.insert(numbers.end(),
                   {l.train_loss, l.test_loss, l.train_accuracy, l.test_accuracy, l.bound});
  }
  return numbers;
}

std::vector<Look> looks_from(const Numbers& numbers) {
  std::vector<Look> looks;
  for (std::size_t i = 0; i < numbers.size(); i += numbers_of_look) {
    looks.push_back({numbers.at(i), numbers.at(i + 1), numbers.at(i + 2), numbers.at(i + 3),
                     numbers.at(i + 4)});
  }
  return looks;
}

std::vector<Cell> find(const Generalization& g, Work& work) {
  std::vector<Cell> cells;
  for (const auto batch : g.batches) {
    for (const auto& mechanism : g.mechanisms) cells.push_back({batch, mechanism, {}, {}});
  }
  work.each(std::ssize(cells), [&](std::int64_t i) {
    Cell& cell = cells[static_cast<std::size_t>(i)];
    cell.tuned = tune_step(step_search, 1, unit(g, cell.batch, cell.mechanism), work,
                           [&](double step, std::uint64_t repetition) {
                             return looks_of(g, cell, step, repetition, false).back().train_loss;
                           });
    cell.runs.resize(static_cast<std::size_t>(g.repetitions));
  });
  work.each(std::ssize(cells) * g.repetitions, [&](std::int64_t i) {
    Cell& cell = cells[static_cast<std::size_t>(i / g.repetitions)];
    const auto repetition = static_cast<std::uint64_t>(i % g.repetitions);
    Unit run = unit(g, cell.batch, cell.mechanism);
    run.name += fmt::format(" looks k={}", repetition);
    cell.runs[repetition] = looks_from(work.numbers(
        run, [&] { return numbers_of(looks_of(g, cell, cell.tuned.step, repetition, true)); }));
  });
  return cells;
}

template <class Number>
Band at(const Cell& cell, std::size_t look, Number&& number) {
  std::vector<double> values;
  for (const auto& run : cell.runs) values.push_back(number(run[look]));
  return band(values);
}

double gap(const Look& look) { return look.test_loss - look.train_loss; }

const Cell& cell_of(const std::vector<Cell>& cells, std::int64_t batch, const std::string& name) {
  for (const Cell& cell : cells) {
    if (cell.batch == batch && cell.mechanism.name == name) return cell;
  }
  throw std::logic_error("no such cell");
}

template <class Number>
Figure figure(const Generalization& g, const std::vector<Cell>& cells, std::int64_t batch,
              const std::string& id, const Text& title, const Text& y, Number&& number) {
  Figure figure{.id = fmt::format("{}-{}", id, batch),
                .title = title + Text::from_marked(fmt::format(", $B = {}$", batch)),
                .caption = Text::from_marked(fmt::format(
                    "$n = {}$ training and {} test examples; bands: least and largest of {} "
                    "repetitions. The legend has $B^Q_S$ at the end of the runs ($B_S$ without a "
                    "mechanism).",
                    g.examples, g.test_examples, g.repetitions)),
                .x = {"data passes", 0},
                .y = {y, 0},
                .curves = {},
                .marks = {}};
  for (const NamedNoise& mechanism : g.mechanisms) {
    const Cell& cell = cell_of(cells, batch, mechanism.name);
    const Band bound = at(cell, cell.runs[0].size() - 1, [](const Look& l) { return l.bound; });
    Curve curve{
        mechanism.name,
        Text::from_marked(fmt::format("{}, $B^Q_S$: {}", mechanism.name, number_text(bound.mean))),
        {}};
    for (std::size_t j = 0; j < cell.runs[0].size(); ++j) {
      curve.points.push_back(
          {static_cast<double>(j) / static_cast<double>(g.looks), at(cell, j, number)});
    }
    figure.curves.push_back(std::move(curve));
  }
  return figure;
}

Claim smaller_gap(const Generalization& g, const std::vector<Cell>& cells, std::int64_t batch) {
  const auto final_gap = [](const Cell& cell) { return at(cell, cell.runs[0].size() - 1, gap); };
  const Band none = final_gap(cell_of(cells, batch, "none"));
  std::vector<Reading> readings;
  std::string observed = "Test minus training loss at the end: none " + band_text(none);
  for (const NamedNoise& mechanism : g.mechanisms) {
    if (mechanism.name == "none") continue;
    const Band with = final_gap(cell_of(cells, batch, mechanism.name));
    observed += fmt::format(", {} {}", mechanism.name, band_text(with));
    readings.push_back(lies_below(with, none));
  }
  return {.id = fmt::format("generalization-{}", batch),
          .claim = Text::from_marked(
              fmt::format("At $B = {}$ a mechanism narrows the generalization gap.", batch)),
          .observed = Text::from_marked(observed + "."),
          .rule =
              "respected if for one mechanism every repetition's final gap lies below every "
              "one without, violated if for all of them above, else inconclusive",
          .reading = any_of(readings)};
}

Claim keeps_accuracy(const Generalization& g, const std::vector<Cell>& cells) {
  const auto [small, large] = std::pair(g.batches.front(), g.batches.back());
  const auto final_accuracy = [](const Cell& cell) {
    return at(cell, cell.runs[0].size() - 1, [](const Look& l) { return l.test_accuracy; });
  };
  const Band few = final_accuracy(cell_of(cells, small, "none"));
  const Band many = final_accuracy(cell_of(cells, large, "none"));
  return {.id = "generalization-decays",
          .claim =
              "Without a mechanism, a larger batch generalizes worse after the same data "
              "passes.",
          .observed = Text::from_marked(
              fmt::format("Test accuracy at the end: {} with $B = {}$, {} with $B = {}$.",
                          band_text(few), small, band_text(many), large)),
          .rule =
              "respected if every repetition with the larger batch has the lower accuracy, "
              "violated if the higher one, else inconclusive",
          .reading = lies_below(many, few)};
}

}  // namespace

}  // namespace graddiv::experiments::generalization

namespace graddiv::experiments {

std::vector<Setting> mechanism_settings() {
  return {{"mechanisms", Kind::words, 0, 0, {"dropout", "langevin", "quantization"}},
          {"keep", Kind::number, 1e-6, 1},
          {"sigma", Kind::number, 0, 1e6}};
}

std::vector<NamedNoise> mechanisms_of(const Config& config) {
  std::vector<NamedNoise> all = {{"none", {}}};
  for (const std::string& name : config.words("mechanisms")) {
    if (name == "dropout") {
      all.push_back({name, {MechanismKind::dropout, config.number("keep")}});
    } else if (name == "langevin") {
      all.push_back({name, {MechanismKind::langevin, config.number("sigma")}});
    } else {
      all.push_back({name, {MechanismKind::quantization, 0}});
    }
  }
  return all;
}

void announce(const Generalization& g, Work& work) {
  for (const auto batch : g.batches) {
    for (const NamedNoise& mechanism : g.mechanisms) {
      work.expect(least_tries(generalization::step_search) + g.repetitions,
                  generalization::unit(g, batch, mechanism).cost);
    }
  }
}

void add_generalization(const Generalization& g, const std::string& model, Work& work,
                        Result& result) {
  const auto cells = generalization::find(g, work);
  for (const auto batch : g.batches) {
    result.figures.push_back(generalization::figure(
        g, cells, batch, "gap", Text::from_marked("Generalization gap, " + model),
        "test loss − training loss", generalization::gap));
    result.figures.push_back(generalization::figure(
        g, cells, batch, "accuracy", Text::from_marked("Accuracy on the test, " + model),
        "test accuracy", [](const generalization::Look& look) { return look.test_accuracy; }));
    result.claims.push_back(generalization::smaller_gap(g, cells, batch));
  }
  result.claims.push_back(generalization::keeps_accuracy(g, cells));
  Table table{"Tuned steps $γ$ and final numbers",
              {"batch, mechanism", "$γ$", "training loss", "test loss", "training accuracy",
               "test accuracy"},
              {}};
  for (const generalization::Cell& cell : cells) {
    const std::size_t last = cell.runs[0].size() - 1;
    const auto mean = [&](auto number) {
      return Text::from_marked(number_text(generalization::at(cell, last, number).mean));
    };
    table.rows.push_back(
        {Text::from_marked(fmt::format("${}$, {}", cell.batch, cell.mechanism.name)),
         power_text(cell.tuned), mean([](const generalization::Look& l) { return l.train_loss; }),
         mean([](const generalization::Look& l) { return l.test_loss; }),
         mean([](const generalization::Look& l) { return l.train_accuracy; }),
         mean([](const generalization::Look& l) { return l.test_accuracy; })});
  }
  result.tables.push_back(std::move(table));
}

}  // namespace graddiv::experiments
