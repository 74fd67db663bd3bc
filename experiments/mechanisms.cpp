#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/experiment.h"
#include "experiments/mechanisms_study.h"
#include "experiments/words.h"

// The abstract's claim that mechanisms allow larger batches and can shorten distributed training
// (by 30 % in one of the paper's experiments).
namespace graddiv::experiments::mechanisms {
namespace {

Study study(const std::string& model, const Setup& setup) {
  const Config& c = setup.config;
  Study s{.model = model,
          .task = make_task(setup.files, {.model = model,
                                          .hidden = c.integers("hidden"),
                                          .positive = c.integers("positive"),
                                          .negative = c.integers("negative"),
                                          .labels = c.integers("labels")}),
          .examples = c.integer(model + "_examples"),
          .passes = c.integer(model + "_passes"),
          .looks = c.integer(model + "_looks"),
          .target = c.number("target"),
          .repetitions = c.integer("repetitions"),
          .search_repetitions = c.integer("search_repetitions"),
          .batches = c.integers(model + "_batches"),
          .mechanisms = mechanisms_of(c),
          .cost = {.seconds_per_gradient = c.number("seconds_per_gradient"),
                   .latency = c.number("latency"),
                   .bandwidth = c.number("bandwidth")},
          .workers = c.integer("workers"),
          .seed = setup.seed};
  s.cost.bytes = 4 * static_cast<double>(s.task.train->parameters());
  std::ranges::sort(s.batches);
  return s;
}

Result run(const Setup& setup, Work& work) {
  std::vector<Study> studies;
  for (const auto& model : setup.config.words("models")) studies.push_back(study(model, setup));
  for (const Study& s : studies) announce(s, work);
  Result result;
  const Config& c = setup.config;
  result.setting = Text::from_marked(fmt::format(
      "A mechanism $Q$ is applied to the gradient of every example drawn, anew for every draw: "
      "dropout of its coordinates (each kept with probability {}, scaled by its inverse), Langevin "
      "noise ($σ = {}$ in every coordinate), quantization to $0, ±‖g‖$. The step $γ$ of every "
      "mechanism and $B$ is the power of two that reaches a training accuracy of {} soonest (of "
      "those that do not within the passes of a run, the one of least final loss), found on "
      "repetitions of their own by a walk from a first one until on both sides of the best one a "
      "worse one was seen. The modelled time of an iteration on $P = {}$ workers (at most $B$) is "
      "$c ⌈B/P⌉ + 2 (P−1) (a + m/(P b))$ with $c$ = {} s a gradient, $a$ = {} s a message and $b$ "
      "= {:.0f} MB/s on every link: a ring adds up gradients of $m$ bytes, four for every "
      "parameter. That mechanisms cost time or save bytes is left out.",
      c.number("keep"), c.number("sigma"), c.number("target"), c.integer("workers"),
      number_text(c.number("seconds_per_gradient")), number_text(c.number("latency")),
      c.number("bandwidth") / 1e6));
  for (const Study& s : studies) add_section(s, find(s, work), result);
  return result;
}

}  // namespace

}  // namespace graddiv::experiments::mechanisms

namespace graddiv::experiments {

Experiment mechanisms_experiment() {
  std::vector<Setting> settings = {{"models", Kind::words, 0, 0, {"logistic", "mlp"}},
                                   {"positive", Kind::integers, 0, 1e6},
                                   {"negative", Kind::integers, 0, 1e6},
                                   {"labels", Kind::integers, 0, 1e6},
                                   {"hidden", Kind::integers, 1, 1e5},
                                   {"target", Kind::number, 0, 1},
                                   {"repetitions", Kind::integer, 1, 1e4},
                                   {"search_repetitions", Kind::integer, 1, 1e4},
                                   {"workers", Kind::integer, 1, 1e6},
                                   {"seconds_per_gradient", Kind::number, 0, 1e6},
                                   {"latency", Kind::number, 0, 1e6},
                                   {"bandwidth", Kind::number, 1, 1e15}};
  for (const std::string model : {"logistic", "mlp"}) {
    settings.push_back({model + "_examples", Kind::integer, 2, 1e7});
    settings.push_back({model + "_looks", Kind::integer, 1, 1e4});
    settings.push_back({model + "_passes", Kind::integer, 1, 1e4});
    settings.push_back({model + "_batches", Kind::integers, 1, 1e7});
  }
  for (const Setting& setting : mechanism_settings()) settings.push_back(setting);
  return {.id = "mechanisms",
          .title = "Diversity-inducing mechanisms",
          .claim =
              "Dropout, Langevin noise and quantization raise gradient diversity and so enable "
              "larger batches; in one of the paper's experiments (a convolutional network on "
              "MNIST, to 95 % training accuracy) this shortens distributed training by 30 %.",
          .settings = std::move(settings),
          .run = mechanisms::run};
}

}  // namespace graddiv::experiments
