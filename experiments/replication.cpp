#include <fmt/format.h>

#include "experiments/experiment.h"
#include "experiments/replication_study.h"

// Figure 3 of the paper. n examples of which n/r are different, each r times: as r grows, B_S/n
// falls, and with it, says the theory, the batch that costs nothing.
namespace graddiv::experiments::replication {
namespace {

/// The setting with the widths of a model's layers; the logistic one has none.
std::string widths_of(const std::string& model) {
  return model == "conv" || model == "resnet" ? model + "_channels" : "hidden";
}

Study study(const std::string& model, const Setup& setup) {
  const Config& c = setup.config;
  Study s{.model = model,
          .task = make_task(setup.files, {.model = model,
                                          .hidden = c.integers(widths_of(model)),
                                          .positive = c.integers("positive"),
                                          .negative = c.integers("negative"),
                                          .ridge = c.number("ridge")}),
          .examples = c.integer(model + "_examples"),
          .passes = c.integer(model + "_passes"),
          .looks = c.integer("looks"),
          .repetitions = c.integer(model + "_repetitions"),
          .search_repetitions = c.integer("search_repetitions"),
          .factors = c.integers(model + "_factors"),
          .batches = {1},
          .seed = setup.seed};
  const auto& batches = c.integers(model + "_batches");
  s.batches.insert(s.batches.end(), batches.begin(), batches.end());
  for (const auto factor : s.factors) {
    if (s.examples % factor != 0) {
      throw InputError(fmt::format("{}_factors: found {}, expected divisors of {}_examples = {}",
                                   model, factor, model, s.examples));
    }
  }
  return s;
}

Result run(const Setup& setup, Work& work) {
  std::vector<Study> studies;
  for (const auto& model : setup.config.words("models")) studies.push_back(study(model, setup));
  for (const Study& s : studies) announce(s, work);
  Result result;
  result.setting =
      "Of the training examples $n/r$ are drawn at random and each is used $r$ times, as a list of "
      "indices; with a larger $r$ they are a part of those with a smaller one. Batch sizes are "
      "compared at equal numbers of gradient evaluations. The step $γ$ of every $r$ and $B$ is the "
      "power of two with the least training loss, averaged over the run, on repetitions of their "
      "own: a walk from a first one, until on both sides of the best one two worse ones were "
      "seen. The logistic model tells two classes apart; mlp is a fully connected network (relu), "
      "conv one of convolutions, resnet one with residual blocks, without normalisation.";
  for (const Study& s : studies) add_section(s, find(s, work), result);
  return result;
}

}  // namespace

}  // namespace graddiv::experiments::replication

namespace graddiv::experiments {

Experiment replication_experiment() {
  const auto of = [](const std::string& model) {
    return std::vector<Setting>{{model + "_examples", Kind::integer, 2, 1e7},
                                {model + "_passes", Kind::integer, 1, 1e4},
                                {model + "_repetitions", Kind::integer, 1, 1e4},
                                {model + "_factors", Kind::integers, 1, 1e7},
                                {model + "_batches", Kind::integers, 2, 1e7}};
  };
  std::vector<Setting> settings = {
      {"models", Kind::words, 0, 0, {"logistic", "mlp", "conv", "resnet"}},
      {"positive", Kind::integers, 0, 1e6},
      {"negative", Kind::integers, 0, 1e6},
      {"hidden", Kind::integers, 1, 1e5},
      {"conv_channels", Kind::integers, 1, 1e4},
      {"resnet_channels", Kind::integers, 1, 1e4},
      {"ridge", Kind::number, 0, 1e6},
      {"looks", Kind::integer, 1, 1e4},
      {"search_repetitions", Kind::integer, 1, 1e4}};
  for (const auto& model : {"logistic", "mlp", "conv", "resnet"}) {
    for (auto& setting : of(model)) settings.push_back(setting);
  }
  return {.id = "replication",
          .title = "Data replication (Figure 3)",
          .claim =
              "With a larger replication factor, hence a smaller $B_S/n$, large batches "
              "converge more slowly than serial SGD at the same number of data passes.",
          .settings = std::move(settings),
          .run = replication::run};
}

}  // namespace graddiv::experiments
