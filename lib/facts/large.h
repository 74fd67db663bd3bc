#pragma once

#include <optional>

#include "facts/facts.h"

// Facts of sums of generalized linear functions with many numbers (FiniteSum::in_doubles): cheaper
// bounds than the best ones, certified in doubles, in time linear in n.
namespace graddiv::large {

inline bool is_large(const Problem& problem) { return problem.sum->in_doubles() != nullptr; }

Fact<Rational> smoothness(const Problem& problem);
Fact<Rational> strong_convexity(const Problem& problem);
Fact<Rational> strong_convexity_on_W(const Problem& problem);
/// By independent rows (facts/pl_constant.cpp).
Fact<Rational> pl_constant(const Problem& problem);

Fact<Enclosure> lipschitz(const Problem& problem);
Fact<Enclosure> second_moment_bound(const Problem& problem);
Fact<BatchSizeInfimum> batch_size_infimum(const Problem& problem);

Fact<Enclosure> largest_singular_value2(const Problem& problem);
Fact<Enclosure> largest_singular_value2_of_unit_rows(const Problem& problem);

// What the search for w* and its check ask for; `true` is a proof.
bool is_convex(const Problem& problem);                                   ///< F on R^d
bool is_smooth(const Problem& problem, const Rational& beta);             ///< F on R^d
bool is_strongly_convex(const Problem& problem, const Rational& lambda);  ///< F on W
/// A number λ such that F is λ-strongly convex where ‖w − center‖ ≤ radius.
Rational strong_convexity_about(const Problem& problem, const Vector<Enclosure>& center,
                                const Rational& radius);

// Whether the proof of a fact, one in doubles, shows it (facts/verify.h).
bool shows_smoothness(const Problem& problem, const Fact<Rational>& fact);
bool shows_strong_convexity(const Problem& problem, const Fact<Rational>& fact);
bool shows_strong_convexity_on_W(const Problem& problem, const Fact<Rational>& fact);
bool shows_pl_constant(const Problem& problem, const Fact<Rational>& fact);
bool shows_singular_value2(const Problem& problem, const Fact<Enclosure>& fact);
/// What it shows of ‖∇f_i‖² for all i, or of M², by a bound; of inf B_S.
std::optional<Rational> shown_lipschitz2(const Problem& problem);
std::optional<Rational> shown_second_moment(const Problem& problem);
bool shows_batch_size_bound(const Problem& problem, const Rational& bound);

}  // namespace graddiv::large
