#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "problem/domain.h"
#include "problem/families.h"
#include "sgd/instance.h"

namespace graddiv {

/// A class of random instances, described: what its members are like. Whatever is not said is
/// drawn. All have small rational coefficients.
struct Description {
  enum class Family { quadratics, linear_functions, least_squares, glm, max_affine };
  enum class Start { inside, boundary };
  enum class Noise { dropout, langevin, quantization };
  /// Whole numbers, or numbers, from … to …, both included.
  struct Counts {
    long from = 1;
    long to = 1;
  };
  struct Range {
    Rational from;
    Rational to;
  };

  std::vector<Family> families{Family::quadratics};
  bool is_mixed = false;  ///< every function of any of these, else all of one
  Counts dimension{1, 3};
  Counts functions{1, 5};
  std::vector<Loss> losses{};         ///< of glm; any where there are none
  std::optional<Range> row_length{};  ///< ‖x_i‖
  /// The eigenvalues of every ∇²f_i lie in the range, which both ends of may be met, or are among
  /// those of the list: from d = 2 on the least and the largest of it are among those of every f_i.
  /// One instance in three has the same ∇²f_i for all i, so that F has these too. Without either:
  /// 1/10 to 10 for quadratics, 0 for max-affine.
  std::optional<Range> spectrum{};
  std::vector<Rational> eigenvalues{};
  std::optional<Range> regularization{};
  bool is_interpolated = false;  ///< one point of W is best for every function
  bool has_neighbour = false;
  std::vector<Domain::Kind> domains{Domain::Kind::all};
  std::vector<Start> starts{};      ///< of bounded W; either where there are none
  std::vector<Noise> mechanisms{};  ///< one of these; none where there are none
  bool has_full_batch = false;
  std::optional<Counts> batch{};       ///< without them such that the run can be followed
  std::optional<Counts> iterations{};  ///< likewise
};

/// The number-th random instance, for a seed, of the class that is described and has this name: the
/// same on every machine, and independent of all others drawn. Its step is a share of 1/(BL), where
/// every f_i is L-smooth. Safe to call from several threads.
Instance draw(const Description& description, const std::string& name, std::uint64_t seed,
              std::int64_t number);

}  // namespace graddiv
