#include "workbench/check.h"

#include <gtest/gtest.h>

#include "json/reader.h"
#include "sgd/instance.h"
#include "workbench/error.h"

namespace graddiv::workbench {
namespace {

Instance parabola() {
  return read_instance(JsonReader::from_text(
      witness(R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])",
              R"("start": ["1"], "step": "1/2", "batch": 1, "iterations": 1)"),
      "parabola"));
}

TEST(CheckNamed, TellsTheoremHypothesisAndInstanceOfAnError) {
  Theorem faulty;
  faulty.id = "faulty";
  faulty.statement =
      Statement().assumes("1/(n−1) ≥ 0", [](const Case& c) { return 1 / (c.n() - 1) >= 0; });
  try {
    check_named({&faulty}, parabola(), "parabola.json");
    FAIL() << "no error";
  } catch (const RequestError& error) {
    const std::string message = error.what();
    for (const char* part : {"faulty", "parabola.json", "hypothesis \"1/(n−1) ≥ 0\""})
      EXPECT_NE(message.find(part), std::string::npos) << message;
  }
}

// 2^−300 is seen beside 2 only with more than 300 bits.
TEST(CheckNamed, RaisesThePrecisionAsFarAsAnyCheck) {
  Theorem fine;
  fine.id = "fine";
  fine.statement = Statement().claims([](const Case&) {
    return std::vector<Conclusion>{
        {"here", Truth::yes, exp(log(Enclosure(2))) <= 2 + pow(Enclosure(2), -300)}};
  });
  const Finding finding = check_named({&fine}, parabola(), "parabola.json");
  EXPECT_EQ(finding.verdict, Verdict::proved);
  EXPECT_EQ(finding.precision, 512U);
  EXPECT_EQ(finding.escalations, 2);
}

}  // namespace
}  // namespace graddiv::workbench
