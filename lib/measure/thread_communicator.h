#pragma once

#include <functional>

#include "measure/communicator.h"

namespace graddiv::measure {

/// Runs `body` on so many ranks, which are threads of this process, and waits for them. Where one
/// throws, the others' next message from it does too, and the first exception is thrown.
void run_on_threads(int size, const std::function<void(Communicator&)>& body);

}  // namespace graddiv::measure
