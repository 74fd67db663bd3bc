#include "claim/evidence_name.h"

namespace graddiv {

static constexpr std::string_view remark = " at surrogates";

std::string to_string(const EvidenceName& name) {
  return std::string(to_string(name.kind)) + std::string(name.at_surrogates ? remark : "");
}

EvidenceName parse_evidence_name(std::string_view text) {
  Evidence evidence;
  evidence.surrogate = text.ends_with(remark);
  if (evidence.surrogate) text.remove_suffix(remark.size());
  evidence.kind = parse_evidence(text);
  return EvidenceName(evidence);
}

}  // namespace graddiv
