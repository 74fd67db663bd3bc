#include "instances/classes.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "instances/recipes/recipes.h"
#include "instances/stream.h"

namespace graddiv {
namespace {

/// "strongly-convex" for strongly_convex.
std::string hyphenated(std::string name) {
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace

const std::vector<InstanceClass>& instance_classes() {
#define GRADDIV_ID(name, summary) InstanceClass::name,
  static const std::vector<InstanceClass> all{GRADDIV_INSTANCE_CLASSES(GRADDIV_ID)};
#undef GRADDIV_ID
  return all;
}

std::string to_string(InstanceClass id) {
  switch (id) {
#define GRADDIV_CASE(name, summary) \
  case InstanceClass::name:         \
    return hyphenated(#name);
    GRADDIV_INSTANCE_CLASSES(GRADDIV_CASE)
#undef GRADDIV_CASE
  }
  throw std::logic_error("no class of instances");
}

std::string summary_of(InstanceClass id) {
  switch (id) {
#define GRADDIV_CASE(name, summary) \
  case InstanceClass::name:         \
    return summary;
    GRADDIV_INSTANCE_CLASSES(GRADDIV_CASE)
#undef GRADDIV_CASE
  }
  throw std::logic_error("no class of instances");
}

Recipe recipe_of(InstanceClass id) {
  switch (id) {
#define GRADDIV_CASE(name, summary) \
  case InstanceClass::name:         \
    return recipes::name;
    GRADDIV_INSTANCE_CLASSES(GRADDIV_CASE)
#undef GRADDIV_CASE
  }
  throw std::logic_error("no class of instances");
}

Instance draw(InstanceClass drawn_from, std::uint64_t seed, std::int64_t number) {
  const auto n = static_cast<std::uint64_t>(number);
  const Choices::Source source{seed, stream_of(to_string(drawn_from)), n};
  // The sizes 0, …, 100 in turn: every stretch of a campaign has small instances and large ones.
  return recipe_of(drawn_from)(Choices(source, static_cast<int>(n % 101)));
}

}  // namespace graddiv
