#include <set>

#include "cli/testing/tool.h"
#include "constructions/catalogue.h"
#include "diversity/mechanism_registry.h"
#include "facts/registry.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class List : public testing::ToolTest {};
class Show : public testing::ToolTest {};

TEST_F(List, HasEveryTheoremWithItsMutantsEveryConstructionAndFamily) {
  const auto json = graddiv({"list", "--json"}).json();
  ASSERT_EQ(json.at("theorems").size(), theorems().size());
  for (std::size_t i = 0; i < theorems().size(); ++i) {
    const auto& entry = json["theorems"][i];
    EXPECT_EQ(entry.at("id"), theorems()[i].id);
    EXPECT_EQ(entry.at("title"), theorems()[i].title.plain());
    EXPECT_EQ(entry.at("source"), theorems()[i].source.plain());
    ASSERT_EQ(entry.at("mutants").size(), theorems()[i].mutants.size());
    for (std::size_t j = 0; j < entry["mutants"].size(); ++j) {
      EXPECT_EQ(entry["mutants"][j], theorems()[i].mutants[j].id);
    }
  }
  std::set<std::string> construction_ids, families;
  for (const auto& entry : json.at("constructions")) construction_ids.insert(entry.at("id"));
  for (const auto& entry : json.at("families")) families.insert(entry.at("id"));
  EXPECT_EQ(construction_ids.size(), constructions().size());
  EXPECT_TRUE(construction_ids.contains("lower-noise-floor"));
  EXPECT_TRUE(families.contains("quadratic"));
  EXPECT_TRUE(families.contains("construction"));
  ASSERT_EQ(json.at("mechanisms").size(), mechanisms().size());
  for (std::size_t i = 0; i < mechanisms().size(); ++i) {
    EXPECT_EQ(json["mechanisms"][i].at("id"), mechanisms()[i].name);
  }
}

TEST_F(List, HasEveryFactThatIsKnownOfAProblem) {
  const auto listed = graddiv({"list", "--json"}).json().at("facts");
  const auto known = graddiv({"facts", noise_floor(), "--json"}).json().at("facts");
  ASSERT_EQ(listed.size(), fact_registry().size());
  ASSERT_EQ(listed.size(), known.size());
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const std::string id = listed[i].at("id");
    EXPECT_EQ(id, description(fact_registry()[i]).id);
    EXPECT_TRUE(known.contains(id)) << id;
    EXPECT_NE(listed[i].at("title"), "") << id;
    const auto shown = graddiv({"show", id, "--json"}).json();
    EXPECT_NE(shown.at("latex"), "") << id;
    EXPECT_NE(shown.at("text"), "") << id;
  }
}

TEST_F(List, NamesThemAllForPeopleToo) {
  const auto outcome = graddiv({"list"});
  EXPECT_EQ(outcome.code, 0);
  for (const auto& theorem : theorems()) {
    EXPECT_NE(outcome.out.find("\n  " + theorem.id + " "), std::string::npos) << theorem.id;
    for (const auto& mutant : theorem.mutants) {
      EXPECT_NE(outcome.out.find(theorem.id + "/" + mutant.id), std::string::npos) << mutant.id;
    }
  }
}

TEST_F(Show, PrintsEverythingThatIsListed) {
  const auto list = graddiv({"list", "--json"}).json();
  std::vector<std::string> ids;
  for (const auto& theorem : list["theorems"]) {
    ids.push_back(theorem["id"]);
    for (const std::string mutant : theorem["mutants"]) {
      ids.push_back(theorem["id"].get<std::string>() + "/" + mutant);
    }
  }
  for (const auto& construction : list["constructions"]) ids.push_back(construction["id"]);
  for (const auto& family : list["families"]) ids.push_back(family["id"]);
  for (const auto& mechanism : list["mechanisms"]) ids.push_back(mechanism["id"]);
  for (const auto& fact : list["facts"]) ids.push_back(fact["id"]);
  for (const auto& id : ids) {
    const auto text = graddiv({"show", id});
    EXPECT_EQ(text.code, 0) << id;
    EXPECT_TRUE(text.out.starts_with(id + ": ")) << text.out;
    EXPECT_EQ(graddiv({"show", id, "--json"}).json().at("id"), id);
  }
}

TEST_F(Show, GivesATheoremInFull) {
  const auto& theorem = find_theorem("rate-strongly-convex");
  const auto outcome = graddiv({"show", theorem.id});
  for (const auto& part :
       {theorem.title.plain(), theorem.source.plain(), theorem.cites, theorem.text}) {
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
  }
  for (const auto& hypothesis : theorem.statement.hypotheses()) {
    EXPECT_NE(outcome.out.find("\n  " + hypothesis.text.plain() + "\n"), std::string::npos);
  }
  const auto json = graddiv({"show", theorem.id, "--json"}).json();
  EXPECT_EQ(json.at("latex"), theorem.latex);
  EXPECT_EQ(json.at("hypotheses").size(), theorem.statement.hypotheses().size());
  EXPECT_EQ(json.at("mutants").at(0).at("witness").at("format"), "graddiv-instance/1");
}

TEST_F(Show, GivesTheConstructionWithTheTheoremAboutIt) {
  const auto text = graddiv({"show", "lower-replicated"}).out;
  for (const char* part : {"twice-the-distance", "without-projection", "The resisting maximum",
                           "iterations", "random instances: replicated-blocks"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
  const auto json = graddiv({"show", "lower-replicated", "--json"}).json();
  EXPECT_EQ(json.at("kind"), "theorem");
  EXPECT_EQ(json.at("construction").at("parameters").at(0).at("name"), "blocks");
}

TEST_F(Show, KnowsTheLossesThatInstanceFilesName) {
  const auto json = graddiv({"show", "huber", "--json"}).json();
  EXPECT_EQ(json.at("kind"), "loss");
  EXPECT_EQ(json.at("title"), "½r² where |r| ≤ τ, else τ|r| − ½τ², with r = xᵀw − y");
  EXPECT_NE(graddiv({"show", "logistic"}).out.find("a loss of the family glm"), std::string::npos);
}

TEST_F(Show, SuggestsWhatMayHaveBeenMeant) {
  expect_bad_input(graddiv({"show", "second-momnet"}), "did you mean 'second-moment'");
  expect_bad_input(graddiv({"show", "noise-floor"}), "'lower-noise-floor'");
  const auto wild = graddiv({"show", "qqqqqqqqqqqqqqqq"});
  expect_bad_input(wild, "see graddiv list");
  EXPECT_EQ(wild.err.find("did you mean"), std::string::npos);
}

}  // namespace
}  // namespace graddiv::cli
