#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "cli/testing/tool.h"
#include "number/rational.h"

namespace graddiv::cli {
namespace {

class SharpenCommand : public testing::ToolTest {
 protected:
  using Json = nlohmann::json;

  Json sharpen(const std::string& file, const Arguments& more = {}) const {
    Arguments arguments{"sharpen", file, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto outcome = graddiv(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.json();
  }
  static std::string claim(const std::string& name) {
    return std::string(GRADDIV_CLAIMS) + "/" + name + ".theorem";
  }
  /// What was found of a number, in each of its regimes, on all instances.
  static std::vector<Json> of(const Json& result, const std::string& number) {
    std::vector<Json> found;
    for (const Json& n : result.at("numbers"))
      if (n.at("number") == number && n.at("among") == "") found.push_back(n);
    return found;
  }
};

// In one dimension, where all curvatures are a and γBa = 1/2, the noise of a long run is
// γσ*²/(a(2 − γBa)) = (2/3) γσ*²/λ: a third of what the statement allows.
TEST_F(SharpenCommand, FindsByWhatFactorANoiseTermIsLoose) {
  const Json result =
      sharpen(claim("expected-smoothness"), {"--instances", "60", "--effort", "60"});
  const auto noise = of(result, "noise");
  ASSERT_EQ(noise.size(), 1U);
  EXPECT_EQ(noise[0].at("stronger"), "smaller");
  EXPECT_EQ(noise[0].at("unrefuted"), "2");
  const Rational refuted = parse_rational(std::string(noise[0].at("refuted")));
  EXPECT_GE(refuted, Rational(66, 100));
  EXPECT_LT(refuted, 1);
  EXPECT_EQ(noise[0].at("best"), false);
}

TEST_F(SharpenCommand, SaysThatAConstantIsTheBestOne) {
  const Json result = sharpen(claim("diversity-ceiling"), {"--instances", "40", "--effort", "40"});
  const auto four = of(result, "four");
  ASSERT_EQ(four.size(), 1U);
  EXPECT_EQ(four[0].at("stronger"), "larger");
  EXPECT_EQ(four[0].at("refuted"), "4");
  EXPECT_EQ(four[0].at("refuted_beyond"), true);
  EXPECT_EQ(four[0].at("best"), true);
  for (const Json& h : result.at("hypotheses"))
    EXPECT_EQ(h.at("outcome"), h.at("where") == "hypothesis 2" || h.at("where") == "hypothesis 4"
                                   ? "not refuted"
                                   : "refuted")
        << h.at("change");
}

// That the start is in W is what a step of the proof needs; no claim was found to.
TEST_F(SharpenCommand, FindsAWitnessForEveryHypothesisOfARate) {
  const Json result = sharpen("rate-strongly-convex", {"--instances", "0", "--effort", "0"});
  ASSERT_EQ(result.at("hypotheses").size(), 4U);
  for (const Json& h : result.at("hypotheses")) {
    EXPECT_EQ(h.at("outcome"), "refuted") << h.at("change");
    EXPECT_EQ(h.at("witness").at("instance").at("format"), "graddiv-instance/1");
  }
}

TEST_F(SharpenCommand, IsTheSameForAnyNumberOfThreads) {
  const Arguments few{"--instances", "10", "--effort", "12"};
  const auto with_jobs = [&](const char* jobs) {
    Arguments arguments = few;
    arguments.insert(arguments.end(), {"--jobs", jobs});
    Json result = sharpen(claim("needell-ward-srebro"), arguments);
    for (const char* part : {"hypotheses", "mutants"})
      for (Json& f : result[part]) f.erase("seconds");
    return result;
  };
  EXPECT_EQ(with_jobs("1"), with_jobs("4"));
}

TEST_F(SharpenCommand, SaysWhatAFalseConstantWouldHaveToBe) {
  const auto outcome =
      graddiv({"sharpen", claim("wrong-noise"), "--json", "--instances", "60", "--effort", "60"});
  EXPECT_EQ(outcome.code, 1);
  const Json result = outcome.json();
  EXPECT_EQ(result.at("refutation").at("instance").at("format"), "graddiv-instance/1");
  // What refutes the statement as it stands is no witness that it needs its hypotheses.
  EXPECT_NE(result.at("hypotheses").at(1).at("outcome"), "refuted");
  const auto noise = of(result, "noise");
  ASSERT_EQ(noise.size(), 1U);
  EXPECT_GE(parse_rational(std::string(noise[0].at("refuted"))), Rational(66, 100));
  EXPECT_GE(parse_rational(std::string(noise[0].at("unrefuted"))), Rational(66, 100));
}

TEST_F(SharpenCommand, SavesWhatRefutesForAnybodyToReplay) {
  const Json result =
      sharpen(claim("diversity-ceiling"), {"--instances", "0", "--effort", "0", "--save", "."});
  int replayed = 0;
  for (const char* part : {"numbers", "hypotheses"}) {
    for (const Json& finding : result.at(part)) {
      if (finding.at("witness").is_null()) continue;
      const auto outcome = graddiv({"replay", finding["witness"].at("file")});
      EXPECT_EQ(outcome.code, 1) << finding << outcome.err;
      ++replayed;
    }
  }
  EXPECT_GE(replayed, 4);
}

TEST_F(SharpenCommand, PutsWhatItFindsIntoAStoreForItsReport) {
  const std::string file = claim("diversity-ceiling");
  const Arguments into_store{"sharpen",  file, "--instances", "0",
                             "--effort", "0",  "--store",     "s.sqlite"};
  expect_bad_input(graddiv(into_store), "s.sqlite");
  EXPECT_FALSE(std::filesystem::exists(path("s.sqlite"))) << "no campaign, no store";
  ASSERT_EQ(
      graddiv({"verify", file, "--instances", "5", "--search", "0", "--store", "s.sqlite"}).code %
          4,
      0);
  ASSERT_EQ(graddiv(into_store).code, 0);
  ASSERT_EQ(graddiv({"report", "s.sqlite", "-o", "r.pdf"}).code, 0);
  const std::string latex = read("r.tex");
  for (const char* text : {"How sharp it is", "four", "above 4", "exact", "mutants"})
    EXPECT_NE(latex.find(text), std::string::npos) << text;
}

TEST_F(SharpenCommand, PrintsTablesAndRefusesWhatIsNoFile) {
  const auto outcome =
      graddiv({"sharpen", claim("diversity-ceiling"), "--instances", "0", "--effort", "0"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  for (const char* part : {"numbers", "hypotheses", "mutants", "exact", "score: "})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part;
  expect_bad_input(graddiv({"sharpen", "nonsense"}), "nonsense");
  expect_bad_input(graddiv({"sharpen", claim("wrong-noise"), "--save", "nowhere"}), "nowhere");
}

}  // namespace
}  // namespace graddiv::cli
