#include "workbench/check.h"

#include <gtest/gtest.h>

#include "json/reader.h"
#include "sgd/instance.h"
#include "workbench/error.h"

namespace graddiv::workbench {
namespace {

TEST(CheckNamed, TellsTheoremHypothesisAndInstanceOfAnError) {
  const Instance instance = read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "parabola"));
  Theorem faulty;
  faulty.id = "faulty";
  faulty.statement =
      Statement().assumes("1/(n−1) ≥ 0", [](const Case& c) { return 1 / (c.n() - 1) >= 0; });
  try {
    check_named({&faulty}, instance, "parabola.json");
    FAIL() << "no error";
  } catch (const RequestError& error) {
    const std::string message = error.what();
    for (const char* part : {"faulty", "parabola.json", "hypothesis \"1/(n−1) ≥ 0\""})
      EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace graddiv::workbench
