#pragma once

#include "workbench/sharpen.h"

namespace graddiv::workbench {

/// Writes each instance that refutes something into the request's folder, made as small as a few
/// tries allow, with the statement that it refutes: files for `replay`.
void save_all(SharpenResult& result, const SharpenRequest& request);

}  // namespace graddiv::workbench
