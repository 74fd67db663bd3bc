#include "data/checksum.h"

namespace graddiv {

Checksum checksum_of(const Dataset& data) {
  Summing sum;
  const auto add = [&](const auto& values) {
    const std::uint64_t count = values.size();
    sum.add(&count, sizeof(count));  // where one list ends and the next one begins
    sum.add(values.data(), values.size() * sizeof(values[0]));
  };
  add(std::vector<std::int64_t>{data.rows, data.columns,
                                static_cast<std::int64_t>(data.features.index())});
  add(data.labels);
  if (const auto* rows = std::get_if<SparseRows>(&data.features)) {
    add(rows->row_begin);
    add(rows->column);
    add(rows->value);
  } else if (const auto* bytes = std::get_if<DenseBytes>(&data.features)) {
    add(bytes->values);
  } else {
    add(std::get<DenseNumbers>(data.features).values);
  }
  return sum.sum();
}

}  // namespace graddiv
