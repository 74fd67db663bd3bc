#include "cli/support/failure.h"

#include <fmt/format.h>

#include <new>
#include <stdexcept>

#include "campaign/campaign.h"
#include "claim/statement_error.h"
#include "cli/command.h"
#include "expectation/trajectory.h"
#include "json/file.h"

namespace graddiv::cli {

namespace {

// What numbers throw: division by zero, logarithms of negative numbers, values beyond their type.
// An input asked for it that is valid in itself, so it is the input's fault as far as exit codes
// go.
Failure arithmetic(const std::exception& error, const std::string& call) {
  return {fmt::format("{}: cannot be computed: {}", call, error.what()), bad_input};
}

}  // namespace

Failure failure_of(const std::exception_ptr& exception, const std::string& call) {
  try {
    std::rethrow_exception(exception);
  } catch (const UsageError& error) {
    return {error.what(), bad_input};
  } catch (const InputError& error) {
    return {error.what(), bad_input};
  } catch (const ExpectationError& error) {
    return {error.what(), bad_input};
  } catch (const StatementError& error) {
    return {error.what(), bad_input};
  } catch (const CampaignError& error) {
    return {error.what(), bad_input};
  } catch (const NoStore& error) {
    return {error.what(), bad_input};
  } catch (const StoreError& error) {
    return {error.what(), io_failure};
  } catch (const FileError& error) {
    return {error.what(), io_failure};
  } catch (const OutputError& error) {
    return {error.what(), io_failure};
  } catch (const std::overflow_error& error) {
    return arithmetic(error, call);
  } catch (const std::underflow_error& error) {
    return arithmetic(error, call);
  } catch (const std::range_error& error) {
    return arithmetic(error, call);
  } catch (const std::domain_error& error) {
    return arithmetic(error, call);
  } catch (const std::bad_alloc&) {
    return {call + ": needs more memory than there is", io_failure};
  } catch (const std::exception& error) {
    return {fmt::format("{}: stopped at a fault of this program, please report it: {}", call,
                        error.what()),
            io_failure};
  }
}

}  // namespace graddiv::cli
