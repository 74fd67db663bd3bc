#include "measure/model_choice.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <type_traits>

#include "json/input_error.h"

namespace graddiv::measure {
namespace {

[[noreturn]] void fail(const std::string& name) {
  throw InputError(
      fmt::format("\"{}\" is no model: logistic, linear, huber, geman-mcclure, sine, "
                  "softmax, mlp: with the widths of hidden layers (mlp:128, mlp:256-128), or "
                  "conv: or resnet: with the channels of stages (conv:16-32) expected",
                  name));
}

const ConvolutionalMakers* (*find_makers)() = nullptr;

std::vector<int> widths(const std::string& name, std::string_view text) {
  constexpr int largest = 1 << 20;
  std::vector<int> result;
  for (;;) {
    int width = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
    if (error != std::errc() || width < 1 || width > largest) fail(name);
    result.push_back(width);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) return result;
    if (text.front() != '-') fail(name);
    text.remove_prefix(1);
  }
}

template <class T>
std::unique_ptr<const Model<T>> made(const ModelChoice& choice,
                                     std::shared_ptr<const Examples<T>> data) {
  if (choice.loss) {
    return generalized_linear_model<T>(std::move(data), *choice.loss, choice.tau, choice.rho);
  }
  if (choice.convolutional) {
    const ConvolutionalMakers* const makers = find_makers == nullptr ? nullptr : find_makers();
    if (makers == nullptr) {
      throw InputError(
          fmt::format("{} needs libtorch, which this build has not: run "
                      "scripts/setup.sh --experiments, then configure and build again",
                      choice.name));
    }
    if (!data->data().image) {
      throw InputError(fmt::format("{}: rows that are no images, and {} needs images",
                                   data->data().source, choice.name));
    }
    if constexpr (std::is_same_v<T, double>) {
      return makers->in_doubles(std::move(data), *choice.convolutional, choice.rho);
    } else {
      return makers->in_floats(std::move(data), *choice.convolutional, choice.rho);
    }
  }
  if (choice.is_network()) {
    return network_model<T>(std::move(data), choice.hidden, choice.activation, choice.rho);
  }
  return softmax_model<T>(std::move(data), choice.rho);
}

/// A pass has w and a sum of gradients in T, and a sum in doubles. A system that promises more than
/// it has, as Linux does, would end the process, or another one, in the middle of it.
template <class T>
void refuse_beyond_memory(const ModelChoice& choice, const Model<T>& model, const Dataset& data) {
  const double needed =
      static_cast<double>(model.parameters()) * static_cast<double>(2 * sizeof(T) + sizeof(double));
  const double there =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGE_SIZE));
  if (needed <= there) return;
  constexpr double giga = 1e-9;
  throw InputError(fmt::format(
      "{}: found {} features, which give {} {} parameters; a pass over them needs {:.0f} "
      "GB of memory, expected at most the {:.0f} GB of this machine",
      data.source, data.columns, choice.name, model.parameters(), giga * needed, giga * there));
}

}  // namespace

Target ModelChoice::target() const {
  if (!loss) return Target::index;
  return loss == Loss::logistic ? Target::sign : Target::number;
}

ModelChoice parse_model(const std::string& name) {
  ModelChoice choice;
  choice.name = name;
  const std::pair<const char*, Loss> losses[] = {
      {"logistic", Loss::logistic}, {"linear", Loss::squared},
      {"squared", Loss::squared},   {"huber", Loss::huber},
      {"sine", Loss::sine},         {"geman-mcclure", Loss::geman_mcclure},
  };
  for (const auto& [known, loss] : losses) {
    if (name == known) choice.loss = loss;
  }
  if (choice.loss || name == "softmax") return choice;
  const std::string_view text = name;
  const std::string_view rest = text.substr(std::min(text.size(), text.find(':') + 1));
  if (rest.find("batch-norm") != std::string_view::npos) {
    throw InputError(
        fmt::format("\"{}\": batch normalisation makes the function of one example "
                    "depend on the others of its batch, so there is no gradient of "
                    "one example to measure",
                    name));
  }
  if (text.starts_with("mlp:")) {
    choice.hidden = widths(name, rest);
  } else if (text.starts_with("conv:") || text.starts_with("resnet:")) {
    choice.convolutional = ConvolutionalShape{text.starts_with("resnet:"), widths(name, rest)};
  } else {
    fail(name);
  }
  return choice;
}

void find_convolutional_makers_by(const ConvolutionalMakers* (*find)()) { find_makers = find; }

template <class T>
std::unique_ptr<const Model<T>> make_model(const ModelChoice& choice,
                                           std::shared_ptr<const Examples<T>> data) {
  auto model = made<T>(choice, data);
  refuse_beyond_memory(choice, *model, data->data());
  return model;
}

template std::unique_ptr<const Model<double>> make_model(const ModelChoice&,
                                                         std::shared_ptr<const Examples<double>>);
template std::unique_ptr<const Model<float>> make_model(const ModelChoice&,
                                                        std::shared_ptr<const Examples<float>>);

}  // namespace graddiv::measure
