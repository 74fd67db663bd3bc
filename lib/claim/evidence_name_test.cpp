#include "claim/evidence_name.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace graddiv {
namespace {

TEST(EvidenceNames, AreReadAsTheyAreWritten) {
  for (const auto kind :
       {Evidence::none, Evidence::exact, Evidence::interval, Evidence::statistical}) {
    for (const bool surrogate : {false, true}) {
      Evidence evidence;
      evidence.kind = kind;
      evidence.surrogate = surrogate;
      const EvidenceName name(evidence);
      EXPECT_EQ(parse_evidence_name(to_string(name)), name) << to_string(name);
      EXPECT_EQ(name.at_surrogates, surrogate && kind != Evidence::none);
    }
  }
  EXPECT_EQ(to_string(parse_evidence_name("interval at surrogates")), "interval at surrogates");
  EXPECT_EQ(EvidenceName(Evidence::exact), parse_evidence_name("exact"));
  EXPECT_NE(EvidenceName(Evidence::exact), parse_evidence_name("exact at surrogates"));
  for (const char* wrong : {"", "exakt", "exact at surrogate", " at surrogates", "exact "})
    EXPECT_THROW(parse_evidence_name(wrong), std::invalid_argument) << wrong;
}

}  // namespace
}  // namespace graddiv
