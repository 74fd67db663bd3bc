#include "problem/mixed.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "problem/families/family_of.h"
#include "problem/kernel.h"
#include "problem/regularized.h"

namespace graddiv {
namespace {

using Part = std::shared_ptr<const FiniteSum>;
using Parts = std::vector<Part>;

/// All rows, one part after another, where every part has rows.
std::shared_ptr<const Matrix<Rational>> rows_of(const Parts& parts) {
  Eigen::Index n = 0;
  for (const Part& part : parts) {
    if (part->facts().rows == nullptr) return nullptr;
    n += part->size();
  }
  auto all = std::make_shared<Matrix<Rational>>(n, parts.front()->dimension());
  Eigen::Index first = 0;
  for (const Part& part : parts) {
    all->middleRows(first, part->size()) = *part->facts().rows;
    first += part->size();
  }
  return all;
}

// What is said of each function holds for it in any sum; what is said of all, where every part says
// it. The sizes of coefficients mean another thing in every family.
FamilyFacts mixed_facts(const Parts& parts) {
  FamilyFacts facts;
  facts.rows = rows_of(parts);
  facts.loss_pl_constant = parts.front()->facts().loss_pl_constant;
  for (const Part& part : parts) {
    const FamilyFacts& own = part->facts();
    facts.is_rational = facts.is_rational && own.is_rational;
    const auto& m = own.loss_pl_constant;
    if (!m || (facts.loss_pl_constant && *m < *facts.loss_pl_constant)) facts.loss_pl_constant = m;
    facts.functions.insert(facts.functions.end(), own.functions.begin(), own.functions.end());
  }
  return facts;
}

/// Which function of which part the i-th one is.
struct Spot {
  std::size_t part;
  int i;
};

/// The places of the functions of parts of the given sizes.
class Places {
 public:
  template <class Sizes>
  explicit Places(const Sizes& parts) {
    for (const auto& part : parts) ends_.push_back(size() + part->size());
  }
  int size() const { return ends_.empty() ? 0 : ends_.back(); }
  Spot at(int i) const {
    const auto end = std::ranges::upper_bound(ends_, i);
    const auto part = static_cast<std::size_t>(end - ends_.begin());
    return {part, i - first(part)};
  }
  int first(std::size_t part) const { return part == 0 ? 0 : ends_[part - 1]; }

 private:
  std::vector<int> ends_;
};

/// A block is that of one part, then that of the next.
template <class T>
class MixedKernel final : public Kernel<T> {
 public:
  explicit MixedKernel(const Parts& parts) : parts_(kernels_of(parts)), places_(parts_) {}
  int dimension() const override { return parts_.front()->dimension(); }
  int size() const override { return places_.size(); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    std::size_t done = 0;
    while (done < result.values.size()) {
      const auto [part, i] = places_.at(first + static_cast<int>(done));
      const auto left = static_cast<std::size_t>(parts_[part]->size() - i);
      const std::size_t count = std::min(result.values.size() - done, left);
      parts_[part]->value_and_gradient(
          i, w,
          {result.values.subspan(done, count), result.squared_norms.subspan(done, count),
           result.gradient});
      done += count;
    }
  }

 private:
  static std::vector<std::unique_ptr<const Kernel<T>>> kernels_of(const Parts& parts) {
    std::vector<std::unique_ptr<const Kernel<T>>> kernels;
    for (const Part& part : parts) kernels.push_back(make_kernel<T>(*part));
    return kernels;
  }

  std::vector<std::unique_ptr<const Kernel<T>>> parts_;
  Places places_;
};

class MixedSum final : public FiniteSum, public KernelSource {
 public:
  explicit MixedSum(Parts parts)
      : parts_(std::move(parts)), places_(parts_), facts_(mixed_facts(parts_)) {}

  const Parts& parts() const { return parts_; }

  std::string family() const override { return "sum"; }
  int dimension() const override { return parts_.front()->dimension(); }
  int size() const override { return places_.size(); }

  double value(int i, const Vector<double>& w) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->value(own, w);
  }
  Enclosure value(int i, const Vector<Enclosure>& w) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->value(own, w);
  }
  Vector<double> gradient(int i, const Vector<double>& w) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->gradient(own, w);
  }
  Vector<Enclosure> gradient(int i, const Vector<Enclosure>& w) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->gradient(own, w);
  }

  const FamilyFacts& facts() const override { return facts_; }
  using FiniteSum::facts;
  CurvatureBounds curvature_between(int i, const Rational& lower,
                                    const Rational& upper) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->curvature_between(own, lower, upper);
  }
  std::optional<SymmetricMatrix> least_curvature_within(
      int i, const Vector<Enclosure>& box) const override {
    const auto [part, own] = places_.at(i);
    return parts_[part]->least_curvature_within(own, box);
  }

  /// Indices that follow one another in one part stay together.
  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    Parts chosen;
    for (std::size_t k = 0; k < indices.size();) {
      const std::size_t part = places_.at(indices[k]).part;
      std::vector<int> own;
      for (; k < indices.size() && places_.at(indices[k]).part == part; ++k)
        own.push_back(places_.at(indices[k]).i);
      chosen.push_back(parts_[part]->select(own));
    }
    return std::make_shared<MixedSum>(std::move(chosen));
  }
  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json parts = nlohmann::ordered_json::array();
    for (const Part& part : parts_) parts.push_back(part->to_json());
    return {{"family", family()}, {"dimension", dimension()}, {"parts", std::move(parts)}};
  }

  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<MixedKernel<double>>(parts_);
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<MixedKernel<float>>(parts_);
  }

 private:
  Parts parts_;
  Places places_;
  FamilyFacts facts_;
};

}  // namespace

std::shared_ptr<const FiniteSum> mixed(std::vector<std::shared_ptr<const FiniteSum>> parts) {
  detail::require(!parts.empty(), "a finite sum needs at least one function");
  Parts all;
  for (Part& part : parts) {
    detail::require(part->dimension() == parts.front()->dimension(),
                    "all parts must have one dimension");
    detail::require(part->in_doubles() == nullptr, "the facts of a part are found in doubles");
    if (const auto* inner = dynamic_cast<const MixedSum*>(part.get()))
      all.insert(all.end(), inner->parts().begin(), inner->parts().end());
    else
      all.push_back(part);
  }
  return std::make_shared<MixedSum>(std::move(all));
}

const std::vector<std::shared_ptr<const FiniteSum>>* parts_of(const FiniteSum& sum) {
  if (const Regularization* r = regularization_of(sum)) return parts_of(*r->plain);
  const auto* made = dynamic_cast<const MixedSum*>(&sum);
  return made == nullptr ? nullptr : &made->parts();
}

std::shared_ptr<const FiniteSum> read_mixed(const JsonReader& reader,
                                            const std::vector<FamilyEntry>& known) {
  reader.allow_only({"family", "domain", "regularization", "dimension", "parts"});
  const JsonReader list = reader.at("parts");
  if (!list.is_array() || list.size() == 0)
    list.fail("an array of at least one sum {\"family\": …}");
  Parts parts;
  int d = -1;
  if (reader.has("dimension"))
    d = static_cast<int>(reader.at("dimension").integer(1, largest_dimension));
  for (std::size_t k = 0; k < list.size(); ++k) {
    const JsonReader part = list.at(k);
    if (part.has("domain"))
      part.at("domain").fail("no \"domain\" here: all parts have that of \"problem\"");
    parts.push_back(read_problem(part, known).sum);
    if (d < 0) d = parts.front()->dimension();
    if (parts.back()->dimension() != d)
      part.fail("functions of dimension " + std::to_string(d) + ", as of the whole sum");
    if (parts.back()->in_doubles() != nullptr)
      part.fail("fewer numbers: a part whose facts are found in doubles is not known");
  }
  return mixed(std::move(parts));
}

FamilyEntry mixed_family() {
  return {"sum", "the functions of \"parts\", each a sum of a family of its own",
          [](const JsonReader& reader) { return read_mixed(reader, families()); }};
}

}  // namespace graddiv
