#include "constructions/catalogue.h"

#include <stdexcept>

namespace graddiv {

// The registry: one line a family, which stands in the file of the same name. A theorem about one
// has its name, too. Pictures are printed in this order.
#define GRADDIV_CONSTRUCTIONS(X) \
  X(lower_fixed_step)            \
  X(lower_replicated)            \
  X(lower_noise_floor)           \
  X(slope)                       \
  X(orthonormal_rows)            \
  X(cliques)                     \
  X(linear_losses)

#define GRADDIV_DECLARE(name)    \
  namespace construction::name { \
  Construction construction();   \
  }
GRADDIV_CONSTRUCTIONS(GRADDIV_DECLARE)
#undef GRADDIV_DECLARE

const std::vector<Construction>& constructions() {
#define GRADDIV_LIST(name) construction::name::construction(),
  static const std::vector<Construction> all{GRADDIV_CONSTRUCTIONS(GRADDIV_LIST)};
#undef GRADDIV_LIST
  return all;
}

const Construction& find_construction(std::string_view id) {
  std::string known;
  for (const Construction& c : constructions()) {
    if (c.id == id) return c;
    known += (known.empty() ? "" : ", ") + c.id;
  }
  throw std::out_of_range("no construction '" + std::string(id) + "'; there are " + known);
}

namespace {

std::shared_ptr<const FiniteSum> read_construction(const JsonReader& reader) {
  reader.allow_only({"family", "domain", "name", "parameters"});
  const JsonReader name = reader.at("name");
  const Construction* construction = nullptr;
  try {
    construction = &find_construction(name.text());
  } catch (const std::out_of_range& e) {
    name.fail(std::string("a construction: ") + e.what());
  }
  Parameters given;
  if (!reader.has("parameters")) return construction->problem(given).sum;
  const JsonReader parameters = reader.at("parameters");
  for (const std::string& key : parameters.keys()) given[key] = parameters.at(key).number();
  try {
    return construction->problem(given).sum;
  } catch (const std::invalid_argument& e) {
    parameters.fail(std::string("parameters in range: ") + e.what());
  }
}

}  // namespace

const std::vector<FamilyEntry>& families_and_constructions() {
  static const std::vector<FamilyEntry> all = [] {
    std::vector<FamilyEntry> result = families();
    result.push_back({"construction",
                      "a worst-case family by name and parameters: see the list of constructions",
                      read_construction});
    return result;
  }();
  return all;
}

}  // namespace graddiv
