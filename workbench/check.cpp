#include "workbench/check.h"

#include "claim/evaluation.h"
#include "sgd/instance.h"
#include "workbench/error.h"

namespace graddiv::workbench {

Finding check_named(const StatementRef& statement, const Instance& instance,
                    const std::string& name, long exact_megabytes) {
  try {
    return check(statement.statement(),
                 Evaluation(instance, 0x1p23 * static_cast<double>(exact_megabytes)));
  } catch (const StatementError& error) {
    throw RequestError(statement.id() + " has an error on " + name + ": " + error.what());
  }
}

}  // namespace graddiv::workbench
