#pragma once

#include <string>
#include <vector>

#include "campaign/sharpness_record.h"
#include "claim/theorem.h"
#include "workbench/sharpen_result.h"

namespace graddiv::workbench {

/// What was found, in the words that tables show: every number, every hypothesis, and how many
/// mutants were refuted.
std::vector<SharpnessRecord> records_of(const Theorem& theorem, const SharpenResult& result);

/// What shows the outcome of a variant: the instance that refutes it, or what was done in vain.
Text shown_by(const VariantFinding& finding, const SharpenResult& result);

/// "51 of 52 refuted; 29 more are implied, 3 say no more on any instance".
std::string score_of(const SharpenResult& result);

/// That a store was made by `verify` with this graddiv, so that findings belong into it. Throws
/// RequestError for any other, NoStore where there is none, and StoreError.
void require_own_store(const std::string& path);

/// Puts what was found into it, in the place of what was known of the theorem.
void write_sharpness(const std::string& path, const Theorem& theorem, const SharpenResult& result);

}  // namespace graddiv::workbench
