#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/speedup_study.h"
#include "experiments/words.h"

namespace graddiv::experiments::speedup {
namespace {

Text words(const std::string& marked) { return Text::from_marked(marked); }

class Section {
 public:
  Section(const Study& study, const Found& found, const Cost& cost, std::size_t number)
      : s_(study), found_(found), cost_(cost), number_(number) {
    std::vector<double> least;
    for (const auto& run : found.bounds) least.push_back(*std::ranges::min_element(run));
    least_bound_ = band(least);
  }

  void add_to(Result& result) const {
    result.figures.push_back(by_workers());
    result.figures.push_back(by_batch());
    result.figures.push_back(losses());
    result.claims.push_back(grows_with_batch());
    result.claims.push_back(converges_within_bound());
    result.claims.push_back(slower_beyond_bound());
    result.tables.push_back(seconds_table());
    result.tables.push_back(steps_table());
  }

 private:
  const Cell& timed(std::size_t b) const { return found_.cells[1 + s_.small_batches.size() + b]; }

  /// T(1)/T(P), timing by timing.
  Band measured(std::size_t b, std::size_t p) const {
    const auto& seconds = timed(b).seconds;
    std::vector<double> speedups;
    for (std::size_t k = 0; k < seconds[p].size(); ++k) {
      speedups.push_back(seconds[0][k] / seconds[p][k]);
    }
    return band(speedups);
  }
  double modelled_seconds(std::int64_t batch, int workers) const {
    const Model& model = *s_.task.train;
    return cost_.seconds(
        {number_, static_cast<double>(model.parameters()), model.size(), batch, workers, 0});
  }
  Band modelled(std::int64_t batch, int workers) const {
    const double speedup = modelled_seconds(batch, 1) / modelled_seconds(batch, workers);
    return {speedup, speedup, speedup};
  }
  std::vector<int> all_workers() const {
    std::vector<int> all = s_.workers;
    all.insert(all.end(), s_.more_workers.begin(), s_.more_workers.end());
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }
  Mark bound_mark() const {
    return {"B_S", words("least $B_S$ along serial SGD"), least_bound_.mean};
  }

  Figure by_workers() const {
    Figure figure{
        .id = s_.model + "-speedup",
        .title = words(fmt::format("Speedup of one data pass, {}", s_.model)),
        .caption = words(fmt::format(
            "Time of a pass on one worker over that on $P$, by the fitted model of costs, "
            "and as measured for the smallest and the largest batch (bands: {} passes). "
            "The least $B_S$ along serial SGD is {}.",
            s_.timings, band_text(least_bound_))),
        .x = {"workers $P$", 2},
        .y = {"speedup", 2},
        .curves = {},
        .marks = {}};
    figure.is_timed = true;
    for (const auto batch : s_.batches) {
      Curve curve{
          fmt::format("model B={}", batch), words(fmt::format("model, $B = {}$", batch)), {}};
      for (const int P : all_workers()) {
        curve.points.push_back({static_cast<double>(P), modelled(batch, P)});
      }
      figure.curves.push_back(std::move(curve));
    }
    for (const std::size_t b : {std::size_t{0}, s_.batches.size() - 1}) {
      Curve curve{fmt::format("measured B={}", s_.batches[b]),
                  words(fmt::format("measured, $B = {}$", s_.batches[b])),
                  {}};
      for (std::size_t p = 0; p < s_.workers.size(); ++p) {
        curve.points.push_back({static_cast<double>(s_.workers[p]), measured(b, p)});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  Figure by_batch() const {
    const std::size_t last = s_.workers.size() - 1;
    Figure figure{.id = s_.model + "-speedup-by-batch",
                  .title = words(fmt::format("Speedup against the batch size, {}", s_.model)),
                  .caption = words(fmt::format(
                      "As measured with {} workers (band: {} passes), and by the fitted model of "
                      "costs for these and more.",
                      s_.workers[last], s_.timings)),
                  .x = {"batch size $B$", 2},
                  .y = {"speedup", 2},
                  .curves = {},
                  .marks = {bound_mark()}};
    figure.is_timed = true;
    Curve seen{fmt::format("measured P={}", s_.workers[last]),
               words(fmt::format("measured, $P = {}$", s_.workers[last])),
               {}};
    for (std::size_t b = 0; b < s_.batches.size(); ++b) {
      seen.points.push_back({static_cast<double>(s_.batches[b]), measured(b, last)});
    }
    figure.curves.push_back(std::move(seen));
    std::vector<int> shown = {s_.workers[last]};
    if (!s_.more_workers.empty()) {
      shown.push_back(s_.more_workers[s_.more_workers.size() / 2]);
      shown.push_back(s_.more_workers.back());
    }
    for (const int P : shown) {
      Curve curve{fmt::format("model P={}", P), words(fmt::format("model, $P = {}$", P)), {}};
      for (const auto batch : s_.batches) {
        curve.points.push_back({static_cast<double>(batch), modelled(batch, P)});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  /// F after the pass over that of serial SGD, repetition by repetition.
  Band loss_ratio(const Cell& cell) const {
    std::vector<double> ratios;
    for (std::size_t k = 0; k < cell.losses.size(); ++k) {
      ratios.push_back(cell.losses[k] / found_.cells[0].losses[k]);
    }
    return band(ratios);
  }

  Figure losses() const {
    Figure figure{.id = s_.model + "-loss",
                  .title = words(fmt::format("What a pass achieves, {}", s_.model)),
                  .caption = words(fmt::format(
                      "Training loss after one pass in batches of $B$ over that of serial SGD, "
                      "$n = {}$, steps tuned for each $B$; bands over {} repetitions.",
                      s_.examples, s_.repetitions)),
                  .x = {"batch size $B$", 2},
                  .y = {"loss ratio", 2},
                  .curves = {{"loss ratio", words("loss of $B$ over loss of serial SGD"), {}}},
                  .marks = {bound_mark()}};
    for (const Cell& cell : found_.cells) {
      figure.curves[0].points.push_back({static_cast<double>(cell.batch), loss_ratio(cell)});
    }
    return figure;
  }

  Claim grows_with_batch() const {
    const std::size_t last = s_.workers.size() - 1;
    const Band small = measured(0, last);
    const Band large = measured(s_.batches.size() - 1, last);
    return {.id = s_.model + "-grows-with-batch",
            .claim = words(fmt::format("{}: larger batches give larger speedups.", s_.model)),
            .observed = words(fmt::format(
                "On {} workers the speedup of a pass is {} with $B = {}$ and {} with $B = {}$.",
                s_.workers[last], band_text(small), s_.batches.front(), band_text(large),
                s_.batches.back())),
            .rule =
                "respected if with the most workers measured every timing of the largest batch has "
                "a larger speedup than every one of the smallest, violated if a smaller one, else "
                "inconclusive",
            .reading = lies_below(small, large)};
  }

  Claim converges_within_bound() const {
    std::vector<Band> ratios;
    double largest = 0;
    for (const Cell& cell : found_.cells) {
      if (cell.batch == 1 || static_cast<double>(cell.batch) > 1 + least_bound_.low) continue;
      ratios.push_back(loss_ratio(cell));
      largest = std::max(largest, ratios.back().high);
    }
    return {
        .id = s_.model + "-within-bound",
        .claim = words(fmt::format(
            "{}: with batches up to $1 + B_S$ a pass loses at most the factor $3/2$ on serial "
            "SGD ($1 + δ/2$ with $δ = 1$, the constant of the re-derived rates).",
            s_.model)),
        .observed = words(
            ratios.empty()
                ? fmt::format("No batch size of this experiment lies within it: the least $B_S$ "
                              "is {}.",
                              band_text(least_bound_))
                : fmt::format(
                      "Within it: {} of the batch sizes; the largest loss ratio among their "
                      "repetitions is {}.",
                      ratios.size(), number_text(largest))),
        .rule =
            "over all $B ≤ 1 + B_S$, the least $B_S$ of all serial runs: respected if every "
            "repetition's loss ratio is at most $3/2$, violated if for one $B$ every "
            "repetition's is larger, else inconclusive",
        .reading = stay_below(ratios, 1.5)};
  }

  Claim slower_beyond_bound() const {
    const Cell& cell = found_.cells.back();
    const bool is_beyond = static_cast<double>(cell.batch) > 1 + least_bound_.high;
    const Band serial = band(found_.cells[0].losses);
    const Band large = band(cell.losses);
    return {
        .id = s_.model + "-beyond-bound",
        .claim = words(fmt::format(
            "{}: beyond $B_S$ the speedup is paid for: the same pass achieves less.", s_.model)),
        .observed = words(
            fmt::format("Serial SGD ends at the loss {}, $B = {}$ at {}; the least $B_S$ is {}.",
                        band_text(serial), cell.batch, band_text(large), band_text(least_bound_))),
        .rule =
            "respected if the largest $B$ lies beyond $1 + B_S$ of all serial runs and every "
            "repetition of it ends at a larger loss than every serial one, violated if at a "
            "smaller one, else inconclusive",
        .reading = is_beyond ? lies_below(serial, large) : Reading::inconclusive};
  }

  Table seconds_table() const {
    Table table{
        words(fmt::format("Seconds of a pass, {}: measured, (model)", s_.model)), {"$P$"}, {}};
    for (const auto batch : s_.batches) {
      table.columns.push_back(words(fmt::format("$B = {}$", batch)));
    }
    for (std::size_t p = 0; p < s_.workers.size(); ++p) {
      std::vector<Text> row{words(fmt::format("${}$", s_.workers[p]))};
      for (std::size_t b = 0; b < s_.batches.size(); ++b) {
        row.push_back(
            words(fmt::format("{} ({})", number_text(band(timed(b).seconds[p]).mean),
                              number_text(modelled_seconds(s_.batches[b], s_.workers[p])))));
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table steps_table() const {
    Table table{words(fmt::format("Tuned steps $γ$, {}", s_.model)), {"$B$"}, {{"$γ$"}}};
    for (const Cell& cell : found_.cells) {
      table.columns.push_back(words(fmt::format("${}$", cell.batch)));
      table.rows[0].push_back(power_text(cell.tuned));
    }
    return table;
  }

  const Study& s_;
  const Found& found_;
  const Cost& cost_;
  std::size_t number_;
  Band least_bound_;  // the least B_S along serial SGD
};

}  // namespace

void add_section(const Study& study, const Found& found, const Cost& cost, std::size_t number,
                 Result& result) {
  Section(study, found, cost, number).add_to(result);
}

}  // namespace graddiv::experiments::speedup
