#include "instances/described.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "instances/recipes/recipes.h"
#include "instances/start_in_domain.h"
#include "instances/stream.h"
#include "number/exact.h"
#include "problem/mixed.h"
#include "problem/regularized.h"

namespace graddiv {
namespace describing {
namespace {

using recipes::function;
namespace part = recipes::part;

using Numbers = Vector<Rational>;
using Family = Description::Family;
using Start = Description::Start;

template <class T>
T any_of(Choices& choices, const std::vector<T>& options) {
  return options[static_cast<std::size_t>(choices.up_to(static_cast<long>(options.size()) - 1))];
}

long any_of(Choices& choices, const Description::Counts& counts) {
  return choices.between(counts.from, counts.to);
}

/// A number of few digits; an end once in three times.
Rational any_of(Choices& choices, const Description::Range& range) {
  const Rational& from = range.from;
  const Rational& to = range.to;
  if (from == to) return from;
  if (choices.once_in(3)) return choices.once_in(2) ? to : from;
  constexpr long pieces = 4;
  const Rational width = (to - from) / pieces;
  const Rational lower = from + width * choices.up_to(pieces - 1);
  return simplest_between(lower, lower + width);
}

/// One description on its way to one instance: the shape from part 0 of the choices, the rest from
/// parts of their own.
class Draft {
 public:
  Draft(const Description& description, Choices choices)
      : asked_(description),
        choices_(std::move(choices)),
        family_(any_of(choices_, asked_.families)),
        d_(any_of(choices_, asked_.dimension)),
        n_(any_of(choices_, asked_.functions)),
        optimum_(recipes::somewhere(choices_.part(part::spectrum), d_)),
        start_(start()) {}

  Instance instance() {
    auto all =
        asked_.is_mixed ? mixed_functions() : functions(family_);  // one more for the neighbour
    if (asked_.regularization) {
      const Rational rho = any_of(choices_, *asked_.regularization);
      all = regularized(all, rho);
      smoothness_ += rho;
    }
    std::vector<int> own(static_cast<std::size_t>(n_));
    std::iota(own.begin(), own.end(), 0);
    Instance result{{select(all, own), domain()}, {}};
    result.run = run(result.problem);
    if (asked_.has_neighbour) {
      const auto replaced = static_cast<int>(choices_.up_to(n_ - 1));
      result.neighbour = Neighbour{replaced, select(all, {static_cast<int>(n_)})};
    }
    return result;
  }

 private:
  long drawn() const { return n_ + (asked_.has_neighbour ? 1 : 0); }

  Numbers start() {
    if (asked_.is_interpolated && choices_.once_in(12)) return optimum_;
    return recipes::somewhere(choices_.part(part::start), d_);
  }

  // Functions ------------------------------------------------------------------------------------

  /// The i-th function of the sum of one family or another.
  std::shared_ptr<const FiniteSum> mixed_functions() {
    std::map<Family, std::shared_ptr<const FiniteSum>> sums;
    Rational largest = 0;
    for (const Family family : asked_.families) {
      sums[family] = functions(family);
      largest = std::max(largest, smoothness_);
    }
    smoothness_ = largest;
    std::vector<std::shared_ptr<const FiniteSum>> parts;
    for (int i = 0; i < drawn(); ++i) {
      Choices own = function(choices_, i);
      parts.push_back(select(sums.at(any_of(own, asked_.families)), {i}));
    }
    return mixed(std::move(parts));
  }

  std::shared_ptr<const FiniteSum> functions(Family family) {
    if (family == Family::quadratics) return quadratics();
    if (family == Family::max_affine) return maxima();
    auto [X, y] = rows();
    if (family == Family::linear_functions) {
      smoothness_ = 0;
      return linear_sum(std::move(X), std::move(y));
    }
    Rational longest = 0;
    for (long i = 0; i < drawn(); ++i) longest = std::max(longest, X.row(i).squaredNorm());
    if (family == Family::least_squares) {
      smoothness_ = longest;
      return least_squares(std::move(X), std::move(y));
    }
    const Loss loss = any_loss();
    smoothness_ = longest * largest_curvature(loss);
    has_long_numbers_ = loss == Loss::sine || loss == Loss::logistic || loss == Loss::geman_mcclure;
    const Rational tau = loss == Loss::huber ? choices_.positive() : Rational(1);
    if (loss == Loss::logistic) {
      for (long i = 0; i < drawn(); ++i) y(i) = function(choices_, i).once_in(2) ? -1 : 1;
    }
    return generalized_linear(std::move(X), std::move(y), loss, tau);
  }

  Loss any_loss() {
    if (!asked_.losses.empty()) return any_of(choices_, asked_.losses);
    // Without logistic: it has no minimiser.
    std::vector<Loss> losses{Loss::squared, Loss::huber, Loss::geman_mcclure, Loss::sine};
    if (!asked_.is_interpolated) losses.push_back(Loss::logistic);
    return any_of(choices_, losses);
  }
  /// sup |ℓ''|.
  static Rational largest_curvature(Loss loss) {
    switch (loss) {
      case Loss::squared:
      case Loss::huber:
        return 1;
      case Loss::geman_mcclure:
        return 2;
      case Loss::sine:
        return 8;
      case Loss::logistic:
        return Rational(1, 4);
    }
    return 1;
  }

  /// The rows of X, and targets: those of the optimum where there is interpolation.
  recipes::Rows rows() {
    recipes::Rows result{Matrix<Rational>(drawn(), d_), Numbers(drawn())};
    for (long i = 0; i < drawn(); ++i) {
      Choices own = function(choices_, i);
      Numbers row = recipes::somewhere(own, d_);
      if (asked_.row_length) {
        // A column of an orthogonal matrix: a rational direction of length 1.
        const Matrix<Rational> Q = recipes::orthogonal(own, static_cast<int>(d_));
        const Rational length = any_of(own, *asked_.row_length);
        row = Q.col(own.up_to(d_ - 1)) * length;
      }
      result.X.row(i) = row.transpose();
      const Rational target = own.rational();
      result.y(i) = asked_.is_interpolated ? Rational(row.dot(optimum_)) : target;
    }
    return result;
  }

  Numbers eigenvalues(Choices& choices) const {
    Numbers result(d_);
    const std::vector<Rational>& listed = asked_.eigenvalues;
    const auto range = asked_.spectrum.value_or(Description::Range{Rational(1, 10), 10});
    for (Rational& value : result)
      value = listed.empty() ? any_of(choices, range) : any_of(choices, listed);
    if (d_ == 1 || (listed.empty() && !choices.once_in(3))) return result;
    result(0) = listed.empty() ? range.from : *std::ranges::min_element(listed);
    result(d_ - 1) = listed.empty() ? range.to : *std::ranges::max_element(listed);
    return result;
  }
  void meet(const Numbers& eigenvalues) {
    for (const Rational& value : eigenvalues) smoothness_ = std::max(smoothness_, abs(value));
  }

  std::shared_ptr<const FiniteSum> quadratics() {
    enum class Curvature { alike, common_eigenvectors, any };
    const auto kind =
        choices_.one_of({Curvature::alike, Curvature::common_eigenvectors, Curvature::any});
    const bool one_centre = choices_.once_in(8);
    smoothness_ = 0;
    Choices shared = choices_.part(part::spectrum);
    const Matrix<Rational> Q = recipes::orthogonal(shared, static_cast<int>(d_));
    const Numbers alike = eigenvalues(shared);
    std::vector<QuadraticTerm> terms;
    for (long i = 0; i < drawn(); ++i) {
      Choices own = function(choices_, i);
      const Matrix<Rational> own_Q = recipes::orthogonal(own, static_cast<int>(d_));
      const Numbers values = kind == Curvature::alike ? alike : eigenvalues(own);
      meet(values);
      Numbers c = own.vector(d_);
      if (asked_.is_interpolated || one_centre) c = optimum_;
      terms.push_back({recipes::with_eigenvalues(kind == Curvature::any ? own_Q : Q, values),
                       std::move(c), own.rational()});
    }
    return quadratic_sum(std::move(terms));
  }

  /// |x_iᵀw − y_i| and hinges, with a quadratic where a spectrum is asked for.
  std::shared_ptr<const FiniteSum> maxima() {
    smoothness_ = 0;
    const bool has_curvature = asked_.spectrum || !asked_.eigenvalues.empty();
    std::vector<MaxAffineFunction> result;
    for (long i = 0; i < drawn(); ++i) {
      Choices own = function(choices_, i);
      const Numbers x = recipes::somewhere(own, d_);
      const Rational y = own.rational();
      MaxAffineFunction f{{{x, -y}}, Numbers::Zero(d_)};
      f.pieces.push_back(own.once_in(3) ? AffinePiece{Numbers::Zero(d_), 0} : AffinePiece{-x, y});
      if (own.once_in(2)) std::swap(f.pieces[0], f.pieces[1]);  // the other subgradient at the kink
      if (has_curvature) f.curvature = eigenvalues(own);
      meet(f.curvature);
      result.push_back(std::move(f));
    }
    return max_affine_sum(std::move(result));
  }

  Domain domain() {
    const Domain::Kind kind = any_of(choices_, asked_.domains);
    if (kind == Domain::Kind::all) return Domain::all();
    Choices own = choices_.part(part::domain);
    const Start place = asked_.starts.empty() ? (own.once_in(3) ? Start::boundary : Start::inside)
                                              : any_of(own, asked_.starts);
    return domain_with(own, kind, place == Start::boundary, start_,
                       asked_.is_interpolated ? optimum_ : start_);
  }

  // The run --------------------------------------------------------------------------------------

  Run run(const Problem& problem) {
    Choices own = choices_.part(part::run);
    Run result{start_, {}, {}, 1};
    const long draws = affordable_draws(problem);
    const long K = asked_.iterations ? any_of(own, *asked_.iterations) : 0;
    long B = asked_.batch ? any_of(own, *asked_.batch) : 0;
    constexpr long most_iterations = 8;
    if (asked_.has_full_batch) B = n_;
    if (B == 0) B = recipes::several(own, std::clamp(draws / std::max(K, 1L), 1L, 6L));
    const long paths = asked_.has_full_batch ? most_iterations : draws / B;
    result.iterations =
        static_cast<int>(K != 0 ? K : own.between(1, std::clamp(paths, 1L, most_iterations)));
    result.batches = {B};
    result.full_batch = asked_.has_full_batch;
    result.steps = {step(own, B)};
    if (!asked_.mechanisms.empty()) result.mechanism = mechanism();
    return result;
  }

  Mechanism mechanism() const {
    Choices own = choices_.part(part::mechanism);
    const auto sharing = own.once_in(3) ? Mechanism::Sharing::shared : Mechanism::Sharing::fresh;
    switch (any_of(own, asked_.mechanisms)) {
      case Description::Noise::dropout:
        return Mechanism::dropout(
            own.one_of<Rational>({Rational(1, 2), Rational(1, 3), Rational(3, 4), Rational(9, 10)}),
            sharing);
      case Description::Noise::langevin:
        return Mechanism::langevin(
            own.one_of<Rational>({1, Rational(1, 4), Rational(1, 9), Rational(9, 4)}), sharing);
      case Description::Noise::quantization:
        return Mechanism::quantization(own.one_of<long>({1, 2, 3, 5}), sharing);
    }
    return {};
  }

  /// Gradients that runs of which every path counts can draw.
  long affordable_draws(const Problem& problem) const {
    constexpr long enough = 48;
    constexpr long few = 4;  // of each gradient 2^d values or more
    if (!asked_.mechanisms.empty()) return few;
    const bool has_moments = !problem.domain.is_bounded() && problem.sum->facts().is_quadratic() &&
                             !asked_.has_neighbour;
    if (n_ == 1 || has_moments) return enough;
    long paths = has_long_numbers_ ? 64 : 1024;
    long draws = 0;
    for (; paths >= n_; paths /= n_) ++draws;
    return std::max(draws, 1L);
  }

  Rational step(Choices& choices, long B) const {
    const Rational share = choices.one_of<Rational>(
        {1, Rational(1, 2), Rational(1, 4), Rational(3, 4), Rational(1, 10), 2});
    if (smoothness_ == 0) return share / B;
    const Rational step = share / (smoothness_ * B);
    constexpr unsigned few_bits = 40;
    return bit_size(step) > few_bits ? simplest_between(step * 9 / 10, step) : step;
  }

  const Description& asked_;
  Choices choices_;
  Family family_;
  long d_;
  long n_;
  Numbers optimum_;  ///< of every function, where there is interpolation
  Numbers start_;
  Rational smoothness_ = 0;        ///< L, or 0 where there is none
  bool has_long_numbers_ = false;  ///< every step multiplies the digits
};

}  // namespace
}  // namespace describing

Instance draw(const Description& description, const std::string& name, std::uint64_t seed,
              std::int64_t number) {
  const Choices::Source source{seed, stream_of(name), static_cast<std::uint64_t>(number)};
  constexpr int full_size = 100;  // all of every range from the first instance on
  return describing::Draft(description, Choices(source, full_size)).instance();
}

}  // namespace graddiv
