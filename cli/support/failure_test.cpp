#include "cli/support/failure.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "campaign/store.h"
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
  EXPECT_EQ(failure_by(NoStore("s: no such file")).code, 2);
  EXPECT_EQ(failure_by(StoreError("s: cannot be written")).code, 3);
  EXPECT_EQ(failure_by(FileError("s: cannot be written")).code, 3);
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

TEST(Failure, AsksForAReportOfTheRestAlone) {
  const Failure fault = failure_by(std::logic_error("unreachable"));
  EXPECT_EQ(fault.message,
            "graddiv expect a.json: stopped at a fault of this program, please report it: "
            "unreachable");
  EXPECT_EQ(fault.code, 3);
  EXPECT_EQ(failure_by(std::bad_alloc()).message,
            "graddiv expect a.json: needs more memory than there is");
}

}  // namespace
}  // namespace graddiv::cli
