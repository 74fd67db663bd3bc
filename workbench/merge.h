#pragma once

#include <string>
#include <vector>

#include "campaign/record.h"

namespace graddiv::workbench {

/// Puts the stores of the parts of one campaign together into a new one, `into`, which is there as
/// a whole or not at all. Where several have a record, it must be the same in all; date and machine
/// are those of the first. Throws RequestError where `into` is there already or a store is empty,
/// CampaignError naming two of them and what contradicts, NoStore, StoreError and FileError.
/// Returns what the new store has of every theorem.
std::vector<TheoremSummary> merge(const std::vector<std::string>& stores, const std::string& into);

}  // namespace graddiv::workbench
