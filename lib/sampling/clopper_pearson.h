#pragma once

#include "number/enclosure.h"
#include "number/evidence.h"
#include "number/rational.h"

namespace graddiv {

/// The lower end of the Clopper–Pearson interval (1934) at this level, 0 < level < 1: p with
/// P(Bin(trials, p) ≥ successes) ≤ level, proved in intervals, and within a relative 10^−8 of the
/// largest such p. Whatever p is, the end exceeds it with probability at most `level`. 0 ≤
/// successes ≤ trials; for the upper end ask for the lower end of the failures.
Rational clopper_pearson_lower(int trials, int successes, const Rational& level);

/// Both ends, each at this level, where some trials could not be decided: they count as failures in
/// the lower end, and as successes in the upper. Misses p with probability at most twice the level.
/// It is known from the sample, to which this may be one of several looks: throws
/// std::invalid_argument where the error level of the sample is below twice the level.
Enclosure clopper_pearson(int trials, int successes, int undecided, const Rational& level,
                          const Sample& sample);

/// P(Bin(trials, p) ≥ successes) in intervals, for 0 < p < 1.
Enclosure binomial_upper_tail(int trials, int successes, const Rational& p);

}  // namespace graddiv
