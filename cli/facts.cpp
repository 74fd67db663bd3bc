#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "facts/semidefinite.h"
#include "number/exact.h"
#include "workbench/inputs.h"

namespace graddiv::cli {

namespace {

struct Entry {
  std::string name;    ///< key of the machine output
  std::string symbol;  ///< as in the paper
  Json json;
  std::string value;
  std::string sentence;
};

Json value_json(const Enclosure& x) { return enclosure_json(x); }
Json value_json(const Rational& x) { return enclosure_json(enclose(x)); }
Json value_json(const Vector<Enclosure>& x) {
  Json coordinates = Json::array();
  for (const auto& coordinate : x) coordinates.push_back(enclosure_json(coordinate));
  return {{"coordinates", coordinates}};
}
Json value_json(const BatchSizeInfimum& x) {
  return x.value ? enclosure_json(enclose(*x.value)) : Json{{"exact", "inf"}};
}

std::string value_text(const Enclosure& x) { return brief(x); }
std::string value_text(const Rational& x) { return brief(enclose(x)); }
std::string value_text(const Vector<Enclosure>& x) {
  constexpr Eigen::Index most_shown = 4;
  std::string text;
  for (Eigen::Index j = 0; j < std::min(x.size(), most_shown); ++j) {
    text += (j == 0 ? "" : ", ") + brief(x(j), 6);
  }
  return "(" + text + (x.size() > most_shown ? ", …)" : ")");
}
std::string value_text(const BatchSizeInfimum& x) {
  return x.value ? brief(enclose(*x.value)) : "inf";
}

template <class T>
Entry entry(const FactDefinition<T>& definition, const Facts& facts) {
  const Fact<T>& fact = facts.get(definition);
  const std::string sentence = to_sentence(fact.proof);
  std::string name = definition.id;
  std::string symbol = definition.symbol;
  const Json proof = to_json(with_factors(facts, definition));
  if (!fact.value) {
    Json json{{"unknown", sentence}, {"proof", proof}};
    const bool below = std::holds_alternative<proof::UnboundedBelow>(fact.proof.kind());
    const char* value = !below ? "unknown" : name == "optimum" ? "-inf" : "none";
    return {std::move(name), std::move(symbol), std::move(json), value, sentence};
  }
  Json json = value_json(*fact.value);
  json["best"] = fact.is_best;
  json["method"] = sentence;
  json["proof"] = proof;
  return {std::move(name), std::move(symbol), std::move(json), value_text(*fact.value),
          sentence + (fact.is_best ? " (no better one exists)" : "")};
}

Entry entry_of(const AnyFactDefinition& definition, const Facts& facts) {
  const auto found = [&](const auto* one) { return entry(*one, facts); };
  return std::visit(found, definition);
}

std::function<int()> set_up_facts(Arguments& arguments, const Settings&) {
  struct FactsOptions {
    std::string file;
    bool json = false;
  };
  auto options = std::make_shared<FactsOptions>();
  arguments.option("FILE", options->file, "instance file").required();
  arguments.flag("--json", options->json, "machine output");
  return [options] {
    const Facts facts(workbench::read_instance_file(options->file).problem);
    Json json{{"instance", options->file}, {"facts", Json::object()}};
    Table table({{""}, {""}, {""}});
    for (const AnyFactDefinition& definition : fact_registry()) {
      Entry found = entry_of(definition, facts);
      table.add({found.symbol, found.value, found.sentence});
      json["facts"][found.name] = std::move(found.json);
    }
    options->json ? print_json(json) : print(table.text());
    return all_claims_hold;
  };
}

}  // namespace

Command facts_command() {
  return {"facts", "certified constants of a problem, and how each was certified", set_up_facts};
}

}  // namespace graddiv::cli
