#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "formula/draw_line.h"
#include "sgd/instance.h"
#include "theorems/description.h"
#include "theorems/from_file.h"

namespace graddiv {
namespace {

/// Random descriptions, whatever may stand together.
class DescriptionsAtRandom {
 public:
  std::string next() {
    const std::string family = one_of({"quadratics", "linear-functions", "least-squares", "glm",
                                       "max-affine", "quadratics or max-affine",
                                       "least-squares or glm", "quadratics or glm or max-affine"});
    const auto has = [&](const char* name) { return family.find(name) != std::string::npos; };
    const bool is_glm_alone = family == "glm";
    const bool has_rows = !has("quadratics") && !has("max-affine");
    const bool has_interpolation = !has("linear-functions") && !has("max-affine") && is_true();
    changes_.clear();
    if (has(" or ")) perhaps("", {"mixed"});
    if (is_glm_alone) perhaps("loss = ", {"huber or squared", "sine", "geman-mcclure or huber"});
    if (has_rows) perhaps("‖x_i‖ = ", {"1", "1/2..3", "0..1"});
    if (!has("glm") && !has("least-squares") && !has("linear-functions"))
      perhaps("spectrum = ", {"1", "1/10..2", "{0, 1}", "{1, 1/10, 3}"});
    if (!has_interpolation) perhaps("regularization = ", {"1/10", "0..1"});
    if (has_interpolation) changes_.emplace_back("interpolation");
    perhaps("", {"neighbour"});
    const bool has_mechanism = is_true();
    if (has_mechanism)
      changes_.push_back("mechanism = " + one_of({"dropout", "langevin or quantization"}));
    if (is_true()) {
      changes_.push_back("W = " + one_of({"box", "ball", "product", "ball or box or R^d"}));
      perhaps("start = ", {"inside", "boundary", "inside or boundary"});
    }
    perhaps("d = ", {"1", "2..3", "1..4"});
    perhaps("n = ", {"1", "2..3", "4"});
    perhaps("B = ", {"1", "2..3", has_mechanism ? "4" : "full"});
    perhaps("K = ", {"1", "2..4"});
    std::string text = family;
    for (std::size_t i = 0; i < changes_.size(); ++i)
      text += (i == 0 ? " with " : " and ") + changes_[i];
    return text;
  }

 private:
  using Options = std::vector<std::string>;
  bool is_true() { return random_() % 2 == 0; }
  std::string one_of(const Options& options) { return options[random_() % options.size()]; }
  void perhaps(const std::string& name, const Options& values) {
    if (is_true()) changes_.push_back(name + one_of(values));
  }

  std::mt19937 random_{1};
  Options changes_;
};

bool is_among(long x, const Description::Counts& counts) {
  return counts.from <= x && x <= counts.to;
}

TEST(DescribedDraws, ArePrintedAsTheyAreReadAndObeyed) {
  DescriptionsAtRandom descriptions;
  for (int i = 0; i < 400; ++i) {
    const std::string text = descriptions.next();
    SCOPED_TRACE(text);
    const DrawLine line = parse_draw(text, {0, text.size()}, {});
    EXPECT_EQ(printed(line), text);
    const Theorem theorem =
        theorem_from("theorem t\nclaim n ≥ 1\ndraw " + text + "\n", "t.theorem");
    const Description asked = description_of(line);
    for (int number = 0; number < 4; ++number) {
      const Instance drawn = theorem.drawn_from.at(0).instance(1, number);
      SCOPED_TRACE(to_text(drawn));
      EXPECT_EQ(to_text(read_instance(JsonReader::from_text(to_text(drawn), "drawn"))),
                to_text(drawn));
      const Problem& problem = drawn.problem;
      EXPECT_TRUE(is_among(problem.dimension(), asked.dimension));
      EXPECT_TRUE(is_among(problem.size(), asked.functions));
      EXPECT_TRUE(std::ranges::find(asked.domains, problem.domain.kind()) != asked.domains.end());
      EXPECT_EQ(problem.domain.contains(enclose(drawn.run.start)), Truth::yes);
      EXPECT_TRUE(!asked.batch || is_among(drawn.run.batch(0), *asked.batch));
      EXPECT_TRUE(!asked.iterations || is_among(drawn.run.iterations, *asked.iterations));
      EXPECT_EQ(drawn.run.full_batch, asked.has_full_batch);
      EXPECT_EQ(drawn.run.mechanism.is_none(), asked.mechanisms.empty());
      EXPECT_EQ(drawn.neighbour.has_value(), asked.has_neighbour);
    }
  }
}

/// Every range meets every share of the step.
TEST(DescribedDraws, TakeEveryChoiceOfAClassWithEveryOther) {
  const Theorem theorem = theorem_from(
      "theorem t\nclaim n ≥ 1\ndraw convex with B = 1..2 and K = 1..3 and γ = 1\n", "t.theorem");
  std::set<std::string> seen;
  for (int i = 0; i < 36; ++i) {
    const auto run = theorem.drawn_from.at(0).instance(1, i).run;
    seen.insert(std::to_string(run.batch(0)) + " " + std::to_string(run.iterations) + " " +
                to_string(run.step(0)));
  }
  EXPECT_EQ(seen.size(), 30U) << "2·3·5: one share is there twice";
}

}  // namespace
}  // namespace graddiv
