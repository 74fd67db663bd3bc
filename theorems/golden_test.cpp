#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unordered_set>

#include "claim/check.h"
#include "instances/classes.h"
#include "sgd/instance.h"
#include "theorems/testing/each_theorem.h"

// What every statement says of a set of instances: its hypotheses one by one, both sides of its
// conclusions, their relation. Whoever changes a bound, a relation or a hypothesis finds it here as
// a difference to be read.
namespace graddiv {
namespace {

struct Named {
  std::string name;
  std::string instance;
};

const std::string parabola =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["0"]}])";
const std::string concave =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["-1"]], "c": ["0"]}])";
const std::string floor = R"("family": "quadratic", "dimension": 1,
  "functions": [{"A": [["1"]], "c": ["1"]}, {"A": [["1"]], "c": ["-1"]}])";
const std::string unequal = R"("family": "quadratic", "dimension": 2,
  "functions": [{"A": [["2", "0"], ["0", "1"]], "c": ["1", "0"]}, {"A": [["1", "1"], ["1", "3"]],
    "c": ["0", "-1"]}])";
const std::string indefinite_parts = R"("family": "quadratic", "dimension": 1,
  "functions": [{"A": [["3"]], "c": ["1"]}, {"A": [["-1"]], "c": ["0"]}])";
const std::string slopes =
    R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["2"]}])";
const std::string opposed =
    R"("family": "linear", "dimension": 1, "functions": [{"a": ["1"]}, {"a": ["-1/2"]}])";
const std::string no_slopes = R"("family": "linear", "dimension": 1, "functions": [{"a": ["0"]}])";
const std::string long_row =
    R"("family": "linear", "dimension": 2, "functions": [{"a": ["3", "4"]}, {"a": ["1", "0"]}])";
const std::string rows = R"("family": "least-squares", "dimension": 2,
  "rows": [["1", "0"], ["1", "1"], ["0", "2"]], "targets": ["1", "0", "1"])";
const std::string flat_rows =
    R"("family": "least-squares", "dimension": 2, "rows": [["1", "1"]], "targets": ["1"])";
const std::string huber =
    R"("family": "glm", "loss": "huber", "tau": "1", "dimension": 1, "rows": [["1"], ["2"]],
    "targets": ["0", "3"])";
const std::string logistic =
    R"("family": "glm", "loss": "logistic", "dimension": 1, "rows": [["1"], ["1"]], "targets": ["1",
    "-1"])";
const std::string bump =
    R"("family": "glm", "loss": "geman-mcclure", "dimension": 1, "rows": [["1"]], "targets":
    ["0"])";

const std::string block = R"("family": "max-affine", "dimension": 2,
  "functions": [{"pieces": [{"a": ["1", "0"]}, {"a": ["0", "1"]}], "curvature": ["1", "1"]}])";
const std::string long_block = R"("family": "max-affine", "dimension": 4,
  "functions": [{"pieces": [{"a": ["1", "0", "0", "0"]}, {"a": ["0", "1", "0", "0"]}, {"a": ["0",
    "0", "1", "0"]},
                            {"a": ["0", "0", "0", "1"]}], "curvature": ["1", "1", "1", "1"]}])";
/// m blocks of two coordinates, one function each.
std::string blocks(int m) {
  const auto numbers = [m](const std::vector<int>& ones) {
    std::string text;
    for (int j = 0; j < 2 * m; ++j)
      text += std::string(j > 0 ? ", " : "") + (std::ranges::count(ones, j) ? R"("1")" : R"("0")");
    return "[" + text + "]";
  };
  std::string functions;
  for (int i = 0; i < m; ++i) {
    functions += std::string(i > 0 ? ", " : "") + R"({"pieces": [{"a": )" + numbers({2 * i}) +
                 R"(}, {"a": )" + numbers({2 * i + 1}) + R"(}], "curvature": )" +
                 numbers({2 * i, 2 * i + 1}) + "}";
  }
  return R"("family": "max-affine", "dimension": )" + std::to_string(2 * m) +
         R"(, "functions": [)" + functions + "]";
}

/// A ball about 0 of radius 1.
std::string unit_ball(int d) {
  std::string center = R"("0")";
  for (int j = 1; j < d; ++j) center += R"(, "0")";
  return R"({"kind": "ball", "center": [)" + center + R"(], "radius": "1"})";
}
std::string two_unit_balls(int d) {
  return R"({"kind": "product", "factors": [)" + unit_ball(d) + ", " + unit_ball(d) + "]}";
}

const std::string long_valley = R"("family": "quadratic", "dimension": 2,
  "functions": [{"A": [["1", "0"], ["0", "16"]], "c": ["0", "0"]}])";
const std::string valley = R"("family": "quadratic", "dimension": 2,
  "functions": [{"A": [["1", "0"], ["0", "4"]], "c": ["0", "0"]}])";

std::string on_a_box(const std::string& problem, int lower, int upper) {
  const auto end = [&](int x) { return R"([")" + std::to_string(x) + R"("])"; };
  return problem + R"(, "domain": {"kind": "box", "lower": )" + end(lower) + R"(, "upper": )" +
         end(upper) + "}";
}

std::string run(const std::string& start, const std::string& step, const std::string& batch,
                int iterations) {
  return R"("start": [)" + start + R"(], "step": )" + step + R"(, "batch": )" + batch +
         R"(, "iterations": )" + std::to_string(iterations);
}

std::string with_neighbour(const std::string& problem, const std::string& run,
                           const std::string& replacement) {
  return R"({"format": "graddiv-instance/1", "problem": {)" + problem + R"(}, "run": {)" + run +
         R"(}, "neighbour": {"index": 0, "replacement": {)" + replacement + "}}}";
}
const std::string other_parabola =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["1"]], "c": ["2"]}])";
const std::string other_slope =
    R"("family": "linear", "dimension": 1, "functions": [{"a": ["-1"]}])";
const std::string other_hubers =
    R"("family": "glm", "loss": "huber", "tau": "1", "dimension": 1, "rows": [["1"]], "targets":
    ["5"])";
const std::string other_concave =
    R"("family": "quadratic", "dimension": 1, "functions": [{"A": [["-1"]], "c": ["1"]}])";

std::string with(const std::string& run, const std::string& mechanism) {
  return run + R"(, "mechanism": {)" + mechanism + "}";
}
const std::string half = R"("kind": "dropout", "keep": "1/2")";
const std::string half_shared = half + R"(, "sharing": "shared")";
const std::string langevin = R"("kind": "langevin", "variance": "1")";
const std::string two_levels = R"("kind": "quantization", "levels": 2)";
const std::string one_level = R"("kind": "quantization", "levels": 1)";

std::string random_rows(const std::string& law, int n, int d) {
  std::string origin = "\"0\"";
  for (int j = 1; j < d; ++j) origin += ", \"0\"";
  return witness(R"("family": "random-rows", "law": ")" + law + R"(", "functions": )" +
                     std::to_string(n) + R"(, "dimension": )" + std::to_string(d) +
                     R"(, "seed": 1)",
                 run(origin, "\"1\"", "1", 0));
}

std::vector<Named> instances() {
  return {
      {"a parabola", witness(parabola, run("\"1\"", "\"1/4\"", "2", 2))},
      {"one draw", witness(floor, run("\"1\"", "\"1/2\"", "1", 2))},
      {"three draws", witness(floor, run("\"1\"", "\"1/8\"", "3", 2))},
      {"unequal curvatures", witness(unequal, run(R"("1", "-1")", "\"1/8\"", "2", 2))},
      {"steps that vary", witness(floor, run("\"1\"", R"(["1/4", "1/8"])", "1", 2))},
      {"batches that vary", witness(floor, run("\"1\"", "\"1/8\"", "[1, 2]", 2))},
      {"no step", witness(floor, run("\"1\"", "\"0\"", "2", 2))},
      {"a step uphill", witness(floor, run("\"1\"", "\"-1/4\"", "1", 2))},
      {"a step beyond every threshold", witness(floor, run("\"1\"", "\"5\"", "2", 2))},
      {"no iteration", witness(floor, run("\"1\"", "\"1/4\"", "1", 0))},
      {"a box", witness(on_a_box(floor, -1, 2), run("\"1\"", "\"1/2\"", "2", 2))},
      {"a start outside", witness(on_a_box(floor, -1, 2), run("\"3\"", "\"1/2\"", "1", 2))},
      {"a minimiser on the boundary",
       witness(on_a_box(slopes, 0, 9), run("\"1\"", "\"1/2\"", "1", 2))},
      {"concave", witness(concave, run("\"1\"", "\"1/8\"", "1", 2))},
      {"concave on a box", witness(on_a_box(concave, -1, 2), run("\"1\"", "\"1/8\"", "1", 2))},
      {"indefinite parts", witness(indefinite_parts, run("\"1\"", "\"1/8\"", "2", 2))},
      {"slopes", witness(slopes, run("\"1\"", "\"1/2\"", "2", 2))},
      {"opposed slopes", witness(opposed, run("\"1\"", "\"1/2\"", "2", 1))},
      {"no slopes", witness(no_slopes, run("\"1\"", "\"1/2\"", "2", 1))},
      {"rows", witness(rows, run(R"("1", "2")", "\"1/8\"", "2", 2))},
      {"rows that leave a direction flat",
       witness(flat_rows, run(R"("1", "2")", "\"1/8\"", "2", 2))},
      {"huber", witness(huber, run("\"1\"", "\"1/4\"", "2", 2))},
      {"logistic", witness(logistic, run("\"1\"", "\"1/4\"", "2", 1))},
      {"geman-mcclure", witness(bump, run("\"1\"", "\"1/4\"", "2", 2))},
      {"a neighbour",
       with_neighbour(on_a_box(floor, -3, 3), run("\"1\"", "\"1/8\"", "2", 2), other_parabola)},
      {"a neighbour of slopes",
       with_neighbour(slopes, run("\"1\"", "\"1/2\"", "2", 2), other_slope)},
      {"a neighbour of hubers",
       with_neighbour(huber, run("\"1\"", "\"1/16\"", "2", 2), other_hubers)},
      {"a neighbour of a concave function",
       with_neighbour(on_a_box(concave, -3, 3), run("\"1\"", "\"1/8\"", "2", 2), other_concave)},
      {"a neighbour and steps that vary",
       with_neighbour(slopes, run("\"1\"", R"(["1/2", "1/4"])", "2", 2), other_slope)},
      {"a neighbour and batches that vary",
       with_neighbour(slopes, run("\"1\"", "\"1/2\"", "[1, 2]", 2), other_slope)},
      {"a neighbour and no step",
       with_neighbour(on_a_box(floor, -3, 3), run("\"1\"", "\"0\"", "2", 1), other_parabola)},
      {"a neighbour and a start outside",
       with_neighbour(on_a_box(floor, -3, 3), run("\"4\"", "\"1/8\"", "2", 1), other_parabola)},
      {"a neighbour and no bound on slopes",
       with_neighbour(floor, run("\"1\"", "\"1/8\"", "2", 1), other_parabola)},
      {"dropout", witness(floor, with(run("\"1\"", "\"1/8\"", "2", 2), half))},
      {"shared dropout", witness(floor, with(run("\"1\"", "\"1/8\"", "2", 2), half_shared))},
      {"dropout of opposed slopes", witness(opposed, with(run("\"1\"", "\"1/2\"", "2", 1), half))},
      {"dropout of nothing", witness(no_slopes, with(run("\"1\"", "\"1/2\"", "2", 1), half))},
      {"langevin", witness(floor, with(run("\"1\"", "\"1/8\"", "2", 2), langevin))},
      {"langevin on a box",
       witness(on_a_box(floor, -1, 2), with(run("\"1\"", "\"1/8\"", "2", 2), langevin))},
      {"quantization", witness(long_row, with(run(R"("1", "2")", "\"1/8\"", "2", 1), two_levels))},
      {"quantization to one level",
       witness(long_row, with(run(R"("1", "2")", "\"1/8\"", "2", 1), one_level))},
      {"blocks of lower-replicated", witness(block, run(R"("0", "0")", "\"1/3\"", "2", 1))},
      {"such blocks on a ball",
       witness(block + R"(, "domain": {"kind": "ball", "center": ["0", "0"], "radius": "1"})",
               run(R"("0", "0")", "\"1/3\"", "3", 1))},
      {"such blocks, not from 0", witness(block, run(R"("1", "0")", "\"1/3\"", "2", 1))},
      {"blocks of lower-fixed-step", witness(valley, run(R"("1", "1")", "\"1/8\"", "2", 2))},
      {"such blocks, from elsewhere", witness(valley, run(R"("1", "2")", "\"1/8\"", "2", 2))},
      {"such a block and more iterations", witness(block, run(R"("0", "0")", "\"1/3\"", "2", 2))},
      {"two such blocks on a ball that just holds w*",
       witness(blocks(2) + R"(, "domain": )" + unit_ball(4),
               run(R"("0", "0", "0", "0")", "\"1/3\"", "4", 1))},
      {"two such blocks on two balls", witness(blocks(2) + R"(, "domain": )" + two_unit_balls(2),
                                               run(R"("0", "0", "0", "0")", "\"1/3\"", "4", 1))},
      {"three such blocks on two balls",
       witness(blocks(3) + R"(, "domain": )" + two_unit_balls(3),
               run(R"("0", "0", "0", "0", "0", "0")", "\"1/3\"", "4", 1))},
      {"such blocks and batches that vary",
       witness(long_block, run(R"("0", "0", "0", "0")", "\"1/3\"", "[2, 3]", 2))},
      {"a long block of lower-fixed-step",
       witness(long_valley, run(R"("1", "1")", "\"1/16\"", "1", 2))},
      {"such a block and the largest stable step",
       witness(long_valley, run(R"("0", "1")", "\"1/8\"", "1", 2))},
      {"such a block and a step just too large",
       witness(long_valley, run(R"("0", "1")", "\"3/16\"", "1", 2))},
      {"dropout up to its horizon", witness(floor, with(run("\"1\"", "\"1/4\"", "1", 6), half))},
      {"shared dropout up to its horizon",
       witness(floor, with(run("\"1\"", "\"1/4\"", "2", 3), half_shared))},
      {"langevin up to its horizon",
       witness(floor, with(run("\"1\"", "\"1/4\"", "1", 6), langevin))},
      {"a floor up to its horizon", witness(floor, run("\"1\"", "\"1/4\"", "1", 4))},
      {"gaussian rows", random_rows("gaussian", 70, 68)},
      {"few gaussian rows", random_rows("gaussian", 4, 68)},
      {"gaussian rows of a trivial bound", random_rows("gaussian", 20, 18)},
      {"gaussian rows of a trivial probability", random_rows("gaussian", 60, 60)},
      {"rademacher rows", random_rows("rademacher", 54, 54)},
      {"rademacher rows of a trivial bound", random_rows("rademacher", 3, 3)},
  };
}

std::string sign(Relation r) {
  switch (r) {
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::equal:
      return "=";
    case Relation::greater_equal:
      return ">=";
    case Relation::greater:
      return ">";
  }
  return "?";
}

std::string mark(Truth t) { return t == Truth::yes ? "yes" : t == Truth::no ? "no" : "unknown"; }

/// "proved, exact [yes yes]": how a check ended, with the hypotheses that it asked.
std::string outcome(const Finding& f) {
  std::string text = std::string(to_string(f.verdict)) + ", " + std::string(to_string(f.evidence));
  std::string marks;
  for (const HypothesisFinding& h : f.hypotheses)
    marks += (marks.empty() ? "" : " ") + (h.is_asked ? mark(h.holds) : "-");
  return text + " [" + marks + "]";
}

std::string conclusions(const Finding& f) {
  std::string text;
  for (const ConclusionFinding& c : f.conclusions) {
    const Comparison& both = c.conclusion.comparison;
    text += "  " + std::string(c.conclusion.is_lemma ? "lemma, " : "") +
            to_string(c.conclusion.place) + ": " + both.left.to_string(8) + " " +
            sign(both.relation) + " " + both.right.to_string(8) + "\n";
  }
  return text;
}
void expect_places_of_their_own(const Finding& f) {
  std::unordered_set<Place> places;
  for (const ConclusionFinding& c : f.conclusions) {
    EXPECT_TRUE(places.insert(c.conclusion.place).second)
        << "two conclusions at " << to_string(c.conclusion.place);
  }
}

/// "title: a, b, c", with as many names to a line as a reviewer's window has room for.
std::string listed(const std::string& title, const std::vector<std::string>& names) {
  constexpr std::size_t columns = 100;
  std::string text = title + "\n";
  std::string line;
  for (const std::string& name : names) {
    if (!line.empty() && line.size() + 2 + name.size() > columns) {
      text += line + ",\n";
      line.clear();
    }
    line += (line.empty() ? "  " : ", ") + name;
  }
  return text + line + "\n";
}

// The headings of a golden file. What stands under the first one in it chooses the instances that
// are written out in full: a few telling ones, so that a person can review a change; of all others
// the outcome is kept.
const std::string in_full = "in full";
const std::string in_brief = "in brief";

/// The names under `in_full` in a golden file: lines that are not indented, up to ": ".
std::vector<std::string> chosen(const std::string& golden) {
  std::vector<std::string> names;
  std::istringstream lines(golden);
  bool is_within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == in_full) {
      is_within = true;
    } else if (line == in_brief) {
      break;
    } else if (is_within && !line.starts_with(' ')) {
      names.push_back(line.substr(0, line.find(": ")));
    }
  }
  return names;
}

std::string golden_text(const Theorem& theorem, const std::vector<std::string>& telling) {
  std::string full;
  std::vector<std::pair<std::string, std::vector<std::string>>> brief;
  for (const Named& named : instances()) {
    const Instance instance = read_instance(JsonReader::from_text(named.instance, named.name));
    // What has a law of rows is for the statements on these, and large.
    const bool is_about_laws = theorem.drawn_from.front().name.ends_with("-rows");
    if ((instance.problem.sum->row_law() != nullptr) != is_about_laws) continue;
    const Finding finding = check(theorem.statement, instance);
    expect_places_of_their_own(finding);
    const std::string ended = outcome(finding);
    if (std::ranges::count(telling, named.name) > 0) {
      full += named.name + ": " + ended + "\n" + conclusions(finding);
      continue;
    }
    auto group = std::ranges::find(brief, ended, [](const auto& g) { return g.first; });
    if (group == brief.end()) group = brief.insert(brief.end(), {ended, {}});
    group->second.push_back(named.name);
  }
  std::string text = "hypotheses\n";
  for (const Hypothesis& h : theorem.statement.hypotheses()) text += "  " + h.text.plain() + "\n";
  text += in_full + "\n" + full + in_brief + "\n";
  for (const auto& [ended, names] : brief) text += listed(ended, names);
  return text;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, SaysWhatItsFileSays) {
  const auto file = std::filesystem::path(GRADDIV_GOLDEN) / (GetParam() + ".txt");
  std::ostringstream expected;
  expected << std::ifstream(file, std::ios::binary).rdbuf();
  const std::vector<std::string> telling = chosen(expected.str());
  const std::string actual = golden_text(find_theorem(GetParam()), telling);
  if (const char* update = std::getenv("GRADDIV_UPDATE_GOLDEN");
      update && std::string(update) == "1") {
    std::ofstream(file, std::ios::binary) << actual;
  }
  EXPECT_FALSE(telling.empty()) << file.filename() << " writes out no instance";
  for (const std::string& name : telling) {
    const std::string begins = "\n" + name + ": ";
    ASSERT_NE(actual.find(begins), std::string::npos) << "no instance is called " << name;
    EXPECT_EQ(actual.find(begins + "not applicable"), std::string::npos)
        << name << " tells nothing of " << GetParam();
  }
  std::istringstream is(actual);
  std::istringstream was(expected.str());
  std::string line;
  std::string line_before;
  for (int number = 1; std::getline(is, line); ++number) {
    if (!std::getline(was, line_before)) line_before = "nothing";
    ASSERT_EQ(line, line_before)
        << file.filename() << ", line " << number
        << "\nIf the change is meant, run the test with GRADDIV_UPDATE_GOLDEN=1 and read the diff.";
  }
  EXPECT_FALSE(std::getline(was, line_before)) << file.filename() << " has more: " << line_before;
}

INSTANTIATE_TEST_SUITE_P(, Golden, testing::ValuesIn(test::theorem_ids()), test::name_of);

}  // namespace
}  // namespace graddiv
