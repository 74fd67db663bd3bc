#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "campaign/mutants.h"
#include "cli/command.h"
#include "cli/support/command_line.h"
#include "cli/support/output.h"
#include "constructions/catalogue.h"
#include "diversity/mechanism_registry.h"
#include "facts/registry.h"
#include "instances/classes.h"
#include "problem/families.h"
#include "theorems/catalogue.h"
#include "workbench/lookup.h"

namespace graddiv::cli {

namespace {

Json as_json(const std::string& text) { return Json::parse(text, nullptr, false); }

std::string indented(const std::string& text) {
  std::string result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) result += "  " + line + "\n";
  return result;
}

// A witness as it would stand in a file, where a matrix looks like one.
std::string pretty_witness(const Mutant& mutant) {
  return to_text(witness_of(mutant, families_and_constructions()));
}

std::vector<std::string> classes_of(const Theorem& theorem) {
  std::vector<std::string> names;
  for (const DrawnFrom& from : theorem.drawn_from) names.push_back(from.name);
  return names;
}

Json theorem_json(const Theorem& theorem) {
  Json json{{"kind", "theorem"},        {"id", theorem.id},
            {"title", theorem.title},   {"source", theorem.source},
            {"cites", theorem.cites},   {"text", theorem.text},
            {"latex", theorem.latex},   {"hypotheses", Json::array()},
            {"telling", Json::array()}, {"drawn_from", classes_of(theorem)},
            {"mutants", Json::array()}};
  for (const auto& hypothesis : theorem.statement.hypotheses()) {
    json["hypotheses"].push_back(hypothesis.text.plain());
  }
  for (const auto& telling : theorem.statement.telling()) {
    json["telling"].push_back(telling.text.plain());
  }
  for (const auto& mutant : theorem.mutants) {
    json["mutants"].push_back({{"id", mutant.id},
                               {"change", mutant.change},
                               {"text", mutant.change_text},
                               {"witness", as_json(mutant.witness)}});
  }
  return json;
}

std::string hypotheses_text(const Statement& statement) {
  std::string text = "\nhypotheses\n";
  for (const auto& hypothesis : statement.hypotheses())
    text += "  " + hypothesis.text.plain() + "\n";
  return statement.hypotheses().empty() ? text + "  none\n" : text;
}

std::string theorem_text(const Theorem& theorem) {
  // A claim need not have a title, nor be from anywhere.
  const auto with = [](const std::string& before, const std::string& text,
                       const std::string& after) {
    return text.empty() ? "" : before + text + after;
  };
  const std::string source =
      theorem.source.plain() + with(theorem.source.empty() ? "[" : " [", theorem.cites, "]");
  std::string text = theorem.id + with(": ", theorem.title.plain(), "") + "\n" +
                     with("", source, "\n") + "\n" + theorem.text + "\n";
  text += hypotheses_text(theorem.statement);
  text += "\ntells something where\n";
  for (const auto& telling : theorem.statement.telling())
    text += "  " + telling.text.plain() + "\n";
  if (theorem.statement.telling().empty()) text += "  not both sides are 0\n";
  text += "\nLaTeX\n" + indented(theorem.latex);
  text += "\nmutants\n";
  Table table({{""}, {""}});
  for (const auto& mutant : theorem.mutants) {
    table.add({theorem.id + "/" + mutant.id, mutant.change_text});
  }
  text += theorem.mutants.empty() ? "  none\n" : table.text(2);
  std::vector<std::string> draws;
  for (const DrawnFrom& from : theorem.drawn_from) draws.push_back(from.description);
  text += fmt::format("\nrandom instances: {}\n", fmt::join(draws, ", "));
  return text;
}

Json mutant_json(const Theorem& theorem, const Mutant& mutant) {
  Json json{{"kind", "mutant"},
            {"id", theorem.id + "/" + mutant.id},
            {"statement", theorem.id},
            {"mutant", mutant.id},
            {"change", mutant.change},
            {"text", mutant.change_text},
            {"hypotheses", Json::array()},
            {"witness", as_json(mutant.witness)}};
  for (const auto& hypothesis : mutant.statement.hypotheses()) {
    json["hypotheses"].push_back(hypothesis.text.plain());
  }
  return json;
}

std::string mutant_text(const Theorem& theorem, const Mutant& mutant) {
  return fmt::format("{}/{}: a false variant of {}\n{}\n", theorem.id, mutant.id,
                     theorem.title.plain(), mutant.change_text) +
         hypotheses_text(mutant.statement) + "\nwitness\n" + indented(pretty_witness(mutant));
}

Json construction_json(const Construction& construction) {
  Json json{{"kind", "construction"},      {"id", construction.id},
            {"title", construction.title}, {"source", construction.source},
            {"latex", construction.latex}, {"law", construction.law_latex},
            {"parameters", Json::array()}};
  for (const auto& parameter : construction.parameters) {
    json["parameters"].push_back({{"name", parameter.name},
                                  {"meaning", parameter.meaning},
                                  {"default", to_string(parameter.fallback)}});
  }
  return json;
}

std::string construction_text(const Construction& construction) {
  std::string text =
      fmt::format("{}: {}\n{}\n\nfunctions (LaTeX)\n{}\nlaw (LaTeX)\n{}", construction.id,
                  construction.title.plain(), construction.source.plain(),
                  indented(construction.latex), indented(construction.law_latex));
  Table table({{""}, {""}, {""}});
  for (const auto& parameter : construction.parameters) {
    table.add({parameter.name, "default " + to_string(parameter.fallback), parameter.meaning});
  }
  return text + "\nparameters\n" + table.text(2);
}

std::vector<std::string> known_ids() {
  std::vector<std::string> ids;
  for (const auto& theorem : theorems()) {
    ids.push_back(theorem.id);
    for (const auto& mutant : theorem.mutants) ids.push_back(theorem.id + "/" + mutant.id);
  }
  for (const auto& construction : constructions()) ids.push_back(construction.id);
  for (const auto& family : families_and_constructions()) ids.push_back(family.name);
  for (const auto& mechanism : mechanisms()) ids.push_back(mechanism.name);
  for (const auto& loss : loss_entries()) ids.push_back(loss.name);
  for (const auto& fact : fact_registry()) ids.emplace_back(description(fact).id);
  // Theorems have the names of the constructions they are about.
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

struct Shown {
  Json json;
  std::string text;
};

/// A theorem, with the construction of the same name where it is about one.
Shown shown(const Theorem& theorem) {
  Shown result{theorem_json(theorem), theorem_text(theorem)};
  const auto& all = constructions();
  const auto about = std::ranges::find(all, theorem.id, &Construction::id);
  if (about == all.end()) return result;
  result.json["construction"] = construction_json(*about);
  result.text += "\nthe construction it is about\n" + indented(construction_text(*about));
  return result;
}

Shown find(const std::string& id) {
  if (workbench::names_a_file(id)) {
    const auto found = workbench::find_statement(id);
    if (found.mutant == nullptr) return shown(*found.theorem);
    return {mutant_json(*found.theorem, *found.mutant), mutant_text(*found.theorem, *found.mutant)};
  }
  for (const auto& theorem : theorems()) {
    if (theorem.id == id) return shown(theorem);
    for (const auto& mutant : theorem.mutants) {
      if (theorem.id + "/" + mutant.id == id) {
        return {mutant_json(theorem, mutant), mutant_text(theorem, mutant)};
      }
    }
  }
  for (const auto& construction : constructions()) {
    if (construction.id == id) {
      return {construction_json(construction), construction_text(construction)};
    }
  }
  for (const auto& family : families_and_constructions()) {
    if (family.name == id) {
      return {Json{{"kind", "family"}, {"id", family.name}, {"title", family.summary}},
              fmt::format("{}: a problem family\n{}\n", family.name, family.summary)};
    }
  }
  for (const auto& mechanism : mechanisms()) {
    if (mechanism.name == id) {
      return {Json{{"kind", "mechanism"}, {"id", mechanism.name}, {"title", mechanism.summary}},
              fmt::format("{}: a mechanism\n{}\n", mechanism.name, mechanism.summary)};
    }
  }
  for (const auto& loss : loss_entries()) {
    if (loss.name == id) {
      const std::string title = loss.formula + ", with r = xᵀw − y";
      return {Json{{"kind", "loss"}, {"id", id}, {"title", title}},
              fmt::format("{}: a loss of the family glm\n{}\n", id, title)};
    }
  }
  for (const auto& definition : fact_registry()) {
    const FactDescription& fact = description(definition);
    if (fact.id == id) {
      return {Json{{"kind", "fact"},
                   {"id", fact.id},
                   {"symbol", fact.symbol},
                   {"title", fact.meaning},
                   {"text", fact.text},
                   {"latex", fact.latex}},
              fmt::format("{}: a certified constant of a problem, {}\n{}\n{}\n\nLaTeX\n{}", fact.id,
                          fact.symbol, fact.text, fact.meaning, indented(fact.latex))};
    }
  }
  throw UsageError("nothing is called '" + id + "'" +
                   workbench::hint(id, known_ids(), "graddiv list"));
}

std::function<int()> set_up_show(Arguments& arguments, const Settings&) {
  struct ShowOptions {
    std::string id;
    bool json = false;
  };
  auto options = std::make_shared<ShowOptions>();
  arguments
      .option("ID", options->id,
              "theorem, theorem/mutant, construction, family, loss, mechanism or fact")
      .required();
  arguments.flag("--json", options->json, "machine output");
  return [options] {
    const auto found = find(options->id);
    options->json ? print_json(found.json) : print(found.text);
    return all_claims_hold;
  };
}

}  // namespace

Command show_command() { return {"show", "one of them in full", set_up_show}; }

}  // namespace graddiv::cli
