#pragma once

#include <exception>
#include <string>

namespace graddiv::cli {

/// How the tool ends where an exception leaves a command: one line for the user, and the exit code.
struct Failure {
  std::string message;
  int code;
};

/// Of the exception that left the command line `call` ("graddiv expect file.json"). Messages that
/// were written for users stand as they are; what arithmetic throws is said to be that, with the
/// command line it came from.
Failure failure_of(const std::exception_ptr& exception, const std::string& call);

}  // namespace graddiv::cli
