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

/// The fact with its proof, factors of matrices included: these are long, and for machines only.
template <class T>
Json json_of(const FactDefinition<T>& definition, const Facts& facts) {
  const Fact<T>& fact = facts.get(definition);
  const std::string sentence = to_sentence(fact.proof);
  const Json proof = to_json(with_factors(facts, definition));
  if (!fact.value) return {{"unknown", sentence}, {"proof", proof}};
  Json json = value_json(*fact.value);
  json["best"] = fact.is_best;
  json["method"] = sentence;
  json["proof"] = proof;
  return json;
}

template <class T>
std::vector<std::string> row_of(const FactDefinition<T>& definition, const Facts& facts) {
  const Fact<T>& fact = facts.get(definition);
  const std::string sentence = to_sentence(fact.proof);
  if (!fact.value) {
    const bool below = std::holds_alternative<proof::UnboundedBelow>(fact.proof.kind());
    const bool is_optimum = definition.id == std::string("optimum");
    return {definition.symbol, !below ? "unknown" : is_optimum ? "-inf" : "none", sentence};
  }
  return {definition.symbol, value_text(*fact.value),
          sentence + (fact.is_best ? " (no better one exists)" : "")};
}

void print_facts_json(const std::string& file, const Facts& facts) {
  Json json{{"instance", file}, {"facts", Json::object()}};
  const auto add = [&](const auto* one) { json["facts"][one->id] = json_of(*one, facts); };
  for (const AnyFactDefinition& definition : fact_registry()) std::visit(add, definition);
  print_json(json);
}

void print_facts(const Facts& facts) {
  Table table({{""}, {""}, {""}});
  const auto add = [&](const auto* one) { table.add(row_of(*one, facts)); };
  for (const AnyFactDefinition& definition : fact_registry()) std::visit(add, definition);
  print(table.text());
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
    options->json ? print_facts_json(options->file, facts) : print_facts(facts);
    return all_claims_hold;
  };
}

}  // namespace

Command facts_command() {
  return {"facts", "certified constants of a problem, and how each was certified", set_up_facts};
}

}  // namespace graddiv::cli
