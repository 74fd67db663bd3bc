#include "networks/layer_norms.h"

namespace graddiv::networks {
namespace {

torch::Tensor squared_norms(const torch::Tensor& x) { return x.square().flatten(1).sum(1); }

/// As many examples at a time as keep `numbers` each within some 64 MB.
std::int64_t chunk(std::int64_t numbers) {
  constexpr std::int64_t room = std::int64_t{1} << 23U;
  return std::max<std::int64_t>(1, room / std::max<std::int64_t>(1, numbers));
}

}  // namespace

torch::Tensor linear_norms(const torch::Tensor& delta, const torch::Tensor& a) {
  return squared_norms(delta) * (squared_norms(a) + 1);
}

torch::Tensor convolution_norms(const torch::Tensor& delta, const torch::Tensor& a, int kernel,
                                Way way) {
  const std::int64_t m = delta.size(0);
  const std::int64_t outputs = delta.size(1);
  const std::int64_t P = delta.size(2) * delta.size(3);
  const std::int64_t k = a.size(1) * kernel * kernel;
  const torch::Tensor d = delta.flatten(2);  // m × outputs × P
  if (way == Way::cheaper) {
    way = outputs * k <= P * (outputs + k) ? Way::explicitly : Way::gram;
  }
  const std::int64_t size = k * P + (way == Way::explicitly ? outputs * k : 2 * P * P);
  const std::int64_t step = chunk(size);
  std::vector<torch::Tensor> parts;
  for (std::int64_t first = 0; first < m; first += step) {
    const std::int64_t last = std::min(m, first + step);
    // m × k × P
    const torch::Tensor u = torch::im2col(a.slice(0, first, last), {kernel, kernel}, {1, 1},
                                          {kernel / 2, kernel / 2}, {1, 1});
    const torch::Tensor own = d.slice(0, first, last);
    if (way == Way::explicitly) {
      parts.push_back(squared_norms(torch::bmm(own, u.transpose(1, 2))));
    } else {
      parts.push_back((torch::bmm(own.transpose(1, 2), own) * torch::bmm(u.transpose(1, 2), u))
                          .flatten(1)
                          .sum(1));
    }
  }
  return torch::cat(parts) + squared_norms(d.sum(2));
}

}  // namespace graddiv::networks
