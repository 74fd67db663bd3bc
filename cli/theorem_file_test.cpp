#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "cli/testing/tool.h"

namespace graddiv::cli {
namespace {

namespace fs = std::filesystem;

std::string claim(const std::string& name) {
  return std::string(GRADDIV_CLAIMS) + "/" + name + ".theorem";
}

class TheoremFile : public testing::ToolTest {
 protected:
  void write_claim(const std::string& text) const { write("claim.theorem", text); }
};

TEST_F(TheoremFile, IsVerifiedAsTheTutorialSays) {
  int claims = 0;
  for (const auto& entry : fs::directory_iterator(GRADDIV_CLAIMS)) {
    if (entry.path().extension() != ".theorem") continue;
    ++claims;
    const std::string id = entry.path().stem().string();
    // Two of the wrong ones are rarely refuted by chance: an instance stands beside them.
    fs::path example = entry.path();
    example.replace_extension(".json");
    const auto outcome =
        graddiv({"verify", entry.path().string(), "--instances", "200", "--jobs", "1", "--json",
                 "--example", fs::exists(example) ? example.string() : noise_floor()});
    const bool is_wrong = id.starts_with("wrong-");
    EXPECT_EQ(outcome.code, is_wrong ? 1 : 0) << id << ": " << outcome.err;
    const auto theorem = outcome.json().at("theorems").at(0);
    EXPECT_EQ(theorem.at("id"), id);
    EXPECT_EQ(theorem.at("refuted").get<int>() > 0, is_wrong) << id;
    EXPECT_EQ(theorem.at("inconclusive"), 0) << id;
  }
  EXPECT_EQ(claims, 19);
}

// False where the minimiser is the middle of W and the start its edge: so are some of its boxes.
TEST_F(TheoremFile, IsRefutedByItsOwnDraws) {
  const auto outcome = graddiv({"verify", claim("wrong-decreasing-steps"), "--instances", "60",
                                "--jobs", "1", "--search", "0", "--json"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_GT(outcome.json().at("theorems").at(0).at("refuted"), 0);
}

// On the way to a small counterexample 1/β is undefined where β = 0: no end of the campaign.
TEST_F(TheoremFile, IsRefutedBesideWhereItIsUndefined) {
  write_claim(
      "theorem t\nassume the batch is full\nassume F is convex\nassume W = R^d\n"
      "assume 0 < η ≤ 1/β\nfor every k\n"
      "claim E[F(w_k) − F*] ≤ (1 − 2·η·β)·E[F(w_0) − F*]\n"
      "draw quadratics with spectrum = 1/10..2 and B = full and γ = 1/(n·β)\n");
  const auto outcome = graddiv({"verify", "claim.theorem", "--instances", "40", "--jobs", "1"});
  EXPECT_EQ(outcome.code, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("inconclusive"), std::string::npos) << "the table";
  // Three are told, of all.
  EXPECT_NE(outcome.err.find(" more instances, saved likewise"), std::string::npos) << outcome.err;
  std::size_t told = 0;
  for (auto at = outcome.err.find("replay it"); at != std::string::npos;
       at = outcome.err.find("replay it", at + 1))
    ++told;
  EXPECT_EQ(told, 3U);
}

TEST_F(TheoremFile, HasMutantsThatItsWitnessesRefute) {
  for (const char* id :
       {"interpolation-rate", "expected-smoothness", "needell-ward-srebro", "diversity-ceiling",
        "decreasing-steps", "stability-serial", "decreasing-root-steps", "robust-averaging",
        "self-bounding", "stability-nonconvex"}) {
    const auto outcome = graddiv({"mutants", claim(id), "--json"});
    EXPECT_EQ(outcome.code, 0) << id << ": " << outcome.err;
    EXPECT_GE(outcome.json().at("mutants").size(), 1U);
    // Nor does what happens on the way to a smaller witness hide what the claim says there.
    for (const auto& mutant : outcome.json().at("mutants"))
      EXPECT_NE(mutant.at("verdict_on_theorem"), "inconclusive") << id;
  }
}

// γ_k = 1/(2√(k + 1)): the iterates are sums of few roots, and the equation of one step is decided
// exactly; so is γ_k² (k + 1) = γ_0², which the rate asks for.
TEST_F(TheoremFile, DecidesTiesOfStepsThatAreRoots) {
  write("roots.json", R"json({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1,
      "functions": [{"A": [[1]], "c": [1]}, {"A": [[1]], "c": [-1]}],
      "domain": {"kind": "box", "lower": [-2], "upper": [2]}},
    "run": {"start": [1], "step": {"rule": "c/sqrt(k)", "c": "1/2"}, "batch": 1,
            "iterations": 4}})json");
  const auto step = graddiv({"check", "one-step", "roots.json", "--json"}).json();
  EXPECT_EQ(step.at("verdict"), "proved");
  EXPECT_EQ(step.at("evidence"), "exact");
  const auto rate = graddiv({"check", claim("decreasing-root-steps"), "roots.json"});
  EXPECT_EQ(rate.code, 0) << rate.err;
  EXPECT_NE(rate.out.find("k = 4, rate"), std::string::npos) << rate.out;
  const auto exact = graddiv({"expect", "roots.json", "--arithmetic", "rational"});
  EXPECT_EQ(exact.code, 2);
  EXPECT_NE(exact.err.find("steps c/√k"), std::string::npos) << exact.err;
}

TEST_F(TheoremFile, FindsAWitnessWhereNoneIsGiven) {
  write_claim(
      "theorem t\nconstants c = 1\nassume γ ≥ 0\nat every point w\nclaim B_S(w) ≥ c\n"
      "mutant two: c = 2\ndraw any-rational\n");
  const auto outcome = graddiv({"mutants", "claim.theorem", "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.json()["mutants"][0].at("refuted"), true);
}

TEST_F(TheoremFile, LeavesACounterexampleThatHoldsTheClaim) {
  const auto outcome =
      graddiv({"verify", claim("wrong-mean-for-sum"), "--instances", "60", "--jobs", "1"});
  ASSERT_EQ(outcome.code, 1) << outcome.err;
  const auto all = files();
  const auto saved = std::ranges::find_if(
      all, [](const std::string& f) { return f.starts_with("counterexample-wrong-mean"); });
  ASSERT_NE(saved, all.end());
  const auto replayed = graddiv({"replay", *saved, "--json"});
  EXPECT_EQ(replayed.code, 1);
  EXPECT_NE(replayed.out.find("refuted"), std::string::npos);
}

TEST_F(TheoremFile, SaysWhatIsWrongWithIt) {
  write_claim("theorem t\nclaim lamda ≥ 0\n");
  const auto outcome = graddiv({"verify", "claim.theorem"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err,
            "graddiv: claim.theorem:2:7: unknown name 'lamda'; did you mean 'lambda'?\n"
            "  claim lamda ≥ 0\n        ^^^^^\n");
  EXPECT_EQ(graddiv({"verify", "nothing.theorem"}).code, 2);
  write_claim("theorem rate-pl\nclaim n ≥ 1\n");
  EXPECT_NE(graddiv({"verify", "claim.theorem"}).err.find("already; expected another name"),
            std::string::npos);
}

// Steps of 1/10 of 1/L_max and more.
TEST_F(TheoremFile, SaysWhichHypothesisKeepsItFromApplying) {
  write_claim(
      "theorem idle\nassume F is convex\nassume short: γ·L_max ≤ 1/100\nfor every k\n"
      "claim E‖w_k − w*‖² ≤ D_0\ndraw quadratics with γ = 1/L_max, any-quadratic with γ = "
      "1/L_max\n");
  const auto outcome = graddiv({"verify", "claim.theorem", "--instances", "60", "--search", "0",
                                "--example", noise_floor(), "--json"});
  EXPECT_EQ(outcome.code, 4);
  const auto found = outcome.json().at("hardly_applicable").at("idle");
  EXPECT_LE(found.at("applicable"), 2);
  EXPECT_EQ(found.at("failures").at(0).at("hypothesis"), "short: γ·L_max ≤ 0.01");
  EXPECT_EQ(found.at("origins").size(), 3U);
  EXPECT_EQ(found["origins"][0].at("origin"), "quadratics");
  EXPECT_EQ(found["origins"][0]["failures"].size(), 1U);
  for (const char* words :
       {" of 60 instances, less than 20 %\n  failed most, on ",
        ": short: γ·L_max ≤ 0.01 (false on ", "  then, on ",
        "  draw quadratics with γ = 1/L_max: applies to 0 of ", "here 'with γ = 0.01/L_max'"})
    EXPECT_NE(outcome.err.find(words), std::string::npos) << words << "\n" << outcome.err;
}

TEST_F(TheoremFile, SaysWhichOfItsDrawsItNeverAppliesTo) {
  write_claim(
      "theorem half\nassume F is convex\nfor every k\nclaim E‖w_k − w*‖² ≥ 0\n"
      "draw quadratics, quadratics with spectrum = −2..−1\n");
  const std::vector<std::string> verify{"verify", "claim.theorem", "--instances", "80", "--search",
                                        "0",      "--example",     noise_floor()};
  const auto outcome = graddiv(verify);
  EXPECT_EQ(outcome.code, 4);
  EXPECT_NE(outcome.err.find(" instances of its draw quadratics with spectrum = −2..−1\n"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.err.find("less than 20 %"), std::string::npos) << outcome.err;
  write_claim(
      "theorem whole\nassume F is convex\nfor every k\nclaim E‖w_k − w*‖² ≥ 0\ndraw quadratics, "
      "quadratics with spectrum = 1..2\n");
  EXPECT_EQ(graddiv(verify).code, 0);
}

TEST_F(TheoremFile, IsShownAndChecked) {
  write_claim("theorem t\nassume n ≥ 1\nclaim d/n ≤ 100\n");
  const auto shown = graddiv({"show", "claim.theorem"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("n ≥ 1  ⇒  d/n ≤ 100"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("\\frac{d}{n}\\le 100"), std::string::npos) << shown.out;
  const auto words = graddiv({"list", "--vocabulary", "--json"});
  EXPECT_GE(words.json().at("vocabulary").size(), 60U);
  // Those of worst-case families, which stand behind the library, are among them.
  EXPECT_NE(words.out.find("the functions are those of lower-fixed-step"), std::string::npos);
}

}  // namespace
}  // namespace graddiv::cli
