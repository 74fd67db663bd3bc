#include "cli/testing/tool.h"
#include "theorems/catalogue.h"

namespace graddiv::cli {
namespace {

class Check : public testing::ToolTest {
 protected:
  // The file of the witness of a mutant.
  std::string witness(const Mutant& mutant) const { return write("witness.json", mutant.witness); }
};

TEST_F(Check, ProvesATheoremHypothesisByHypothesis) {
  const auto file = noise_floor();
  const auto outcome = graddiv({"check", "second-moment", file, "--json"});
  EXPECT_EQ(outcome.code, 0);
  const auto json = outcome.json();
  EXPECT_EQ(json.at("instance"), file);
  EXPECT_EQ(json.at("statement"), "second-moment");
  EXPECT_FALSE(json.contains("mutant"));
  EXPECT_EQ(json.at("verdict"), "proved");
  EXPECT_EQ(json.at("evidence"), "exact");
  EXPECT_EQ(json.at("hypotheses").size(),
            find_theorem("second-moment").statement.hypotheses().size());
  ASSERT_FALSE(json.at("conclusions").empty());
  for (const auto& conclusion : json["conclusions"]) {
    EXPECT_EQ(conclusion.at("holds"), "yes");
    EXPECT_EQ(conclusion.at("left").at("exact"), conclusion.at("right").at("exact"));
    EXPECT_EQ(conclusion.at("relation"), "=");
  }
}

TEST_F(Check, EveryMutantIsRefutedByItsWitnessWithExitCodeOne) {
  for (const auto& theorem : theorems()) {
    ASSERT_FALSE(theorem.mutants.empty()) << theorem.id;
    const auto& mutant = theorem.mutants.front();
    const auto outcome =
        graddiv({"check", theorem.id + "/" + mutant.id, witness(mutant), "--json"});
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_EQ(outcome.json().at("verdict"), "refuted");
    EXPECT_EQ(outcome.json().at("mutant"), mutant.id);
  }
}

TEST_F(Check, TextTellsTheVerdictAndWhatFails) {
  const auto& mutant = find_theorem("second-moment").mutants.front();
  const auto outcome = graddiv({"check", "second-moment/" + mutant.id, witness(mutant)});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.out.find("hypotheses\n"), std::string::npos);
  EXPECT_NE(outcome.out.find("✗"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("verdict: refuted, evidence: exact"), std::string::npos);
}

TEST_F(Check, WhatDoesNotApplyIsNoRefutation) {
  const auto outcome = graddiv({"check", "rate-strongly-convex", unbounded(), "--strict"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("verdict: not applicable"), std::string::npos) << outcome.out;
}

TEST_F(Check, NamesTheNormThatMakesAMechanismIrrational) {
  const auto file = write("norms.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "linear", "dimension": 2,
                "functions": [{"a": [1, 2]}, {"a": [1, 1]}, {"a": [3, 2]}, {"a": [1, -4]},
                              {"a": [2, 5]}]},
    "run": {"start": ["1/3", 0], "step": "1/10", "batch": 2, "iterations": 2,
            "mechanism": {"kind": "quantization", "levels": 1}}})");
  const auto outcome = graddiv({"check", "mechanism-general", file});
  EXPECT_EQ(outcome.code, 0);
  const std::string norm = "the norm of ∇f_1 at the start, the root of 5, is irrational";
  EXPECT_NE(outcome.out.find(norm), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("\n  not claimed at "), std::string::npos) << outcome.out;
  const auto json = graddiv({"check", "mechanism-general", file, "--json"}).json();
  const auto& left_out = json.at("left_out");
  ASSERT_FALSE(left_out.empty());
  EXPECT_NE(left_out[0].get<std::string>().find(norm), std::string::npos) << left_out;
}

TEST_F(Check, ShowsTheSampleBehindAProbability) {
  for (const auto& mutant : find_theorem("glm-gaussian").mutants) {
    if (mutant.id != "half-d") continue;
    const auto file = witness(mutant);
    const auto refuted = graddiv({"check", "glm-gaussian/half-d", file, "--json"});
    EXPECT_EQ(refuted.code, 1);
    EXPECT_EQ(refuted.json().at("verdict"), "refuted");
    EXPECT_EQ(refuted.json().at("evidence"), "statistical");
    const auto sample = refuted.json().at("conclusions").at(0).at("sample");
    EXPECT_EQ(sample.at("draws"), 64);
    EXPECT_EQ(sample.at("failures"), 64);
    EXPECT_EQ(sample.at("undecided"), 0);
    EXPECT_EQ(sample.at("error_level").at("exact"), "1/1000000");
    EXPECT_TRUE(sample.contains("detectable"));

    const auto supported = graddiv({"check", "glm-gaussian", file, "--strict"});
    EXPECT_EQ(supported.code, 0);
    EXPECT_NE(supported.out.find("verdict: supported, evidence: statistical"), std::string::npos);
    EXPECT_NE(supported.out.find("0 of 64 draws failed: the failure probability is at most 0.212 "
                                 "with confidence 1 − 1e-6"),
              std::string::npos)
        << supported.out;
    return;
  }
  FAIL() << "no such mutant";
}

TEST_F(Check, ShowsTheMostTellingConclusionsOrAll) {
  const auto file = write("long.json", R"({"format": "graddiv-instance/1",
  "problem": {"family": "quadratic", "dimension": 1,
              "functions": [{"A": [[1]], "c": [1]}, {"A": [[1]], "c": [-1]}],
              "domain": {"kind": "all"}},
  "run": {"start": ["1/4"], "step": "1/100", "batch": 1, "iterations": 160}})");
  const auto brief = graddiv({"check", "rate-strongly-convex", file});
  EXPECT_EQ(brief.code, 0);
  EXPECT_NE(brief.out.find("more (--all shows them)"), std::string::npos) << brief.out;
  const auto all = graddiv({"check", "rate-strongly-convex", file, "--all"});
  EXPECT_EQ(all.out.find("more (--all"), std::string::npos);
  EXPECT_GT(all.out.size(), brief.out.size());
}

// Both sides of the recursion are one number of 46,000 digits at the end.
TEST_F(Check, DecidesLongRunsInTimeLinearInThem) {
  const auto file = write("long-run.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1,
                "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}]},
    "run": {"start": [0], "step": "1/10", "batch": 2, "iterations": 10000}})");
  for (const int iterations : {1000, 5000, 10000, 20000}) {
    const auto outcome = graddiv({"check", "rate-strongly-convex", file, "--iterations",
                                  std::to_string(iterations), "--json"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    EXPECT_EQ(outcome.json().at("verdict"), "proved") << iterations;
    // Exact numbers take time by the cube of the iterations.
    const std::string how = outcome.json().at("provenance");
    EXPECT_TRUE(how.starts_with(iterations == 1000 ? "moments, rational" : "moments, interval"))
        << iterations << ": " << how;
  }
}

// A run whose recursion is an equation needs exact numbers, which are long.
TEST_F(Check, TurnsToExactNumbersWhereIntervalsCannotDecideALongRun) {
  const auto file = write("long-run.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1,
                "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}]},
    "run": {"start": [0], "step": "1/10", "batch": 2, "iterations": 2000}})");
  const auto json = graddiv({"check", "lower-noise-floor", file, "--json"}).json();
  EXPECT_EQ(json.at("verdict"), "proved");
  EXPECT_EQ(json.at("provenance"), "moments, rational");
  const auto longer =
      graddiv({"check", "lower-noise-floor", file, "--iterations", "10000", "--json"}).json();
  EXPECT_EQ(longer.at("verdict"), "inconclusive");
  EXPECT_EQ(longer.at("provenance"), "moments, interval (exact values would take up to 451 MB)");
  EXPECT_EQ(longer.at("exact_megabytes"), 451);

  // What more room would decide says so, with the flag and the number that are enough.
  const std::vector<std::string> command{"check", "lower-noise-floor", file, "--exact-memory"};
  const auto with_room = [&](const std::string& megabytes) {
    auto all = command;
    all.push_back(megabytes);
    return graddiv(all).out;
  };
  const std::string little = with_room("2");
  EXPECT_NE(little.find("verdict: inconclusive"), std::string::npos) << little;
  const std::string flag = "exact values might decide it, and take up to ";
  const auto at = little.find(flag);
  ASSERT_NE(at, std::string::npos) << little;
  const auto end = little.find(" MB: --exact-memory ", at);
  const std::string enough = little.substr(at + flag.size(), end - at - flag.size());
  EXPECT_NE(little.find(" MB: --exact-memory " + enough), std::string::npos) << little;
  EXPECT_NE(with_room(enough).find("verdict: proved, evidence: exact"), std::string::npos);
}

TEST_F(Check, NamesTheReferencePoint) {
  const auto file = write("two-minima.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "geman-mcclure", "dimension": 1, "rows": [[1], [1]],
                "targets": [3, -3]},
    "run": {"start": [1], "step": "1/4", "batch": 2, "iterations": 1}})");
  const std::string reference =
      "x = (2), the point of W nearest to w_0 + (1, …, 1), as w* is not known";
  const auto text = graddiv({"check", "one-step", file}).out;
  EXPECT_NE(text.find("distances are measured from " + reference), std::string::npos) << text;
  EXPECT_EQ(graddiv({"check", "one-step", file, "--json"}).json().at("reference"), reference);
}

TEST_F(Check, SaysOfWhatItsEvidenceIsKnown) {
  const auto file = write("logistic.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "logistic", "dimension": 1, "rows": [[1], [2]],
                "targets": [1, -1]},
    "run": {"start": [1], "step": "1/4", "batch": 2, "iterations": 1}})");
  const auto text = graddiv({"check", "second-moment", file}).out;
  EXPECT_NE(text.find("verdict: proved, evidence: exact at surrogates"), std::string::npos) << text;
  const auto json = graddiv({"check", "second-moment", file, "--json"}).json();
  EXPECT_EQ(json.at("evidence"), "exact at surrogates");
}

// Five draws lead to 252 points, each with a value of its own denominator.
TEST_F(Check, TakesMeansOverDrawsThatHaveLongNumbers) {
  const auto file = write("batch-5.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "glm", "loss": "geman-mcclure", "dimension": 1,
                "rows": [["9/7"], ["3"], ["1"], ["2"], ["3"], ["2"]],
                "targets": ["-9", "0", "93/10", "-5/2", "-8/3", "100"],
                "domain": {"kind": "all"}},
    "run": {"start": ["-463/128"], "step": "1/1000", "batch": 5, "iterations": 1}})");
  const double before = seconds_of_tools();
  const auto outcome = graddiv({"check", "one-step-smooth", file, "--json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.json().at("verdict"), "proved");
  EXPECT_LT(seconds_of_tools() - before, 10);
}

TEST_F(Check, UnknownStatementsAreErrorsWithSuggestions) {
  const auto file = noise_floor();
  expect_bad_input(graddiv({"check", "glmm", file}), "did you mean 'glm'");
  expect_bad_input(graddiv({"check", "glm/nonsense", file}), "'glm' has no mutant 'nonsense'");
}

// E‖w_1 − w*‖² ≤ … is decided by runs; with half the noise floor claimed it is refuted by them.
TEST_F(Check, SupportsAndRefutesByRunsWhereAsked) {
  const auto file = write("runs.json", R"({"format": "graddiv-instance/1",
    "problem": {"family": "quadratic", "dimension": 1,
                "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}]},
    "run": {"start": [4], "step": "1/10", "batch": 1, "iterations": 40}})");
  const auto check = [&](const std::string& id, const std::string& runs) {
    return graddiv({"check", id, file, "--engine", "sampling", "--runs", runs, "--json"}).json();
  };
  const auto many = check("rate-strongly-convex", "20000");
  EXPECT_EQ(many.at("verdict"), "supported") << many.dump(1);
  EXPECT_EQ(many.at("provenance"), "sampling, double");
  const std::string reason = many.at("reason");
  EXPECT_NE(reason.find("unless a sample misled (with probability 5e-7 at most)"),
            std::string::npos)
      << reason;
  EXPECT_NE(reason.find(" times the bound would have been refuted"), std::string::npos) << reason;
  EXPECT_EQ(check("rate-strongly-convex", "20").at("verdict"), "inconclusive");
  expect_bad_input(graddiv({"check", "rate-convex", file, "--error-level", "1e-3"}),
                   "--error-level: only with --engine sampling");
}

}  // namespace
}  // namespace graddiv::cli
