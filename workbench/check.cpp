#include "workbench/check.h"

#include "sgd/instance.h"
#include "workbench/error.h"

namespace graddiv::workbench {

Finding check_named(const StatementRef& statement, const Instance& instance,
                    const std::string& name, const EvaluationOptions& options) {
  try {
    return check(statement.statement(), Evaluation(instance, options));
  } catch (const StatementError& error) {
    throw RequestError(statement.id() + " has an error on " + name + ": " + error.what());
  }
}

}  // namespace graddiv::workbench
