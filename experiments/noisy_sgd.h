#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "experiments/run.h"
#include "experiments/task.h"

// Diversity-inducing mechanisms at the size of real data. Every gradient of an example is formed,
// which a mechanism needs; theory section E has the formulas.
namespace graddiv::experiments {

enum class MechanismKind { none, dropout, langevin, quantization };

struct NoiseOptions {
  MechanismKind kind = MechanismKind::none;
  /// dropout: the probability p to keep a coordinate, which is scaled by 1/p; langevin: the
  /// standard deviation σ of the noise added to every coordinate; quantization (one level): none.
  double parameter = 0;
};

/// "none", "dropout", "langevin", "quantization", in the order of MechanismKind.
const std::vector<std::string>& mechanism_names();

/// Σ over the functions of a model, at one point.
struct MechanismSums {
  std::int64_t count = 0;
  double A = 0;  ///< Σ‖g_i‖²
  double D = 0;  ///< ‖Σg_i‖²
  double V = 0;  ///< Σ E‖Q_i(g_i) − g_i‖²

  double diversity() const { return A / D; }  ///< Δ; +∞ for D = 0
  double mechanism_diversity() const;         ///< Δ^Q = (A + V)/(D + V)
  double bound() const;                       ///< B_S = nΔ
  double mechanism_bound() const;             ///< B^Q_S = nΔ^Q
};

MechanismSums mechanism_sums(const Model& model, std::span<const float> w,
                             const NoiseOptions& noise);

/// w ← w − γ Σ_ℓ Q(∇f_{s_ℓ}(w)), the noise fresh for every draw; indices as those of measure::Sgd,
/// noise a function of seed, repetition and T. Looked at as run_sgd() does.
void run_with_mechanism(const Model& model, const RunOptions& options, const NoiseOptions& noise,
                        const std::function<bool(std::int64_t, std::span<const float>)>& look);

/// One draw of Q(g), added to `sum`. `number` tells draws apart. Not for langevin, whose noise is
/// drawn for the whole sum.
void add_noisy(const NoiseOptions& noise, std::span<const float> g, std::uint64_t seed,
               std::uint64_t repetition, std::uint64_t number, std::span<double> sum);

}  // namespace graddiv::experiments
