#include "claim/verdict.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace graddiv {
namespace {

TEST(Verdicts, HaveNamesThatAreReadBack) {
  for (const Verdict v : {Verdict::proved, Verdict::refuted, Verdict::supported,
                          Verdict::inconclusive, Verdict::not_applicable, Verdict::error}) {
    EXPECT_EQ(parse_verdict(to_string(v)), v);
  }
  EXPECT_THROW(parse_verdict("maybe"), std::invalid_argument);
}

TEST(Verdicts, StandInJsonByTheirNames) {
  EXPECT_EQ(nlohmann::json(Verdict::not_applicable), "not applicable");
  EXPECT_EQ(nlohmann::ordered_json(Evidence::interval), "interval");
}

}  // namespace
}  // namespace graddiv
