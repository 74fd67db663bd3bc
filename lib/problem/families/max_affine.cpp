#include <nlohmann/json.hpp>

#include <algorithm>

#include "json/print.h"
#include "problem/families.h"
#include "problem/families/family_of.h"
#include "problem/kernel.h"

// f_i(w) = max_l (⟨a_il, w⟩ + offset_il) + ½ Σ_j q_ij w_j²,  q_ij ≥ 0: convex, and not smooth where
// several pieces are largest. The subgradient is a_il + (q_ij w_j)_j with l the smallest maximising
// index, which "resists" a method that looks for the minimiser of such a maximum.
namespace graddiv {
namespace {

double square(double x) { return x * x; }

bool certainly(bool holds) { return holds; }
bool certainly(Truth holds) { return holds == Truth::yes; }

template <class T>
struct MaxAffine {
  // Slopes and weights are mostly zero: only what is not is kept.
  struct Entry {
    Eigen::Index j;
    T value;
  };
  using Sparse = std::vector<Entry>;
  struct Piece {
    Sparse a;
    T offset;
  };
  struct Function {
    std::vector<Piece> pieces;
    Sparse curvature;
  };
  int d = 0;
  std::vector<Function> functions;

  const Function& function(int i) const { return functions[static_cast<std::size_t>(i)]; }
  int dimension() const { return d; }
  int size() const { return static_cast<int>(functions.size()); }

  T value(int i, const Vector<T>& w) const {
    using std::max;
    const std::vector<T> values = values_of_pieces(i, w);
    T result = values.front();
    for (const T& v : values) result = max(result, v);
    for (const auto& [j, q] : function(i).curvature) result += q * square(w(j)) / T(2);
    return result;
  }

  Vector<T> gradient(int i, const Vector<T>& w) const {
    const std::vector<std::size_t> possible = smallest_maximising(values_of_pieces(i, w));
    Vector<T> result = slope(i, possible.front());
    if constexpr (std::is_same_v<T, Enclosure>) {
      // An enclosure of points with different pieces on top holds the slopes of all of them.
      for (const std::size_t l : possible) {
        const Vector<T> other = slope(i, l);
        for (Eigen::Index j = 0; j < d; ++j) result(j) = Enclosure::hull(result(j), other(j));
      }
    }
    for (const auto& [j, q] : function(i).curvature) result(j) += q * w(j);
    return result;
  }

  template <class U>
  MaxAffine<U> cast() const {
    const auto convert = [](const Sparse& from) {
      typename MaxAffine<U>::Sparse to;
      for (const auto& [j, x] : from) to.push_back({j, detail::convert<U>(x)});
      return to;
    };
    MaxAffine<U> result{d, {}};
    for (const Function& f : functions) {
      typename MaxAffine<U>::Function g;
      for (const Piece& piece : f.pieces)
        g.pieces.push_back({convert(piece.a), detail::convert<U>(piece.offset)});
      g.curvature = convert(f.curvature);
      result.functions.push_back(std::move(g));
    }
    return result;
  }

  MaxAffine select(const std::vector<int>& indices) const {
    MaxAffine result{d, {}};
    for (const int i : indices) result.functions.push_back(function(i));
    return result;
  }

  static Sparse sparse(const Vector<T>& x) {
    Sparse result;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      if (x(j) != 0) result.push_back({j, x(j)});
    }
    return result;
  }
  Vector<T> dense(const Sparse& x) const {
    Vector<T> result = Vector<T>::Constant(d, T(0));
    for (const auto& [j, value] : x) result(j) = value;
    return result;
  }

 private:
  Vector<T> slope(int i, std::size_t piece) const { return dense(function(i).pieces[piece].a); }

  std::vector<T> values_of_pieces(int i, const Vector<T>& w) const {
    std::vector<T> values;
    for (const Piece& piece : function(i).pieces) {
      T v = piece.offset;
      for (const auto& [j, a] : piece.a) v += a * w(j);
      values.push_back(std::move(v));
    }
    return values;
  }

  /// The pieces that may be the smallest maximising one: exactly one for exact numbers and for
  /// doubles.
  static std::vector<std::size_t> smallest_maximising(const std::vector<T>& values) {
    std::size_t best = 0;
    bool is_decided = true;
    for (std::size_t l = 1; l < values.size(); ++l) {
      if (certainly(values[l] > values[best])) {
        best = l;
      } else {
        is_decided = is_decided && certainly(values[l] <= values[best]);
      }
    }
    if (is_decided || std::is_same_v<T, double>) return {best};
    std::vector<std::size_t> possible;
    for (std::size_t l = 0; l < values.size(); ++l) {
      bool is_beaten = false;
      for (std::size_t k = 0; k < values.size() && !is_beaten; ++k) {
        is_beaten = k < l ? certainly(values[k] >= values[l]) : certainly(values[k] > values[l]);
      }
      if (!is_beaten) possible.push_back(l);
    }
    return possible;
  }
};

using Terms = std::vector<std::shared_ptr<const MaxAffineFunction>>;

// f_i is nowhere below any one of its pieces with the quadratic part, and
//   min_w ⟨a, w⟩ + offset + ½ Σ q_j w_j² = offset − Σ a_j²/(2q_j)   where q_j > 0 for every a_j ≠
//     0.
std::optional<Rational> lower_bound(const MaxAffine<Rational>::Function& f,
                                    const Vector<Rational>& q) {
  std::optional<Rational> best;
  for (const auto& piece : f.pieces) {
    Rational bound = piece.offset;
    bool is_bounded = true;
    for (const auto& [j, a] : piece.a) {
      is_bounded = is_bounded && q(j) > 0;
      if (is_bounded) bound -= a * a / (2 * q(j));
    }
    if (is_bounded && (!best || bound > *best)) best = bound;
  }
  return best;
}

// Every subgradient is that of one piece, where q = 0.
Rational steepest_piece(const MaxAffine<Rational>::Function& f) {
  Rational steepest = 0;
  for (const auto& piece : f.pieces) {
    Rational squared_norm = 0;
    for (const auto& entry : piece.a) squared_norm += entry.value * entry.value;
    steepest = std::max(steepest, squared_norm);
  }
  return steepest;
}

FamilyFacts max_affine_facts(const MaxAffine<Rational>& data, const Terms& terms) {
  FamilyFacts facts;
  for (int i = 0; i < data.size(); ++i) {
    const auto& f = data.function(i);
    const Vector<Rational>& q = terms[static_cast<std::size_t>(i)]->curvature;
    FunctionFacts own;
    own.max_affine = terms[static_cast<std::size_t>(i)];
    // The maximum is convex, so f_i curves at least as much as its quadratic part; at a kink there
    // is no upper bound.
    own.curvature.lower = SymmetricMatrix::diagonal(q);
    if (f.pieces.size() == 1) own.curvature.upper = own.curvature.lower;
    own.lower_bound = lower_bound(f, q);
    if (f.curvature.empty()) own.squared_gradient_bound = steepest_piece(f);
    own.support = detail::nonzero(q);
    for (const auto& piece : f.pieces) {
      for (const auto& entry : piece.a) own.support[static_cast<std::size_t>(entry.j)] = true;
    }
    facts.functions.push_back(std::move(own));
  }
  return facts;
}

// The steepest of the largest pieces is not looked for: the first one is taken, as in gradient().
template <class T>
class MaxAffineKernel final : public Kernel<T> {
 public:
  explicit MaxAffineKernel(const MaxAffine<Rational>& data) : data_(data.template cast<T>()) {}
  int dimension() const override { return data_.dimension(); }
  int size() const override { return data_.size(); }

  void value_and_gradient(int first, std::span<const T> w,
                          const BlockResult<T>& result) const override {
    for (std::size_t k = 0; k < result.values.size(); ++k) {
      const auto& f = data_.function(first + static_cast<int>(k));
      const auto* top = &f.pieces.front();
      T highest = at(*top, w);
      for (const auto& piece : f.pieces) {
        const T value = at(piece, w);
        if (value > highest) {
          highest = value;
          top = &piece;
        }
      }
      T twice = 0;
      T squared_norm = 0;
      const auto add = [&](Eigen::Index j, T g) {
        squared_norm += g * g;
        result.gradient[static_cast<std::size_t>(j)] += g;
      };
      // Slopes and curvatures are both in the order of their coordinates.
      auto a = top->a.begin();
      for (const auto& [j, q] : f.curvature) {
        for (; a != top->a.end() && a->j < j; ++a) add(a->j, a->value);
        const T x = w[static_cast<std::size_t>(j)];
        twice += q * x * x;
        add(j, a != top->a.end() && a->j == j ? (a++)->value + q * x : q * x);
      }
      for (; a != top->a.end(); ++a) add(a->j, a->value);
      result.values[k] = highest + twice / 2;
      result.squared_norms[k] = squared_norm;
    }
  }

 private:
  static T at(const typename MaxAffine<T>::Piece& piece, std::span<const T> w) {
    T value = piece.offset;
    for (const auto& [j, a] : piece.a) value += a * w[static_cast<std::size_t>(j)];
    return value;
  }
  MaxAffine<T> data_;
};

// Dense, as it was given, beside sparse, as it is evaluated.
class MaxAffineSum final : public detail::FamilyOf<MaxAffine>, public KernelSource {
 public:
  MaxAffineSum(MaxAffine<Rational> data, const Terms& terms)
      : FamilyOf(std::move(data),
                 [&](const auto& exact) { return max_affine_facts(*exact, terms); }) {}

  std::string family() const override { return "max-affine"; }
  std::unique_ptr<const Kernel<double>> double_kernel() const override {
    return std::make_unique<MaxAffineKernel<double>>(data());
  }
  std::unique_ptr<const Kernel<float>> float_kernel() const override {
    return std::make_unique<MaxAffineKernel<float>>(data());
  }

  std::shared_ptr<const FiniteSum> select(const std::vector<int>& indices) const override {
    Terms chosen;
    for (const int i : indices) chosen.push_back(facts(i).max_affine);
    return std::make_shared<MaxAffineSum>(data().select(indices), chosen);
  }

  nlohmann::ordered_json to_json() const override {
    nlohmann::ordered_json functions = nlohmann::ordered_json::array();
    for (int i = 0; i < size(); ++i) {
      const MaxAffineFunction& f = *facts(i).max_affine;
      nlohmann::ordered_json pieces = nlohmann::ordered_json::array();
      for (const AffinePiece& piece : f.pieces) {
        pieces.push_back({{"a", graddiv::to_json(piece.a)}, {"offset", to_string(piece.offset)}});
      }
      functions.push_back(
          {{"pieces", std::move(pieces)}, {"curvature", graddiv::to_json(f.curvature)}});
    }
    return {{"family", family()}, {"dimension", dimension()}, {"functions", std::move(functions)}};
  }
};

AffinePiece read_piece(const JsonReader& reader, int d) {
  reader.allow_only({"a", "offset"});
  AffinePiece piece{reader.at("a").vector(d)};
  if (reader.has("offset")) piece.offset = reader.at("offset").number();
  return piece;
}

Vector<Rational> read_curvature(const JsonReader& reader, int d) {
  Vector<Rational> q = reader.vector(d);
  for (int j = 0; j < d; ++j) {
    if (q(j) < 0) reader.at(static_cast<std::size_t>(j)).fail("a number at or above 0");
  }
  return q;
}

std::shared_ptr<const FiniteSum> read_max_affine(const JsonReader& reader) {
  reader.allow_only({"family", "domain", "regularization", "dimension", "functions"});
  const int d = static_cast<int>(reader.at("dimension").integer(1, largest_dimension));
  const JsonReader functions = reader.at("functions");
  if (!functions.is_array() || functions.size() == 0) {
    functions.fail("an array of at least one function {\"pieces\": …}");
  }
  std::vector<MaxAffineFunction> terms;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const JsonReader f = functions.at(i);
    f.allow_only({"pieces", "curvature"});
    const JsonReader pieces = f.at("pieces");
    if (!pieces.is_array() || pieces.size() == 0) {
      pieces.fail("an array of at least one piece {\"a\": …}");
    }
    MaxAffineFunction term;
    for (std::size_t l = 0; l < pieces.size(); ++l)
      term.pieces.push_back(read_piece(pieces.at(l), d));
    term.curvature = f.has("curvature") ? read_curvature(f.at("curvature"), d)
                                        : Vector<Rational>(Vector<Rational>::Zero(d));
    terms.push_back(std::move(term));
  }
  return max_affine_sum(std::move(terms));
}

}  // namespace

std::shared_ptr<const FiniteSum> max_affine_sum(std::vector<MaxAffineFunction> terms) {
  detail::require(!terms.empty(), "a finite sum needs at least one function");
  using Data = MaxAffine<Rational>;
  const Eigen::Index d = terms.front().curvature.size();
  detail::require(d >= 1, "the dimension must be at least 1");
  Data data{static_cast<int>(d), {}};
  Terms shared;
  for (MaxAffineFunction& term : terms) {
    detail::require(!term.pieces.empty(), "a maximum needs at least one piece");
    detail::require(term.curvature.size() == d && term.curvature.minCoeff() >= 0,
                    "every curvature must be of length d, with no entry below 0");
    Data::Function f;
    for (const AffinePiece& piece : term.pieces) {
      detail::require(piece.a.size() == d, "every a must be of length d");
      f.pieces.push_back({Data::sparse(piece.a), piece.offset});
    }
    f.curvature = Data::sparse(term.curvature);
    data.functions.push_back(std::move(f));
    shared.push_back(std::make_shared<const MaxAffineFunction>(std::move(term)));
  }
  return std::make_shared<MaxAffineSum>(std::move(data), shared);
}

FamilyEntry max_affine_family() {
  return {"max-affine",
          "f_i(w) = max_l (⟨a_il, w⟩ + offset_il) + ½ Σ_j q_ij w_j², q_ij ≥ 0; not smooth",
          read_max_affine};
}

}  // namespace graddiv
