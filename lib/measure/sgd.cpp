#include "measure/sgd.h"

#include <algorithm>
#include <stdexcept>

#include "measure/random.h"
#include "measure/shared_totals.h"

namespace graddiv::measure {

std::int64_t sgd_leaf(std::int64_t batch) {
  constexpr std::int64_t least = 16;
  constexpr std::int64_t leaves = 64;
  return std::max(least, (batch + leaves - 1) / leaves);
}

template <class T>
Sgd<T>::Sgd(const Model<T>& model, std::vector<T> start, const SgdOptions& options,
            std::int64_t population)
    : model_(model),
      options_(options),
      population_(population == 0 ? model.size() : population),
      w_(std::move(start)) {
  if (static_cast<std::int64_t>(w_.size()) != model.parameters()) {
    throw std::invalid_argument("a run needs as many numbers as the model has parameters");
  }
  if (!(options.step > 0)) throw std::invalid_argument("the step must be positive");
  if (options.batch < 1) throw std::invalid_argument("the batch must be at least 1");
}

template <class T>
void Sgd<T>::step() {
  const CounterRandom random(options_.seed, Purpose::draws, options_.repetition);
  drawn_.resize(static_cast<std::size_t>(options_.batch));
  for (auto& index : drawn_) {
    index = random.below(population_, static_cast<std::uint64_t>(gradients_++));
  }
  const PassOptions pass{options_.threads, norms_, true, sgd_leaf(options_.batch)};
  const auto batch = Selection::of(drawn_);
  sums_ = options_.ranks == nullptr ? totals<T>(model_, batch, w_, pass)
                                    : shared_totals<T>(model_, batch, w_, pass, *options_.ranks);
  for (std::size_t j = 0; j < w_.size(); ++j) {
    w_[j] -= static_cast<T>(options_.step * sums_.gradient[j]);
  }
}

template <class T>
double Sgd<T>::passes() const {
  return static_cast<double>(gradients_) / static_cast<double>(model_.size());
}

template class Sgd<double>;
template class Sgd<float>;

}  // namespace graddiv::measure
