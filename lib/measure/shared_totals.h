#pragma once

#include "measure/communicator.h"
#include "measure/totals.h"

namespace graddiv::measure {

/// totals(), shared out among ranks that have the same model, examples, w and options: each
/// computes a contiguous part of the leaves of the same tree of additions, and all have the result,
/// which is the same bit for bit for any number of ranks. A rank sends at most one message of p
/// numbers for every largest subtree that is its own, up the tree (⌈log2 P⌉ one after another where
/// P is a power of two), then the sum goes to all.
template <class T>
Totals shared_totals(const Model<T>& model, const Selection& examples, std::span<const T> w,
                     const PassOptions& options, Communicator& ranks);

/// The largest number of examples that one rank of `size` computes of `count`.
std::int64_t largest_share(std::int64_t count, std::int64_t leaf, int size);

}  // namespace graddiv::measure
