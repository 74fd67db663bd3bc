#pragma once

#include <map>

#include "claim/theorem.h"

// What several theorem files use.
namespace graddiv {

/// The parameters, by their names, of the member of a worst-case family (constructions/) that the
/// functions are; NotCertified where they are others.
std::map<std::string, Enclosure> member_of(const std::string& construction, const Case& c);

/// Whether T ≥ scale · log(ratio), where a negative logarithm, or log 0, counts as met.
Truth reaches_horizon(const Enclosure& evaluations, const Enclosure& scale, const Enclosure& ratio);

/// (B−1)/B_S(w): the least δ that a batch of size B has at w.
Enclosure delta_at(const Case& c, const Point& w);

/// When a conclusion tells something (Statement::tells_where): both of its sides are positive.
Truth has_positive_sides(const Case& c, const Conclusion& claimed);
/// The gradients at its point do not all vanish, nor does the step.
Truth makes_a_step(const Case& c, const Conclusion& claimed);

/// Serial SGD on ½(w−1)² and ½(w+1)²: the noise floor, which makes the strongly convex and PL rates
/// nearly tight.
std::string noise_floor_witness(const std::string& start, const std::string& step, int iterations);

/// ½aw² and ½bw² from w_0 = 1.
std::string parabolas_witness(const std::string& a, const std::string& b, const std::string& step,
                              int batch);

}  // namespace graddiv
