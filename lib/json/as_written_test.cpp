#include "json/as_written.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "json/input_error.h"

namespace graddiv {
namespace {

TEST(ScalarsAsWritten, KeepsEveryDigitAndTellsNumbersFromStrings) {
  const auto json = scalars_as_written(
      R"({"a": [0.10, 1e-3, 123456789012345678901234567890, -7], "b": {"c": "0.10"}, "d": true})");
  EXPECT_EQ(json.dump(), R"({"a":["0.10","1e-3","123456789012345678901234567890","-7"],)"
                         R"("b":{"c":"\"0.10\""},"d":"true"})");
  EXPECT_EQ(scalars_as_written("2.50").get<std::string>(), "2.50");
}

TEST(ScalarsAsWritten, RefusesWhatIsNoJson) {
  EXPECT_THROW(scalars_as_written("no json"), InputError);
  EXPECT_THROW(scalars_as_written(""), InputError);
}

}  // namespace
}  // namespace graddiv
