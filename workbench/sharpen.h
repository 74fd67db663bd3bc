#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "claim/theorem.h"
#include "workbench/mutants.h"
#include "workbench/sharpen_result.h"

namespace graddiv::workbench {

struct SharpenRequest {
  const Theorem* theorem = nullptr;
  std::int64_t instances = 200;  ///< random ones, beside those that are made of them
  std::int64_t effort = 100;     ///< checks of each search
  std::uint64_t seed = 1;
  int jobs = all_cores;
  std::string folder{};  ///< where refutations are written, for `replay`; none where empty
  std::function<void(std::int64_t done, std::int64_t total)> progress = [](auto, auto) {};
};

/// Whether each hypothesis is needed and how far each number is from the best possible: the
/// statement's variants (formula/variants.h) on trials (workbench/trials.h), and a search for an
/// instance for whatever these leave open. All that counts as refuted is so by an ordinary check.
/// Depends on the request alone, but for seconds. Throws RequestError for a theorem of no file.
SharpenResult sharpen(const SharpenRequest& request);

}  // namespace graddiv::workbench
