#include "problem/kernel.h"

#include <stdexcept>
#include <type_traits>

namespace graddiv {

template <class T>
std::unique_ptr<const Kernel<T>> make_kernel(const FiniteSum& sum) {
  const auto* source = dynamic_cast<const KernelSource*>(&sum);
  if (source == nullptr) {
    throw std::invalid_argument("the family '" + sum.family() + "' has no kernel");
  }
  if constexpr (std::is_same_v<T, double>) {
    return source->double_kernel();
  } else {
    return source->float_kernel();
  }
}

template std::unique_ptr<const Kernel<double>> make_kernel(const FiniteSum& sum);
template std::unique_ptr<const Kernel<float>> make_kernel(const FiniteSum& sum);

}  // namespace graddiv
