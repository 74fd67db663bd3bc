#include "workbench/lookup.h"

#include <gtest/gtest.h>

#include "workbench/error.h"

namespace graddiv::workbench {
namespace {

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const RequestError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Lookup, FindsTheoremsAndTheirMutants) {
  EXPECT_EQ(find_statement("glm").id(), "glm");
  const StatementRef glm = find_statement("glm");
  const std::string id = "glm/" + glm.theorem->mutants.front().id;
  EXPECT_EQ(find_statement(id).id(), id);
  EXPECT_EQ(select_mutants({id}).size(), 1U);
  EXPECT_EQ(select_mutants({"glm"}).size(), glm.theorem->mutants.size());
  EXPECT_EQ(select_theorems({"rate-pl", "glm", "glm"}).size(), 2U);
  EXPECT_GT(select_theorems({}).size(), 30U);
}

TEST(Lookup, SuggestsWhatANameMightMean) {
  EXPECT_EQ(message_of([] { find_statement("gml"); }),
            "there is no theorem 'gml'; did you mean 'glm'?");
  EXPECT_EQ(message_of([] { find_statement("xxxxxxxxxxxx"); }),
            "there is no theorem 'xxxxxxxxxxxx'; see graddiv list");
  EXPECT_EQ(message_of([] { find_statement("glm/nothing-like-it"); }),
            "'glm' has no mutant 'nothing-like-it'; see graddiv show glm");
  EXPECT_EQ(message_of([] {
              select_mutants({"glm", "gml"});
            }),
            "there is no theorem 'gml'; did you mean 'glm'?");
}

}  // namespace
}  // namespace graddiv::workbench
