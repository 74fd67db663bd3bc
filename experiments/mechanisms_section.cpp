#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/mechanisms_study.h"
#include "experiments/words.h"

namespace graddiv::experiments::mechanisms {
namespace {

class Section {
 public:
  Section(const Study& study, const Found& found) : s_(study), found_(found) {
    std::vector<double> least;
    for (const auto& run : found.diversity) {
      double of_run = bound(run.front().diversity);
      for (const auto& look : run) of_run = std::min(of_run, bound(look.diversity));
      least.push_back(of_run);
    }
    least_ = band(least);
  }

  void add_to(Result& result) const {
    result.figures.push_back(bounds_figure());
    result.figures.push_back(cost_figure("passes", "Data passes to the target", "data passes",
                                         [](const Cell&, double passes) { return passes; }));
    result.figures.push_back(
        cost_figure("time", "Modelled time to the target", "modelled time in s",
                    [this](const Cell& cell, double passes) { return seconds(cell, passes); }));
    result.claims.push_back(more_diverse());
    result.claims.push_back(larger_batches());
    result.claims.push_back(shorter());
    result.tables.push_back(steps_table());
  }

 private:
  double bound(double diversity) const { return static_cast<double>(s_.examples) * diversity; }
  const Cell& cell(std::size_t mechanism, std::size_t batch) const {
    return found_.cells[mechanism * s_.batches.size() + batch];
  }
  double seconds(const Cell& cell, double passes) const {
    if (!std::isfinite(passes)) return passes;  // never
    const auto gradients =
        static_cast<std::int64_t>(std::ceil(passes * static_cast<double>(s_.examples)));
    return s_.cost.seconds(gradients, cell.batch, s_.workers);
  }
  template <class Number>
  Band over_repetitions(const Cell& cell, Number&& number) const {
    std::vector<double> values;
    for (const double passes : cell.passes) values.push_back(number(cell, passes));
    return band(values);
  }
  Band times(const Cell& cell) const {
    return over_repetitions(cell,
                            [this](const Cell& c, double passes) { return seconds(c, passes); });
  }
  Text words(const std::string& marked) const { return Text::from_marked(marked); }

  Figure bounds_figure() const {
    Figure figure{
        .id = s_.model + "-bounds",
        .title = words(fmt::format("$B_S$ and $B^Q_S$ along the run, {}", s_.model)),
        .caption = words(fmt::format(
            "$nΔ^Q_S$ at the points of a run without mechanism ($B = {}$), $n = {}$, from "
            "the closed forms of the variances; none: $B_S$ itself. Bands: least and "
            "largest of {} repetitions.",
            s_.batches.front(), s_.examples, s_.repetitions)),
        .x = {"data passes", 0},
        .y = {"batch-size bound", 2},
        .curves = {},
        .marks = {}};
    for (std::size_t m = 0; m < s_.mechanisms.size(); ++m) {
      Curve curve{s_.mechanisms[m].name, Text::words(s_.mechanisms[m].name), {}};
      for (std::size_t j = 0; j < found_.diversity[0].size(); ++j) {
        std::vector<double> values;
        for (const auto& run : found_.diversity) values.push_back(bound(run[j].with_mechanism[m]));
        curve.points.push_back({static_cast<double>(j), band(values)});
      }
      figure.curves.push_back(std::move(curve));
    }
    return figure;
  }

  template <class Number>
  Figure cost_figure(const std::string& id, const Text& title, const Text& y,
                     Number&& number) const {
    Figure figure{
        .id = s_.model + "-" + id,
        .title = title + Text::words(", " + s_.model),
        .caption = words(fmt::format(
            "To a training accuracy of {}, which is measured {} times a data pass; steps tuned "
            "for every mechanism and batch, at most {} passes. Vertical line: the least "
            "$B_S$ along the run without mechanism.",
            s_.target, s_.looks, s_.passes)),
        .x = {"batch size $B$", 2},
        .y = {y, 2},
        .curves = {},
        .marks = {}};
    for (std::size_t m = 0; m < s_.mechanisms.size(); ++m) {
      Curve curve{s_.mechanisms[m].name, Text::words(s_.mechanisms[m].name), {}};
      for (std::size_t b = 0; b < s_.batches.size(); ++b) {
        curve.points.push_back(
            {static_cast<double>(s_.batches[b]), over_repetitions(cell(m, b), number)});
      }
      figure.curves.push_back(std::move(curve));
    }
    figure.marks.push_back({"B_S", "$B_S$", least_.mean});
    return figure;
  }

  // Theory, mechanism-general: Δ ≤ 1 implies Δ ≤ Δ^Q ≤ 1.
  Claim more_diverse() const {
    std::int64_t looks = 0;
    std::int64_t beyond = 0;
    std::int64_t broken = 0;
    for (const auto& run : found_.diversity) {
      for (const DiversityLook& look : run) {
        if (!(look.diversity <= 1)) {
          ++beyond;
          continue;
        }
        for (std::size_t m = 1; m < look.with_mechanism.size(); ++m) {
          ++looks;
          if (!(look.with_mechanism[m] >= look.diversity)) ++broken;
        }
      }
    }
    return {.id = s_.model + "-more-diverse",
            .claim = words(s_.model + ": mechanisms raise gradient diversity."),
            .observed = words(fmt::format(
                "$Δ^Q_S ≥ Δ_S$ in {} of {} cases (a point of the run and a mechanism) with "
                "$Δ_S ≤ 1$; at {} points $Δ_S > 1$, where the claim says nothing.",
                looks - broken, looks, beyond)),
            .rule =
                "respected if it holds in every case with $Δ_S ≤ 1$, violated if it fails in "
                "one, inconclusive without such cases",
            .reading = looks == 0    ? Reading::inconclusive
                       : broken == 0 ? Reading::respected
                                     : Reading::violated};
  }

  Claim larger_batches() const {
    const std::size_t b = s_.batches.size() - 1;
    const auto passes = [this](const Cell& cell) {
      return over_repetitions(cell, [](const Cell&, double p) { return p; });
    };
    const Band none = passes(cell(0, b));
    std::string observed = fmt::format("With $B = {}$ the passes to the target are {} without",
                                       s_.batches[b], band_text(none));
    std::vector<Reading> readings;
    for (std::size_t m = 1; m < s_.mechanisms.size(); ++m) {
      const Band with = passes(cell(m, b));
      observed += fmt::format(", {} with {}", band_text(with), s_.mechanisms[m].name);
      readings.push_back(lies_below(with, none));
    }
    return {.id = s_.model + "-larger-batches",
            .claim = words(s_.model + ": with a mechanism the largest batch needs fewer passes."),
            .observed = words(observed + "."),
            .rule =
                "respected if for one mechanism every repetition needs fewer passes than every "
                "one without, violated if for all of them more, else inconclusive",
            .reading = any_of(readings)};
  }

  /// The batch of the least mean modelled time.
  std::size_t best_batch(std::size_t mechanism) const {
    std::size_t best = 0;
    for (std::size_t b = 1; b < s_.batches.size(); ++b) {
      if (times(cell(mechanism, b)).mean < times(cell(mechanism, best)).mean) best = b;
    }
    return best;
  }

  /// ", −24 %", where both reach the target.
  static std::string change(const Band& from, const Band& to) {
    if (!std::isfinite(from.mean) || !std::isfinite(to.mean)) return {};
    const double percent = 100 * (to.mean / from.mean - 1);
    return fmt::format(", {}{:.0f} %", percent < 0 ? "−" : "+", std::abs(percent));
  }

  Claim shorter() const {
    const std::size_t of_none = best_batch(0);
    const Band none = times(cell(0, of_none));
    std::string observed = fmt::format("The least modelled time is {} s without ($B = {}$)",
                                       band_text(none), s_.batches[of_none]);
    std::vector<Reading> readings;
    for (std::size_t m = 1; m < s_.mechanisms.size(); ++m) {
      const std::size_t b = best_batch(m);
      const Band with = times(cell(m, b));
      observed += fmt::format(", {} s with {} ($B = {}${})", band_text(with), s_.mechanisms[m].name,
                              s_.batches[b], change(none, with));
      readings.push_back(lies_below(with, none));
    }
    return {.id = s_.model + "-shorter",
            .claim = words(s_.model + ": a mechanism shortens distributed training (the paper: by "
                                      "30 % in one experiment)."),
            .observed = words(observed + "."),
            .rule =
                "each at its batch size of least mean modelled time: respected if for one "
                "mechanism every repetition takes less time than every one without, violated "
                "if for all of them more, else inconclusive",
            .reading = any_of(readings)};
  }

  Table steps_table() const {
    Table table{words(fmt::format("Tuned steps $γ$, {}", s_.model)), {"mechanism"}, {}};
    for (const auto batch : s_.batches)
      table.columns.push_back(words(fmt::format("$B = {}$", batch)));
    for (std::size_t m = 0; m < s_.mechanisms.size(); ++m) {
      std::vector<Text> row{Text::words(s_.mechanisms[m].name)};
      for (std::size_t b = 0; b < s_.batches.size(); ++b)
        row.push_back(power_text(cell(m, b).tuned));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const Study& s_;
  const Found& found_;
  Band least_;  // B_S along the run without mechanism
};

}  // namespace

void add_section(const Study& study, const Found& found, Result& result) {
  Section(study, found).add_to(result);
}

}  // namespace graddiv::experiments::mechanisms
