#include "cli/command.h"

// One line a command, in the order of the help. Command <name>_command() stands in cli/<name>.cpp.
#define GRADDIV_COMMANDS(command)                                                                  \
  command(list) command(show) command(expect) command(diversity) command(stability) command(facts) \
      command(check) command(verify) command(mutants) command(tightness) command(sharpen)          \
          command(report) command(diff) command(merge) command(replay) command(measure)            \
              command(train) command(experiment)

namespace graddiv::cli {

#define GRADDIV_DECLARE(name) Command name##_command();
GRADDIV_COMMANDS(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE

std::vector<Command> commands() {
#define GRADDIV_LIST(name) name##_command(),
  return {GRADDIV_COMMANDS(GRADDIV_LIST)};
}

}  // namespace graddiv::cli
