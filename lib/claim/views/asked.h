#pragma once

#include <memory>
#include <optional>
#include <string>

#include "claim/evaluation.h"
#include "number/enclosure.h"

namespace graddiv {

struct Trajectory;

/// How a statement on runs with a mechanism reads the moments of an iteration; what is false is for
/// mutants.
struct MechanismMoments {
  bool noise = true;  ///< M² is M_Q²(w) = (1/n) Σ E‖Q_i(∇f_i(w))‖², not (1/n) Σ‖∇f_i(w)‖²
  /// B_S is B^Q_S(w) where the noise is shared, not B̃(w) = M_Q²(w)/‖∇F(w)‖² always.
  bool sharing = true;
};

/// One statement's asking about an evaluation: what its views share.
struct Asked {
  Evaluation evaluation;
  /// Statements about plain runs learn nothing about runs with a mechanism, and statements that say
  /// how they read a mechanism's moments learn nothing about plain runs.
  std::optional<MechanismMoments> mechanism;
  bool is_last_resort = false;

  // What it was told, for its provenance.
  const Trajectory* trajectory = nullptr;
  const Trajectory* averaged = nullptr;
  bool coupled_law = false;
  bool knows_full_batches = false;  ///< has asked whether the batch is full

  void require_runs_as_meant() const;  ///< throws NotCertified
  void require_no_mechanism() const;   ///< throws NotCertified
  void require_draws() const;          ///< throws NotCertified, of a full batch
  std::size_t reading() const;         ///< of the mechanism's moments, as an index
  std::string provenance() const;      ///< "moments, rational"
  /// What exact values would have taken, where there was no room for them; else 0.
  long megabytes_of_exact_values() const;
};

using AskedPtr = std::shared_ptr<Asked>;

}  // namespace graddiv
