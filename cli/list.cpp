#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "constructions/catalogue.h"
#include "diversity/mechanism_registry.h"
#include "facts/registry.h"
#include "formula/draw_line.h"
#include "formula/parse.h"
#include "formula/vocabulary.h"
#include "instances/classes.h"
#include "theorems/catalogue.h"
#include "theorems/construction_words.h"

namespace graddiv::cli {

namespace {

Json everything_json() {
  Json json{{"theorems", Json::array()},
            {"constructions", Json::array()},
            {"families", Json::array()},
            {"mechanisms", Json::array()},
            {"facts", Json::array()},
            {"classes", Json::array()},
            {"described_families", described_families()}};
  for (const auto& theorem : theorems()) {
    Json mutants = Json::array();
    for (const auto& mutant : theorem.mutants) mutants.push_back(mutant.id);
    json["theorems"].push_back({{"id", theorem.id},
                                {"title", theorem.title},
                                {"source", theorem.source},
                                {"mutants", mutants}});
  }
  for (const auto& construction : constructions()) {
    json["constructions"].push_back(
        {{"id", construction.id}, {"title", construction.title}, {"source", construction.source}});
  }
  for (const auto& family : families_and_constructions()) {
    json["families"].push_back({{"id", family.name}, {"title", family.summary}});
  }
  for (const auto& mechanism : mechanisms()) {
    json["mechanisms"].push_back({{"id", mechanism.name}, {"title", mechanism.summary}});
  }
  for (const InstanceClass drawn : instance_classes())
    json["classes"].push_back({{"id", to_string(drawn)}, {"title", summary_of(drawn)}});
  for (const auto& definition : fact_registry()) {
    const FactDescription& fact = description(definition);
    json["facts"].push_back({{"id", fact.id}, {"symbol", fact.symbol}, {"title", fact.meaning}});
  }
  return json;
}

std::string everything_text() {
  std::string text = "theorems\n";
  Table theorem_table({{""}, {""}, {""}});
  Table mutant_table({{""}, {""}});
  for (const auto& theorem : theorems()) {
    theorem_table.add({theorem.id, theorem.title.plain(), theorem.source.plain()});
    for (const auto& mutant : theorem.mutants) {
      mutant_table.add({theorem.id + "/" + mutant.id, mutant.change_text});
    }
  }
  Table construction_table({{""}, {""}, {""}});
  for (const auto& construction : constructions()) {
    construction_table.add(
        {construction.id, construction.title.plain(), construction.source.plain()});
  }
  Table family_table({{""}, {""}});
  for (const auto& family : families_and_constructions()) {
    family_table.add({family.name, family.summary});
  }
  text += theorem_table.text(2);
  text += "\nmutants, each a false variant that a stored witness refutes\n" + mutant_table.text(2);
  text += "\nconstructions\n" + construction_table.text(2);
  text += "\nproblem families\n" + family_table.text(2);
  Table mechanism_table({{""}, {""}});
  for (const auto& mechanism : mechanisms()) {
    mechanism_table.add({mechanism.name, mechanism.summary});
  }
  text += "\nmechanisms, as \"mechanism\" of a run\n" + mechanism_table.text(2);
  Table fact_table({{""}, {""}});
  for (const auto& definition : fact_registry()) {
    const FactDescription& fact = description(definition);
    fact_table.add({fact.id, fact.text});
  }
  text += "\nfacts, the certified constants of a problem\n" + fact_table.text(2);
  Table class_table({{""}, {""}});
  for (const InstanceClass drawn : instance_classes())
    class_table.add({to_string(drawn), summary_of(drawn)});
  text += "\nclasses of random instances, which 'draw' names in theorem files\n";
  text += class_table.text(2);
  text += fmt::format("\nfamilies that 'draw' describes: {} (docs/theorem-files.md)\n",
                      fmt::join(described_families(), ", "));
  return text + "\ngraddiv show ID prints one of them in full\n";
}

std::string_view kind_of(const Symbol& symbol) {
  return symbol.type == Formula::Type::number ? "number" : "property";
}

Json vocabulary_json() {
  Json json{{"vocabulary", Json::array()}};
  for (const Symbol& symbol : vocabulary()) {
    json["vocabulary"].push_back({{"name", symbol.name},
                                  {"spellings", symbol.spellings},
                                  {"latex", symbol.latex},
                                  {"kind", kind_of(symbol)},
                                  {"under", quantifier_of(symbol.under)},
                                  {"meaning", symbol.meaning}});
  }
  return json;
}

// A # stands for an index: a whole number, a name or a formula in braces.
std::string vocabulary_text() {
  std::string text = "words of theorem files (docs/theorem-files.md); # is an index\n";
  for (const Under under : {Under::nothing, Under::iteration, Under::form, Under::plain,
                            Under::noisy, Under::point, Under::noise, Under::pair, Under::claim}) {
    Table table({{""}, {""}, {""}});
    for (const Symbol& symbol : vocabulary()) {
      if (symbol.under == under) table.add({symbol.spellings.front(), symbol.name, symbol.meaning});
    }
    text += fmt::format("\n{}\n{}", quantifier_of(under), table.text(2));
  }
  return text;
}

std::function<int()> set_up_list(Arguments& arguments, const Settings&) {
  struct Choice {
    bool json = false;
    bool vocabulary = false;
  };
  auto choice = std::make_shared<Choice>();
  arguments.flag("--json", choice->json, "machine output");
  arguments.flag("--vocabulary", choice->vocabulary, "the words of theorem files instead");
  return [choice] {
    know_construction_words();
    if (choice->vocabulary)
      choice->json ? print_json(vocabulary_json()) : print(vocabulary_text());
    else
      choice->json ? print_json(everything_json()) : print(everything_text());
    return all_claims_hold;
  };
}

}  // namespace

Command list_command() {
  return {"list", "theorems, mutants, constructions, problem families, mechanisms and facts",
          set_up_list};
}

}  // namespace graddiv::cli
