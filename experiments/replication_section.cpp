#include <fmt/format.h>

#include <algorithm>

#include "experiments/replication_study.h"
#include "experiments/words.h"

namespace graddiv::experiments::replication {
namespace {

/// F of batch B over F of serial SGD of the same repetition, at a look.
double ratio(const Cell& cell, const Cell& serial, std::size_t repetition, std::size_t look) {
  return cell.losses[repetition][look] / serial.losses[repetition][look];
}

/// The mean of the ratio over all looks but the start, where it is 1.
Band average_ratio(const Cell& cell, const Cell& serial) {
  std::vector<double> averages;
  for (std::size_t k = 0; k < cell.losses.size(); ++k) {
    double sum = 0;
    const std::size_t looks = cell.losses[k].size();
    for (std::size_t j = 1; j < looks; ++j) sum += ratio(cell, serial, k, j);
    averages.push_back(sum / static_cast<double>(looks - 1));
  }
  return band(averages);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <class Function>
Band band_over(const std::vector<std::vector<double>>& repetitions, Function&& number) {
  std::vector<double> values;
  for (const auto& one : repetitions) values.push_back(number(one));
  return band(values);
}

/// What the figures and claims are made of.
class Section {
 public:
  Section(const Study& study, const Found& found) : s_(study), found_(found) {
    for (const auto& bounds : found.own_bounds) {
      least_.push_back(
          band_over(bounds, [](const auto& b) { return *std::ranges::min_element(b); }));
    }
  }

  void add_to(Result& result) const {
    result.figures.push_back(ratio_figure());
    result.figures.push_back(passes_figure());
    result.figures.push_back(bound_figure("-common-bound", common(), found_.common_bounds));
    result.figures.push_back(bound_figure("-own-bound", own, found_.own_bounds));
    result.claims.push_back(gap_grows());
    result.claims.push_back(bound_falls("-bound-falls", common(), found_.common_bounds));
    result.claims.push_back(bound_falls("-own-bound-falls", own, found_.own_bounds));
    result.claims.push_back(within_bound());
    result.tables.push_back(losses_table());
    result.tables.push_back(steps_table());
  }

 private:
  const Cell& cell(std::size_t factor, std::size_t batch) const {
    return found_.cells[factor * s_.batches.size() + batch];
  }
  Band average(std::size_t factor, std::size_t batch) const {
    return average_ratio(cell(factor, batch), cell(factor, 0));
  }
  std::string factor_id(std::size_t f) const { return fmt::format("r={}", s_.factors[f]); }
  Text factor_text(std::size_t f) const {
    return Text::from_marked(fmt::format("$r = {}$", s_.factors[f]));
  }
  Text words(const std::string& marked) const { return Text::from_marked(marked); }

  /// Of lines that lie side by side the first has the label of all.
  void add_mark(Figure& figure, std::size_t f) const {
    constexpr double side_by_side = 1.3;
    const double bound = least_[f].mean;
    const auto beside = std::ranges::find_if(figure.marks, [&](const Mark& mark) {
      return !mark.label.empty() &&
             std::max(mark.x, bound) < side_by_side * std::min(mark.x, bound);
    });
    const bool is_alone = beside == figure.marks.end();
    if (!is_alone) beside->label += words(fmt::format("$, {}$", s_.factors[f]));
    figure.marks.push_back(
        {"B_S " + factor_id(f),
         is_alone ? words(fmt::format("$B_S$, $r = {}$", s_.factors[f])) : Text(), bound});
  }

  Figure ratio_figure() const {
    Figure figure{.id = s_.model + "-loss-ratio",
                  .title = words(fmt::format("Data replication, {}", s_.model)),
                  .caption = words(fmt::format(
                      "Loss of mini-batch SGD over that of serial SGD at equal gradient "
                      "evaluations, averaged over {} data passes, $n = {}$; bands: least and "
                      "largest of {} repetitions. Vertical lines: the least $B_S$ along the serial "
                      "run (mean of the repetitions).",
                      s_.passes, s_.examples, s_.repetitions)),
                  .x = {"batch size $B$", 2},
                  .y = {"average loss ratio", 2},
                  .curves = {},
                  .marks = {}};
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      Curve curve{factor_id(f), factor_text(f), {}};
      for (std::size_t b = 0; b < s_.batches.size(); ++b) {
        curve.points.push_back({static_cast<double>(s_.batches[b]), average(f, b)});
      }
      figure.curves.push_back(std::move(curve));
      add_mark(figure, f);
    }
    return figure;
  }

  Figure passes_figure() const {
    const std::size_t b = s_.batches.size() - 1;
    Figure figure{.id = s_.model + "-loss-ratio-along",
                  .title = words(fmt::format("The largest batch along the run, {}", s_.model)),
                  .caption = words(fmt::format(
                      "The ratio of the losses for $B = {}$ against data passes. The least $B_S$ "
                      "of each run stands in the legend.",
                      s_.batches[b])),
                  .x = {"data passes", 0},
                  .y = {"loss ratio", 2},
                  .curves = {},
                  .marks = {}};
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      Curve curve{
          factor_id(f),
          words(fmt::format("$r = {}$, $B_S$: {}", s_.factors[f], number_text(least_[f].mean))),
          {}};
      for (std::size_t j = 1; j < cell(f, b).losses[0].size(); ++j) {
        std::vector<double> ratios;
        for (std::size_t k = 0; k < cell(f, b).losses.size(); ++k) {
          ratios.push_back(ratio(cell(f, b), cell(f, 0), k, j));
        }
        curve.points.push_back(
            {static_cast<double>(j) / static_cast<double>(s_.looks), band(ratios)});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  Figure bound_figure(const std::string& id, const std::string& where,
                      const std::vector<std::vector<std::vector<double>>>& bounds) const {
    Figure figure{
        .id = s_.model + id,
        .title = words(fmt::format("$B_S$ along {}, {}", where, s_.model)),
        .caption = words(fmt::format(
            "The batch-size bound at the points of {}; bands over the repetitions.", where)),
        .x = {"data passes", 0},
        .y = {"$B_S(w)$", 2},
        .curves = {},
        .marks = {}};
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      Curve curve{factor_id(f), factor_text(f), {}};
      for (std::size_t j = 0; j < bounds[f][0].size(); ++j) {
        const Band y = band_over(bounds[f], [&](const auto& b) { return b[j]; });
        curve.points.push_back({static_cast<double>(j) / static_cast<double>(s_.looks), y});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  Claim gap_grows() const {
    const std::size_t b = s_.batches.size() - 1;
    const std::size_t last = s_.factors.size() - 1;
    const Band few = average(0, b);
    const Band many = average(last, b);
    return {
        .id = s_.model + "-gap-grows",
        .claim = words(
            fmt::format("{}: at fixed $n$, replication widens the gap between a large batch and "
                        "serial SGD.",
                        s_.model)),
        .observed = words(fmt::format(
            "With $B = {}$ the average loss ratio is {} at $r = {}$ and {} at $r = {}$.",
            s_.batches[b], band_text(few), s_.factors.front(), band_text(many), s_.factors.back())),
        .rule =
            "respected if every repetition at the largest $r$ lies above every one at the "
            "smallest $r$, violated if below, else inconclusive",
        .reading = lies_below(few, many)};
  }

  Claim bound_falls(const std::string& id, const std::string& where,
                    const std::vector<std::vector<std::vector<double>>>& bounds) const {
    const auto of = [](const auto& run) { return median(run); };
    const Band few = band_over(bounds.front(), of);
    const Band many = band_over(bounds.back(), of);
    return {.id = s_.model + id,
            .claim = words(fmt::format("{}: replication at fixed $n$ lowers $B_S$ along {}.",
                                       s_.model, where)),
            .observed = words(fmt::format(
                "Its median over the points of the run is {} at $r = {}$ and {} at $r = {}$.",
                band_text(few), s_.factors.front(), band_text(many), s_.factors.back())),
            .rule =
                "respected if every repetition at the largest $r$ lies below every one at the "
                "smallest $r$, violated if above, else inconclusive",
            .reading = lies_below(many, few)};
  }

  Claim within_bound() const {
    std::vector<Band> ratios;
    double largest = 0;
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      for (std::size_t b = 1; b < s_.batches.size(); ++b) {
        if (static_cast<double>(s_.batches[b]) > 1 + least_[f].low) continue;
        ratios.push_back(average(f, b));
        largest = std::max(largest, ratios.back().high);
      }
    }
    const std::string seen = ratios.empty()
                                 ? std::string("No batch size of this experiment lies within it.")
                                 : fmt::format(
                                       "Pairs of $r$ and $B$ within it: {}; the largest average "
                                       "loss ratio among their repetitions is {:.4g}.",
                                       ratios.size(), largest);
    return {.id = s_.model + "-within-bound",
            .claim = words(fmt::format(
                "{}: batches up to $1 + B_S$ lose at most the factor $3/2$ ($1 + δ/2$ with "
                "$δ = 1$, the constant of the re-derived rates).",
                s_.model)),
            .observed = words(seen),
            .rule =
                "over all $r$ and $B ≤ 1 + B_S$, the least $B_S$ of all serial runs at that "
                "$r$: respected if every repetition's average loss ratio is at most $3/2$, "
                "violated if for one pair every repetition's is larger, else inconclusive",
            .reading = stay_below(ratios, 1.5)};
  }

  /// Whether the runs have learnt anything: ratios of losses do not say so.
  Table losses_table() const {
    const auto band_at = [](const Cell& c, std::size_t look) {
      return Text::from_marked(
          band_text(band_over(c.losses, [&](const auto& losses) { return losses[look]; })));
    };
    Table table{words(fmt::format("Loss after {} data passes, {}: mean, least and largest",
                                  s_.passes, s_.model)),
                {"$B$"},
                {{"start"}}};
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      table.columns.push_back(factor_text(f));
      table.rows[0].push_back(band_at(cell(f, 0), 0));
    }
    for (std::size_t b = 0; b < s_.batches.size(); ++b) {
      std::vector<Text> row{words(fmt::format("${}$", s_.batches[b]))};
      for (std::size_t f = 0; f < s_.factors.size(); ++f) {
        row.push_back(band_at(cell(f, b), cell(f, b).losses[0].size() - 1));
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table steps_table() const {
    Table table{words(fmt::format("Tuned steps $γ$, {}", s_.model)), {"$r$"}, {}};
    for (const auto batch : s_.batches) {
      table.columns.push_back(words(fmt::format("$B = {}$", batch)));
    }
    for (std::size_t f = 0; f < s_.factors.size(); ++f) {
      std::vector<Text> row{words(fmt::format("${}$", s_.factors[f]))};
      for (std::size_t b = 0; b < s_.batches.size(); ++b) {
        const TunedStep& step = cell(f, b).tuned;
        row.push_back(power_text(step));
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  static constexpr const char* own = "the own serial run of each $r$";
  std::string common() const {
    return fmt::format("the serial run of $r = {}$", s_.factors.front());
  }

  const Study& s_;
  const Found& found_;
  std::vector<Band> least_;  // of B_S along the serial run, factor by factor
};

}  // namespace

void add_section(const Study& study, const Found& found, Result& result) {
  Section(study, found).add_to(result);
}

}  // namespace graddiv::experiments::replication
