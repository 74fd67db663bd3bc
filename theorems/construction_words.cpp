#include "theorems/construction_words.h"

#include <algorithm>
#include <map>
#include <memory>

#include "constructions/catalogue.h"
#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"
#include "number/exact.h"
#include "sgd/instance.h"

namespace graddiv {
namespace words_of_constructions {
namespace {

using vocabulary_part::number;
using vocabulary_part::property;

constexpr char fixed_step[] = "lower-fixed-step";
constexpr char replicated[] = "lower-replicated";

using Parameters = std::map<std::string, Rational>;

/// Of the member of a family that the functions are; nothing where they are others. A statement
/// asks many times of the same functions.
std::optional<Parameters> member(const Scope& s, const char* family) {
  struct Known {
    std::shared_ptr<const FiniteSum> sum;
    std::map<std::string, std::optional<Parameters>> members;
  };
  static thread_local Known known;
  const auto& sum = s.c().instance().problem.sum;
  if (known.sum != sum) known = {sum, {}};
  auto [at, is_new] = known.members.try_emplace(family);
  if (is_new) {
    if (const auto found = find_construction(family).recognise(*sum))
      at->second = Parameters(found->begin(), found->end());
  }
  return at->second;
}

/// A parameter by its name, of whichever of the families the functions are a member of.
Enclosure parameter(const Scope& s, const std::vector<const char*>& families,
                    const std::string& name) {
  for (const char* family : families)
    if (const auto found = member(s, family)) return enclose(found->at(name));
  throw NotCertified("the functions are not those of " + Text::words(families.front()));
}

Symbol parameter_word(std::string word, std::string spelling, std::string latex,
                      const std::vector<const char*>& families, const std::string& name,
                      std::string meaning) {
  return number(std::move(word), {std::move(spelling)}, std::move(latex), Under::nothing,
                std::move(meaning),
                [families, name](const Scope& s) { return parameter(s, families, name); });
}

Symbol are_those_of(const char* family) {
  const std::string words = std::string("the functions are those of ") + family;
  std::string word = std::string("is_") + family;
  std::ranges::replace(word, '-', '_');
  return property(word, {words}, "the functions are those of \\texttt{" + std::string(family) + "}",
                  Under::nothing, "graddiv construct " + std::string(family) + " makes such",
                  [family](const Scope& s) { return truth(member(s, family).has_value()); });
}

// The blocks of lower-fixed-step have two coordinates, of curvature λ_c and β_c in turn.
Enclosure start_along(const Scope& s, int parity) {
  parameter(s, {fixed_step}, "blocks");
  const Vector<Rational>& start = s.c().instance().run.start;
  Rational sum = 0;
  for (Eigen::Index j = parity; j < start.size(); j += 2) sum += start(j) * start(j);
  return enclose(sum);
}

/// Where m is no integer one block is smaller than the others, the last.
Truth rest_is_at_rest(const Scope& s) {
  const auto f = member(s, fixed_step);
  if (!f) return Truth::no;
  const Vector<Rational>& start = s.c().instance().run.start;
  for (Eigen::Index j = 0; j < start.size(); ++j)
    if (j / 2 + 1 > f->at("blocks") && start(j) != 0) return Truth::no;
  return Truth::yes;
}

std::vector<Domain> factors_of(const Domain& W) {
  return W.kind() == Domain::Kind::product ? W.factors() : std::vector<Domain>{W};
}

/// The balls about 0, all of one radius and dimension, that W is the product of: itself for a ball,
/// none where it is no such product.
std::vector<Domain> balls_about_zero(const Domain& W) {
  const std::vector<Domain> balls = factors_of(W);
  const auto is_like_the_first = [&](const Domain& ball) {
    return ball.kind() == Domain::Kind::ball && ball.center().isZero() &&
           ball.radius() == balls.front().radius() && ball.dimension() == balls.front().dimension();
  };
  return std::ranges::all_of(balls, is_like_the_first) ? balls : std::vector<Domain>{};
}

/// w* on R^d has ‖v*‖² = p (G/(ap))² on each of the m blocks of p coordinates, a = mλ.
Truth keeps_the_minimiser(const Scope& s) {
  const Domain& W = s.c().instance().problem.domain;
  if (s.c().unconstrained() == Truth::yes) return Truth::yes;
  const auto f = member(s, replicated);
  const std::vector<Domain> balls = balls_about_zero(W);
  if (!f || balls.empty()) return Truth::no;
  const Rational count = static_cast<long>(balls.size());
  const Rational m = f->at("blocks");
  const Rational aR = m * f->at("lambda") * balls.front().radius();
  const Rational p = 2 * f->at("iterations");
  const Rational G = f->at("G");
  return truth((count == 1 || count == m) && m * G * G <= count * aR * aR * p);
}

/// Runs projected onto balls of radius G/a, where M² ≤ 4G².
Truth is_held(const Scope& s) {
  const auto f = member(s, replicated);
  const std::vector<Domain> balls = balls_about_zero(s.c().instance().problem.domain);
  if (!f || balls.empty()) return Truth::no;
  return truth(balls.front().radius() * f->at("blocks") * f->at("lambda") <= f->at("G"));
}

Enclosure largest_second_moment(const Scope& s) {
  Enclosure largest = 0;
  for (const Point& w : s.c().points()) largest = max(largest, w.second_moment());
  return largest;
}

}  // namespace
}  // namespace words_of_constructions

std::vector<Symbol> construction_words() {
  using namespace words_of_constructions;
  return {
      are_those_of(fixed_step),
      are_those_of(replicated),
      parameter_word("blocks", "m_c", "m", {fixed_step, replicated}, "blocks",
                     "the number of blocks of lower-fixed-step or lower-replicated"),
      parameter_word("copies", "r_c", "r", {replicated}, "copies",
                     "how often lower-replicated has each function"),
      parameter_word("slope", "G_c", "G", {replicated}, "G", "of lower-replicated"),
      parameter_word("lambda_c", "λ_c", "\\lambda", {fixed_step, replicated}, "lambda",
                     "the λ that the construction is made with"),
      parameter_word("beta_c", "β_c", "\\beta", {fixed_step}, "beta",
                     "the β that the construction is made with"),
      number("flat_start", {"‖w_0‖²_λ"}, "\\|w_0\\|^2_\\lambda", Under::nothing,
             "Σ w_0,j² over the coordinates of curvature λ of lower-fixed-step",
             [](const Scope& s) { return start_along(s, 0); }),
      number("steep_start", {"‖w_0‖²_β"}, "\\|w_0\\|^2_\\beta", Under::nothing,
             "Σ w_0,j² over the coordinates of curvature β of lower-fixed-step",
             [](const Scope& s) { return start_along(s, 1); }),
      property("rest_at_rest", {"the smaller block starts at its minimiser"},
               "the smaller block, if there is one, starts at its minimiser", Under::nothing,
               "of lower-fixed-step where m is no integer", rest_is_at_rest),
      property("is_2K_wide", {"the blocks have $2K$ coordinates"},
               "the blocks have $2K$ coordinates", Under::nothing, "of lower-replicated",
               [](const Scope& s) {
                 const auto f = member(s, replicated);
                 return truth(f && f->at("iterations") == s.c().iterations());
               }),
      property("start_is_0", {"$w_0 = 0$"}, "$w_0=0$", Under::nothing, "the run starts at 0",
               [](const Scope& s) { return truth(s.c().instance().run.start.isZero()); }),
      property(
          "keeps_minimiser",
          {"$W$ is $R^d$, a ball about 0 that holds $w*$, or one for each block"},
          "$W=\\mathbb{R}^d$, or $W$ is a ball about $0$ that holds $w^*$, or one for each block",
          Under::nothing, "of lower-replicated", keeps_the_minimiser),
      property("is_held", {"$W$ is made of balls about 0 of radius at most $G_c/(m_cλ_c)$"},
               "$W$ is a ball about $0$ of radius at most $G/(m\\lambda)$, or one for each block",
               Under::nothing, "of lower-replicated", is_held),
      number("largest_M2", {"max M² visited"}, "\\max_w M^2(w)", Under::nothing,
             "the largest M²(w) of the start and of the points that the run visits, as far as they "
             "can be listed",
             largest_second_moment),
  };
}

void know_construction_words() {
  static const bool is_known = [] {
    add_words(construction_words());
    return true;
  }();
  (void)is_known;
}

}  // namespace graddiv
