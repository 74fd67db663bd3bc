#include <Random123/philox.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "problem/data_rows.h"

namespace graddiv {
namespace {

constexpr std::int64_t one = 1024;  // multiples of 1/1024

/// Integers of [−most, most] one after another, each taken from 32 bits: all but equally likely.
class Draws {
 public:
  Draws(std::uint64_t seed, std::int64_t most)
      : key_{{seed, 0x64726177U}}, most_(static_cast<std::uint64_t>(most)) {}

  std::int64_t operator()() {
    constexpr std::size_t halves = 8;
    if (next_ % halves == 0) words_ = Philox()({{next_ / halves, 0, 0, 0}}, key_);
    const std::uint64_t half = words_[next_ / 2 % 4] >> (32 * (next_ % 2)) & 0xffffffffU;
    ++next_;
    return static_cast<std::int64_t>(half * (2 * most_ + 1) >> 32U) -
           static_cast<std::int64_t>(most_);
  }

 private:
  using Philox = r123::Philox4x64;
  Philox::key_type key_;
  std::uint64_t most_;
  std::uint64_t next_ = 0;
  Philox::ctr_type words_{};
};

}  // namespace

LabelledExactRows draw_rows(const DrawnRows& rows) {
  std::int64_t most = one;
  while (most * most * rows.d > 3 * one * one) --most;
  while ((most + 1) * (most + 1) * rows.d <= 3 * one * one) ++most;
  Draws draw(rows.seed, most);
  std::vector<std::int64_t> hidden;
  for (int j = 0; j < rows.d; ++j) hidden.push_back(draw());
  LabelledExactRows result{Matrix<Rational>(rows.n, rows.d), Vector<Rational>(rows.n), rows};
  for (Eigen::Index i = 0; i < rows.n; ++i) {
    std::int64_t target = 0;  // times 1/1024²
    for (Eigen::Index j = 0; j < rows.d; ++j) {
      const std::int64_t x = draw();
      result.X(i, j) = Rational(x, one);
      target += x * hidden[static_cast<std::size_t>(j)];
    }
    target += draw() * one / 2;
    const bool is_class = rows.targets == DrawnRows::Targets::classes;
    result.y(i) = is_class ? Rational(target < 0 ? -1 : 1) : Rational(target, one * one);
  }
  return result;
}

nlohmann::ordered_json to_json(const DrawnRows& rows) {
  const bool is_class = rows.targets == DrawnRows::Targets::classes;
  return {
      {"functions", rows.n}, {"seed", rows.seed}, {"targets", is_class ? "classes" : "numbers"}};
}

}  // namespace graddiv
