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
  std::vector<Drawn> drawn;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0)
      throw std::invalid_argument("an index cannot be drawn a negative number of times");
    if (counts[i] > 0) drawn.push_back({i, counts[i]});
  }
  return mini_batch_step(domain, w, gradients, drawn, gamma);
}

template <class T>
Vector<T> mini_batch_step(const Domain& domain, const Vector<T>& w,
                          const std::vector<Vector<T>>& gradients, const std::vector<Drawn>& drawn,
                          const T& gamma) {
  Vector<T> sum = Vector<T>::Zero(w.size());
  for (const auto& [index, count] : drawn) sum += gradients.at(index) * static_cast<T>(count);
  const Vector<T> moved = w - sum * gamma;
  return domain.project(moved);
}

template Vector<double> mini_batch_step(const Domain&, const Vector<double>&,
                                        const std::vector<Vector<double>>&,
                                        const std::vector<long>&, const double&);
template Vector<Enclosure> mini_batch_step(const Domain&, const Vector<Enclosure>&,
                                           const std::vector<Vector<Enclosure>>&,
                                           const std::vector<long>&, const Enclosure&);
template Vector<double> mini_batch_step(const Domain&, const Vector<double>&,
                                        const std::vector<Vector<double>>&,
                                        const std::vector<Drawn>&, const double&);
template Vector<Enclosure> mini_batch_step(const Domain&, const Vector<Enclosure>&,
                                           const std::vector<Vector<Enclosure>>&,
                                           const std::vector<Drawn>&, const Enclosure&);

}  // namespace graddiv
