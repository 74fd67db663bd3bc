#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "claim/not_certified.h"
#include "number/evidence_scope.h"
#include "number/precision.h"

namespace graddiv {

/// A value that depends on the precision of the thread that asks, unless all of it is exact: then
/// the first one serves all precisions. That it is not to be had is remembered as well, and so are
/// the samples and surrogates that its computation asked: whoever gets the value rests on them.
template <class T>
class AtPrecision {
 public:
  /// `compute()` where it is not known yet; `is_exact(value)` says whether it may be shared.
  template <class Compute, class IsExact>
  const T& get(const Compute& compute, const IsExact& is_exact) {
    const Precision now = current_precision();
    if (const Entry* exact = shared(now)) {
      EvidenceScope::note(exact->rests_on);
      return *exact->value;
    }
    const auto [found, is_new] = entries_.try_emplace({now.bits, now.exact_bits});
    Entry& entry = found->second;
    if (!entry.value && !entry.refusal) {
      const EvidenceScope scope;
      try {
        entry.value = compute();
        entry.is_exact = is_exact(*entry.value);
      } catch (const NotCertified& e) {
        entry.refusal = e.why();
      }
      entry.rests_on = scope.collected();
    }
    EvidenceScope::note(entry.rests_on);
    if (!entry.value) throw NotCertified(*entry.refusal);
    return *entry.value;
  }

 private:
  struct Entry {
    std::optional<T> value;
    std::optional<Text> refusal;
    bool is_exact = false;
    Evidence rests_on;
  };
  const Entry* shared(const Precision& now) const {
    for (const auto& [at, entry] : entries_) {
      if (entry.is_exact && at.second == now.exact_bits) return &entry;
    }
    return nullptr;
  }

  std::map<std::pair<unsigned, std::size_t>, Entry> entries_;  // by bits and exact bits
};

}  // namespace graddiv
