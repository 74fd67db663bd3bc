#include "number/evidence_scope.h"

namespace graddiv {

namespace {

thread_local EvidenceScope* innermost = nullptr;

}  // namespace

EvidenceScope::EvidenceScope() : outer_(innermost) { innermost = this; }

EvidenceScope::~EvidenceScope() {
  innermost = outer_;
  note(collected_);
}

void EvidenceScope::note(const Evidence& evidence) {
  if (innermost == nullptr || evidence == Evidence{}) return;
  innermost->collected_ = join(innermost->collected_, evidence);
}

}  // namespace graddiv
