#include "measure/model.h"

#include <limits>

namespace graddiv::measure {

template <class T>
std::vector<T> Model<T>::start(std::uint64_t) const {
  return std::vector<T>(static_cast<std::size_t>(parameters()));
}

template <class T>
double Model<T>::gradient_bound(std::span<const T>) const {
  return std::numeric_limits<double>::infinity();
}

template class Model<double>;
template class Model<float>;

}  // namespace graddiv::measure
