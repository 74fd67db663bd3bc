#include "campaign/counterexample.h"

#include "cli/testing/tool.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class Replay : public testing::ToolTest {
 protected:
  // A counterexample to a mutant, as verify saves those to theorems.
  std::string saved(Verdict verdict) const {
    const auto& theorem = find_theorem("second-moment");
    const auto& mutant = theorem.mutants.front();
    return write("counterexample.json",
                 to_text(CounterexampleFile{
                     .statement = theorem.id,
                     .mutant = mutant.id,
                     .verdict = verdict,
                     .evidence = Evidence::exact,
                     .reason = "the old reason",
                     .origin = "witness",
                     .version = "0.0.9",
                     .commit = "abc",
                     .seed = std::nullopt,
                     .number = std::nullopt,
                     .instance = read_instance(JsonReader::from_text(mutant.witness, "witness"))}));
  }
};

TEST_F(Replay, FindsWhatWasRecorded) {
  const auto file = saved(Verdict::refuted);
  const auto outcome = graddiv({"replay", file, "--json"});
  EXPECT_EQ(outcome.code, 1);
  const auto json = outcome.json();
  EXPECT_EQ(json.at("verdict"), "refuted");
  EXPECT_EQ(json.at("recorded"), "refuted");
  EXPECT_EQ(json.at("agrees"), true);
  const auto text = graddiv({"replay", file});
  EXPECT_EQ(text.code, 1);
  EXPECT_NE(text.out.find("as recorded by graddiv 0.0.9 (abc)"), std::string::npos) << text.out;
}

TEST_F(Replay, SaysWhatHasChangedSince) {
  const auto file = saved(Verdict::proved);
  const auto outcome = graddiv({"replay", file});
  EXPECT_EQ(outcome.code, 1);  // what counts is the verdict of now
  EXPECT_NE(outcome.out.find("not as recorded by graddiv 0.0.9 (abc): that was proved"),
            std::string::npos)
      << outcome.out;
  EXPECT_EQ(graddiv({"replay", file, "--json"}).json().at("agrees"), false);
}

TEST_F(Replay, SendsInstancesToCheckAndRefusesTheRest) {
  const auto file = noise_floor();
  expect_bad_input(graddiv({"replay", file}), "graddiv check ID " + file);
  expect_bad_input(graddiv({"replay", "missing.json"}), "missing.json");
  auto text = read(saved(Verdict::refuted));
  text.replace(text.find("second-moment"), 13, "first-moment!");
  expect_bad_input(graddiv({"replay", write("unknown.json", text)}), "first-moment!");
}

}  // namespace
}  // namespace graddiv::cli
