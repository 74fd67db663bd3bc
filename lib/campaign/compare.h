#pragma once

#include <vector>

#include "campaign/change.h"

namespace graddiv {

class Store;

/// What changed from one campaign to another. Worse is whatever says less for a statement than it
/// did, or is gone: on any one instance a weaker verdict or weaker evidence, fewer conclusions, a
/// lower tightness, fewer points to plot; another text or another hypothesis of a statement; a
/// mutant that is no longer refuted, or less clearly; a law that no longer holds; an instance of
/// the gallery that attains less; a verdict, theorem, mutant, construction, figure or instance of
/// the gallery that went.
///
/// Where seed, inputs or shares differ, that is said, and only those numbers are compared that
/// stand for the same instance in both, and, beyond chance, the shares of instances that a theorem
/// applies to and tells something on. Examines both stores first. Throws StoreError.
std::vector<Change> compare(const Store& before, const Store& after);

}  // namespace graddiv
