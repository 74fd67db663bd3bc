#include "workbench/junit.h"

#include <gtest/gtest.h>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

namespace graddiv::workbench {
namespace {

namespace fs = std::filesystem;
using Kind = Subject::Kind;

const Subject whole_campaign{};
const Subject glm_itself{Kind::theorem, "glm"};
const Subject replication_itself{Kind::theorem, "replication"};
const Subject glm_mean{Kind::mutant, "glm", "mean"};
const Subject unstable_law{Kind::law, "lower-unstable"};
const Subject glm_entry{Kind::gallery, "glm", "any"};

std::string written(const std::vector<Change>& changes) {
  return junit({whole_campaign, glm_itself, replication_itself, glm_mean, unstable_law, glm_entry},
               changes, "old.sqlite", "new.sqlite");
}

/// A reader of its own, and the schema.
boost::property_tree::ptree read(const std::string& xml) {
  const fs::path file =
      fs::temp_directory_path() / ("graddiv-" + std::to_string(std::random_device()()) + ".xml");
  std::ofstream(file, std::ios::binary) << xml;
  const std::string check =
      GRADDIV_XMLLINT " --nonet --noout --schema " GRADDIV_JUNIT_SCHEMA " " + file.string();
  EXPECT_EQ(std::system((check + " 2>&1").c_str()), 0) << xml;
  fs::remove(file);
  std::istringstream text(xml);
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(text, tree);
  return tree.get_child("testsuites");
}

const boost::property_tree::ptree* test_case(const boost::property_tree::ptree& all,
                                             const std::string& suite, const std::string& name) {
  for (const auto& [tag, element] : all) {
    if (tag != "testsuite" || element.get<std::string>("<xmlattr>.name") != suite) continue;
    for (const auto& [inner, found] : element) {
      if (inner == "testcase" && found.get<std::string>("<xmlattr>.name") == name) return &found;
    }
  }
  return nullptr;
}

TEST(JUnit, HasATestCaseForEverySubjectInTheSuiteOfItsKind) {
  const auto all = read(written({}));
  EXPECT_EQ(all.get<std::string>("<xmlattr>.name"), "graddiv diff old.sqlite new.sqlite");
  EXPECT_EQ(all.get<int>("<xmlattr>.tests"), 6);
  EXPECT_EQ(all.get<int>("<xmlattr>.failures"), 0);
  for (const auto& [suite, name] : {std::pair{"graddiv.campaign", "campaign"},
                                    {"graddiv.theorems", "glm"},
                                    {"graddiv.theorems", "replication"},
                                    {"graddiv.mutants", "glm/mean"},
                                    {"graddiv.laws", "lower-unstable"},
                                    {"graddiv.gallery", "glm/any"}}) {
    const auto* found = test_case(all, suite, name);
    ASSERT_NE(found, nullptr) << suite << " " << name;
    EXPECT_EQ(found->get<std::string>("<xmlattr>.classname"), suite);
    EXPECT_FALSE(found->get_child_optional("failure"));
    EXPECT_FALSE(found->get_child_optional("system-out"));
  }
}

TEST(JUnit, FailsWhatIsWorseAndTellsTheRest) {
  const auto all = read(written({{glm_itself, "best tightness 1 → 0.9", Trend::worse},
                                 {glm_itself, "assumes now: n ≥ 3", Trend::worse},
                                 {glm_itself, "5 instances more", Trend::neither},
                                 {replication_itself, "best tightness 0.8 → 0.9", Trend::better},
                                 {glm_mean, "the mutant mean is refuted no longer", Trend::worse},
                                 {whole_campaign, "seed 1 → 2", Trend::neither}}));
  EXPECT_EQ(all.get<int>("<xmlattr>.failures"), 2);
  const auto* theorem = test_case(all, "graddiv.theorems", "glm");
  EXPECT_EQ(theorem->get<std::string>("failure.<xmlattr>.message"),
            "best tightness 1 → 0.9, and 1 more");
  EXPECT_EQ(theorem->get<std::string>("failure"), "best tightness 1 → 0.9\nassumes now: n ≥ 3\n");
  EXPECT_EQ(theorem->get<std::string>("system-out"), "5 instances more\n");
  const auto* better = test_case(all, "graddiv.theorems", "replication");
  EXPECT_FALSE(better->get_child_optional("failure"));
  EXPECT_EQ(better->get<std::string>("system-out"), "best tightness 0.8 → 0.9 (better)\n");
  const auto* mutant = test_case(all, "graddiv.mutants", "glm/mean");
  EXPECT_EQ(mutant->get<std::string>("failure.<xmlattr>.message"),
            "the mutant mean is refuted no longer");
  EXPECT_FALSE(test_case(all, "graddiv.gallery", "glm/any")->get_child_optional("failure"));
  for (const auto& [tag, suite] : all) {
    if (tag != "testsuite") continue;
    const auto name = suite.get<std::string>("<xmlattr>.name");
    const bool has_one = name == "graddiv.theorems" || name == "graddiv.mutants";
    EXPECT_EQ(suite.get<int>("<xmlattr>.failures"), has_one ? 1 : 0) << name;
  }
}

TEST(JUnit, KeepsMarkupAndReplacesWhatXmlDoesNotHave) {
  const std::string markup = R"(a < b && "c" > 'd' ]]> <!-- -->)";
  const std::string unspeakable = "\x01 \x1b[31m \x7f \xff \xef\xbf\xbe \xc3";
  const auto all = read(written({{glm_itself, markup, Trend::worse},
                                 {glm_mean, unspeakable, Trend::worse},
                                 {unstable_law, "\x02", Trend::neither}}));
  const auto* first = test_case(all, "graddiv.theorems", "glm");
  EXPECT_EQ(first->get<std::string>("failure.<xmlattr>.message"), markup);
  EXPECT_EQ(first->get<std::string>("failure"), markup + "\n");
  EXPECT_EQ(test_case(all, "graddiv.mutants", "glm/mean")->get<std::string>("failure"),
            "\ufffd \ufffd[31m \x7f \ufffd \ufffd \ufffd\n");
  EXPECT_EQ(test_case(all, "graddiv.laws", "lower-unstable")->get<std::string>("system-out"),
            "\ufffd\n");
}

}  // namespace
}  // namespace graddiv::workbench
