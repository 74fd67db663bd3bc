#include "problem/random_rows.h"

#include <limits>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "problem/families.h"
#include "problem/families/family_of.h"
#include "problem/kernel.h"

// f_i(w) = ⟨x_i, w⟩ with x_1, …, x_n drawn from a law.
namespace graddiv {
namespace {

/// A linear sum that knows where its rows come from. It is drawn when first asked for a number:
/// statements on the law need none, and the file holds none.
class RandomRows final : public FiniteSum, public KernelSource {
 public:
  explicit RandomRows(RowLaw law) : law_(law) {}

  std::string family() const override { return "random-rows"; }
  int dimension() const override { return law_.d; }
  int size() const override { return law_.n; }
  const RowLaw* row_law() const override { return &law_; }

  double value(int i, const Vector<double>& w) const override { return drawn().value(i, w); }
  Enclosure value(int i, const Vector<Enclosure>& w) const override { return drawn().value(i, w); }
  Vector<double> gradient(int i, const Vector<double>& w) const override {
    return drawn().gradient(i, w);
  }
  Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const override {
    return drawn().gradient(i, w);
  }
  const FamilyFacts& facts() const override { return drawn().facts(); }
  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return make_kernel<double>(drawn());
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return make_kernel<float>(drawn());
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    return drawn().select(indices);
  }

  nlohmann::ordered_json to_json() const override {
    return {{"family", family()},
            {"law", to_string(law_.kind)},
            {"functions", law_.n},
            {"dimension", law_.d},
            {"seed", law_.seed}};
  }

 private:
  const FiniteSum& drawn() const {
    std::call_once(once_, [&] {
      const Rational scale = law_.scale();
      Matrix<Rational> X = draw(law_, 0).unaryExpr([&](long k) { return Rational(k / scale); });
      drawn_ = linear_sum(std::move(X), Vector<Rational>::Zero(law_.n));
    });
    return *drawn_;
  }

  RowLaw law_;
  mutable std::once_flag once_;
  mutable std::shared_ptr<const FiniteSum> drawn_;
};

std::shared_ptr<const FiniteSum> read_random_rows(const JsonReader& reader) {
  using enum RowLaw::Kind;
  reader.allow_only(
      {"family", "domain", "regularization", "law", "functions", "dimension", "seed"});
  const std::string law = reader.at("law").one_of({"gaussian", "rademacher"});
  const long n = reader.at("functions").integer(1, most_random_rows);
  const long d = reader.at("dimension").integer(1, most_random_rows);
  if (n * d > most_random_entries) {
    reader.at("dimension")
        .fail("at most " + std::to_string(most_random_entries / n) +
              ", so that there are no more than " + std::to_string(most_random_entries) +
              " random numbers");
  }
  const long seed = reader.at("seed").integer(0, std::numeric_limits<long>::max());
  return random_rows({law == "gaussian" ? gaussian : rademacher, static_cast<int>(n),
                      static_cast<int>(d), static_cast<std::uint64_t>(seed)});
}

}  // namespace

std::shared_ptr<const FiniteSum> random_rows(RowLaw law) {
  detail::require(law.n >= 1, "a finite sum needs at least one function");
  detail::require(law.d >= 1, "the dimension must be at least 1");
  detail::require(law.n <= most_random_rows && law.d <= most_random_rows &&
                      long{law.n} * law.d <= most_random_entries,
                  "too many random numbers");
  return std::make_shared<RandomRows>(law);
}

FamilyEntry random_rows_family() {
  return {"random-rows", "f_i(w) = ⟨x_i, w⟩, x_i drawn from N(0, I_d) or {±1}^d", read_random_rows};
}

}  // namespace graddiv
