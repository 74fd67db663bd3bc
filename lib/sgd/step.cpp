#include "sgd/step.h"

#include <stdexcept>

namespace graddiv {

// w⁺ = Π_W( w − γ Σ_i counts_i ∇f_i(w) )
template <class T>
Vector<T> mini_batch_step(const Domain& domain, const Vector<T>& w,
                          const std::vector<Vector<T>>& gradients, const std::vector<long>& counts,
                          const T& gamma) {
  if (gradients.size() != counts.size()) {
    throw std::invalid_argument("a step needs one count for each gradient");
  }
  Vector<T> sum = Vector<T>::Zero(w.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0)
      throw std::invalid_argument("an index cannot be drawn a negative number of times");
    if (counts[i] == 0) continue;
    sum += gradients[i] * static_cast<T>(counts[i]);
  }
  const Vector<T> moved = w - sum * gamma;
  return domain.project(moved);
}

template Vector<double> mini_batch_step(const Domain&, const Vector<double>&,
                                        const std::vector<Vector<double>>&,
                                        const std::vector<long>&, const double&);
template Vector<Enclosure> mini_batch_step(const Domain&, const Vector<Enclosure>&,
                                           const std::vector<Vector<Enclosure>>&,
                                           const std::vector<long>&, const Enclosure&);

}  // namespace graddiv
