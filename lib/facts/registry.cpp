#include "facts/registry.h"

namespace graddiv {

const std::vector<AnyFactDefinition>& fact_registry() {
#define GRADDIV_ADDRESS(Value, name) &fact::name,
  static const std::vector<AnyFactDefinition> registry{GRADDIV_FACTS(GRADDIV_ADDRESS)};
#undef GRADDIV_ADDRESS
  return registry;
}

const FactDescription& description(const AnyFactDefinition& definition) {
  return std::visit([](const auto* one) -> const FactDescription& { return *one; }, definition);
}

}  // namespace graddiv
