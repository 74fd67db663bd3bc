#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/experiment.h"
#include "experiments/speedup_study.h"
#include "experiments/words.h"
#include "experiments/workers.h"
#include "json/input_error.h"

// Figure 1 of the paper. A pass over the data takes P workers less time the larger the batch; what
// the pass achieves is that of serial SGD as long as the batch is below B_S.
namespace graddiv::experiments {
namespace {

using speedup::Cost;
using speedup::Found;
using speedup::Study;

/// Of `graddiv train`: the functions of make_task.
std::vector<std::string> arguments_of(const std::string& model, const Setup& setup) {
  const Config& c = setup.config;
  std::vector<std::string> arguments = {
      setup.files.train->source, "--scale", "1/255", "--precision", "single", "--model"};
  if (model == "logistic") {
    arguments.insert(arguments.end(), {model, "--positive",
                                       fmt::format("{}", fmt::join(c.integers("positive"), ","))});
  } else if (model == "mlp") {
    arguments.push_back(fmt::format("mlp:{}", fmt::join(c.integers("hidden"), "-")));
  } else {
    arguments.push_back(model);
  }
  return arguments;
}

/// All labels but those of the positive class.
std::vector<std::int64_t> other_labels(const Dataset& data,
                                       const std::vector<std::int64_t>& positive) {
  std::vector<std::int64_t> others;
  for (const double label : data.labels) {
    const auto l = static_cast<std::int64_t>(label);
    if (std::ranges::count(positive, l) + std::ranges::count(others, l) == 0) others.push_back(l);
  }
  return others;
}

Study study(const std::string& model, const Setup& setup) {
  const Config& c = setup.config;
  const auto& positive = c.integers("positive");
  Study s{.model = model,
          .task = make_task(setup.files, {.model = model,
                                          .hidden = c.integers("hidden"),
                                          .positive = positive,
                                          .negative = other_labels(*setup.files.train, positive)}),
          .arguments = arguments_of(model, setup),
          .processes = c.word("workers_are") == "processes" && can_start_processes(),
          .examples = c.integer("examples"),
          .repetitions = c.integer("repetitions"),
          .search_repetitions = c.integer("search_repetitions"),
          .timings = c.integer("timings"),
          .small_batches = c.integers("small_batches"),
          .batches = c.integers("batches"),
          .workers = {1},
          .more_workers = {},
          .seed = setup.seed};
  for (const auto P : c.integers("workers")) s.workers.push_back(static_cast<int>(P));
  for (const auto P : c.integers("more_workers")) s.more_workers.push_back(static_cast<int>(P));
  const auto ascend = [](const auto& list) {
    return std::ranges::adjacent_find(list, std::ranges::greater_equal()) == list.end();
  };
  std::vector<std::int64_t> batches = s.small_batches;
  batches.insert(batches.end(), s.batches.begin(), s.batches.end());
  if (!ascend(batches) || !ascend(s.workers)) {
    throw InputError(
        "expected ascending workers, and ascending small_batches below ascending batches");
  }
  return s;
}

Text setting(const Study& s) {
  return Text::from_marked(fmt::format(
      "Passes over all $n = {}$ training examples are timed by the wall clock, one after the "
      "other, in single precision, on workers that are {}; a run that was stopped and continued "
      "keeps the times it had measured. Every batch is shared out among the workers, "
      "and the run is the same bit for bit on any number of them. Times of more workers than were "
      "measured come from the model $⌈n/B⌉ (c s + o + 2 ⌈log_2 P⌉ (a + 8p/b))$: $s$ of the $B$ "
      "gradients are the busiest worker's, and their sum of $p$ doubles goes up a tree of workers "
      "and down again. Its numbers are fitted by least squares of the relative errors to the "
      "shortest pass measured with each batch and number of workers, since other work on the "
      "machine only adds to it. They are those of this machine, whose workers share its memory: a "
      "network has a larger $a$ and a smaller $b$.",
      s.task.train->size(), s.processes ? "ranks of MPI" : "threads"));
}

Table costs(const std::vector<Study>& studies, const Cost& cost,
            const std::vector<speedup::TimedPass>& passes) {
  constexpr double micro = 1e6;
  double worst = 0;
  for (const auto& pass : passes) {
    worst = std::max(worst, std::abs(cost.seconds(pass) / pass.seconds - 1));
  }
  const auto text = [](const std::string& name, const std::string& value) {
    return std::vector<Text>{Text::from_marked(name), Text::from_marked(value)};
  };
  Table table{"Model of costs, fitted", {"number", "value"}, {}};
  for (std::size_t k = 0; k < studies.size(); ++k) {
    table.rows.push_back(text("$c$, a gradient, " + studies[k].model,
                              number_text(micro * cost.seconds_per_gradient[k]) + " µs"));
    table.rows.push_back(text("$o$, an iteration, " + studies[k].model,
                              number_text(micro * cost.overhead[k]) + " µs"));
  }
  table.rows.push_back(text("$a$, a message", number_text(micro * cost.latency) + " µs"));
  constexpr double giga = 1e-9;
  table.rows.push_back(
      text("$b$, bytes a second", cost.seconds_per_byte > 0
                                      ? number_text(giga / cost.seconds_per_byte) + " GB/s"
                                      : "too fast to be seen"));
  table.rows.push_back(text("largest relative error of the fit", number_text(worst)));
  return table;
}

Result run(const Setup& setup, Work& work) {
  std::vector<Study> studies;
  for (const auto& model : setup.config.words("models")) studies.push_back(study(model, setup));
  for (const Study& s : studies) speedup::announce(s, work);
  std::vector<Found> found;
  std::vector<speedup::TimedPass> passes;
  for (std::size_t k = 0; k < studies.size(); ++k) {
    found.push_back(speedup::find(studies[k], work));
    const auto timed = speedup::timed_passes(studies[k], found.back(), k);
    passes.insert(passes.end(), timed.begin(), timed.end());
  }
  const Cost cost = speedup::fit(passes);
  Result result;
  result.setting = setting(studies.front());
  for (std::size_t k = 0; k < studies.size(); ++k) {
    speedup::add_section(studies[k], found[k], cost, k, result);
  }
  result.tables.push_back(costs(studies, cost, passes));
  return result;
}

}  // namespace

Experiment speedup_experiment() {
  return {.id = "speedup",
          .title = "Speedup of a data pass (Figure 1)",
          .claim =
              "The speedup of distributed mini-batch SGD grows with the batch size, and serves "
              "convergence as long as the batch is below $B_S$.",
          .settings = {{"models", Kind::words, 0, 0, {"logistic", "softmax", "mlp"}},
                       {"positive", Kind::integers, 0, 1e6},
                       {"hidden", Kind::integers, 1, 1e5},
                       {"workers_are", Kind::word, 0, 0, {"processes", "threads"}},
                       {"workers", Kind::integers, 2, 1024},
                       {"more_workers", Kind::integers, 2, 1e6},
                       {"small_batches", Kind::integers, 2, 1e7},
                       {"batches", Kind::integers, 2, 1e7},
                       {"timings", Kind::integer, 1, 1e4},
                       {"examples", Kind::integer, 2, 1e7},
                       {"repetitions", Kind::integer, 1, 1e4},
                       {"search_repetitions", Kind::integer, 1, 1e4}},
          .run = run};
}

}  // namespace graddiv::experiments
