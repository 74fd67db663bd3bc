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

enum class Engine { automatic, moments, enumeration, sampling };
enum class Arithmetic { automatic, rational, interval, doubles };
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

/// Expectations along a run, each an enclosure: exact where the arithmetic was, and unless a sample
/// misled where the engine was `sampling` (their evidence says so).
struct Trajectory {
  Engine engine = Engine::automatic;              ///< the one used
  Arithmetic arithmetic = Arithmetic::automatic;  ///< the one used
  int iterations = 0;                             ///< K
  /// What exact values would have taken, in bits, where automatic arithmetic found them too long to
  /// begin with; else 0.
  double bits_of_exact_values = 0;
  std::map<Quantity, std::vector<Enclosure>> values;
  std::map<Quantity, Text> absent;  ///< quantities asked for that could not be had, and why

  /// Why values from samples are guesses and bound nothing, where they do not.
  std::optional<Text> caveat;

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
