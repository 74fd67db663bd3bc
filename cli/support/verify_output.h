#pragma once

#include <string>

#include "cli/support/output.h"
#include "workbench/verify.h"

namespace graddiv::cli {

// What `graddiv verify` has to say.

Json verification_json(const workbench::VerifyRequest& request,
                       const workbench::VerifyResult& result);
std::string verification_text(const workbench::VerifyRequest& request,
                              const workbench::VerifyResult& result);
/// Everything that is not as it should be, on standard error.
void complain(const workbench::VerifyResult& result, const std::string& how_to_resume);

}  // namespace graddiv::cli
