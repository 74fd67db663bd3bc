#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "linear/matrix.h"
#include "number/text.h"

namespace graddiv {

/// What an expectation is taken of, along w_0, …, w_K.
enum class Quantity {
  distance,               ///< E‖w_k − w*‖², k = 0..K
  suboptimality,          ///< E[F(w_k) − F*], k = 0..K
  average_suboptimality,  ///< E[F(w̄_k) − F*], w̄_k = (w_0 + … + w_{k−1})/k, k = 1..K
  gradient_norm,          ///< E‖∇F(w_k)‖², k = 0..K
  second_moment,          ///< E M²(w_k), k = 0..K
  /// E (1/n) Σ E‖Q_i(∇f_i(w_k)) − ∇f_i(w_k)‖², k = 0..K; for runs with a mechanism
  mechanism_variance
};
/// Those that every run has.
inline constexpr std::array all_quantities{Quantity::distance, Quantity::suboptimality,
                                           Quantity::average_suboptimality, Quantity::gradient_norm,
                                           Quantity::second_moment};
std::string_view to_string(Quantity q);  ///< "average-suboptimality"
/// The first k for which the quantity is defined: 1 for the averaged iterate, else 0.
int first_iteration(Quantity q);

enum class Engine { automatic, moments, enumeration };
enum class Arithmetic { automatic, rational, interval };
std::string_view to_string(Engine e);
std::string_view to_string(Arithmetic a);

/// The point and the value that distances and suboptimalities are measured from; whoever computes
/// expectations is told, and never finds out by itself. Where one is absent, so are the quantities
/// that need it, for the reason given.
struct Reference {
  std::optional<Vector<Enclosure>> minimizer;  ///< w*
  std::optional<Enclosure> optimum;            ///< F*
  Text minimizer_reason;
  Text optimum_reason;
};

struct ExpectationOptions {
  std::vector<Quantity> quantities{all_quantities.begin(), all_quantities.end()};
  Engine engine = Engine::automatic;
  Arithmetic arithmetic = Arithmetic::automatic;
  /// Bits of intervals to begin with; doubled until every value has `relative_width`, or nothing
  /// gets narrower (no value can be narrower than the reference it is measured from), up to
  /// `largest_precision`.
  unsigned precision = 128;
  unsigned largest_precision = 1U << 15;
  double relative_width = 1e-12;
  /// `automatic` arithmetic leaves the rationals where numbers would need more bits than this.
  std::size_t exact_bits = 400'000;
  /// … or where all values of a trajectory would need more bits than this (256 MB), …
  double exact_bits_of_values = 0x1p31;
  /// … or where the exact numbers of one iteration of an enumeration would: they may grow
  /// exponentially with the iterations.
  double exact_bits_of_iteration = 0x1p22;
  /// The enumeration refuses an iteration that would need more transitions (state × multiset of
  /// indices) than this.
  double largest_transitions = 2e6;
};

/// Expectations along a run, each an enclosure: exact where the arithmetic was.
struct Trajectory {
  Engine engine = Engine::automatic;              ///< the one used
  Arithmetic arithmetic = Arithmetic::automatic;  ///< the one used
  int iterations = 0;                             ///< K
  std::map<Quantity, std::vector<Enclosure>> values;
  std::map<Quantity, Text> absent;  ///< quantities asked for that could not be had, and why

  bool is_exact() const;  ///< whether every value is
  bool has(Quantity q) const { return values.count(q) != 0; }
  /// The value at iteration k. Throws std::out_of_range.
  const Enclosure& at(Quantity q, int k) const;
};

/// The expectation asked for cannot be computed as asked (the engine does not fit the problem, the
/// law has too many states).
class ExpectationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv
