#include "cli/support/failure.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "campaign/campaign.h"
#include "claim/statement_error.h"
#include "cli/command.h"
#include "cli/support/finding_output.h"
#include "expectation/trajectory.h"
#include "json/file.h"

namespace graddiv::cli {
namespace {

constexpr auto call = "graddiv expect a.json";

template <class Error>
Failure failure_by(const Error& error) {
  return failure_of(std::make_exception_ptr(error), call);
}

TEST(Failure, SaysWhatWasWrittenForUsersAsItStands) {
  const Failure input = failure_by(InputError("a.json: /run: found 1, expected an object"));
  EXPECT_EQ(input.message, "a.json: /run: found 1, expected an object");
  EXPECT_EQ(input.code, 2);
  const auto expect = [](const Failure& failure, int code) {
    EXPECT_EQ(failure.message, "as it stands");
    EXPECT_EQ(failure.code, code);
  };
  expect(failure_by(UsageError("as it stands")), 2);
  expect(failure_by(workbench::RequestError("as it stands")), 2);
  expect(failure_by(ExpectationError("as it stands")), 2);
  expect(failure_by(StatementError("as it stands")), 2);
  expect(failure_by(CampaignError("as it stands")), 2);
  expect(failure_by(NoStore("as it stands")), 2);
  expect(failure_by(StoreError("as it stands")), 3);
  expect(failure_by(FileError("as it stands")), 3);
  expect(failure_by(OutputError("as it stands")), 3);
}

TEST(Failure, NamesCommandFileAndCauseOfWhatArithmeticThrows) {
  const std::string message = "graddiv expect a.json: cannot be computed: Division by zero.";
  const std::string cause = "Division by zero.";
  for (const Failure& failure :
       {failure_by(std::overflow_error(cause)), failure_by(std::underflow_error(cause)),
        failure_by(std::range_error(cause)), failure_by(std::domain_error(cause))}) {
    EXPECT_EQ(failure.message, message);
    EXPECT_EQ(failure.code, 2);
  }
}

TEST(ExitCodes, OfVerdicts) {
  for (const bool strict : {false, true}) {
    EXPECT_EQ(exit_code(Verdict::proved, strict), 0);
    EXPECT_EQ(exit_code(Verdict::supported, strict), 0);
    EXPECT_EQ(exit_code(Verdict::not_applicable, strict), 0);
    EXPECT_EQ(exit_code(Verdict::refuted, strict), 1);
  }
  EXPECT_EQ(exit_code(Verdict::inconclusive, false), 0);
  EXPECT_EQ(exit_code(Verdict::inconclusive, true), 4);
}

TEST(Failure, AsksForAReportOfTheRestAlone) {
  const Failure fault = failure_by(std::logic_error("unreachable"));
  EXPECT_EQ(fault.message,
            "graddiv expect a.json: stopped at a fault of this program, please report it: "
            "unreachable");
  EXPECT_EQ(fault.code, 3);
  EXPECT_EQ(failure_by(std::bad_alloc()).message,
            "graddiv expect a.json: needs more memory than there is");
  EXPECT_EQ(failure_by(std::bad_alloc()).code, 3);
}

}  // namespace
}  // namespace graddiv::cli
