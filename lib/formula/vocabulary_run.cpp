#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"

namespace graddiv::vocabulary_part {
namespace {

/// The step γ_k and the batch B_k where one number stands for them: those of the iteration that
/// starts at a point, else the constant ones.
Enclosure step_at(const Scope& s) {
  if (const Place* place = s.place()) return s.c().gamma_at(*place);
  if (!s.c().has_constant_step()) throw NotCertified("$γ$ is not constant: write $γ_k$");
  return s.c().gamma();
}
Enclosure batch_at(const Scope& s) {
  if (const Place* place = s.place()) return s.c().B_at(*place);
  if (!s.c().has_constant_batch()) throw NotCertified("$B$ is not constant: write $B_k$");
  return s.c().B();
}

}  // namespace

std::vector<Symbol> run() {
  return {
      positive("n", {"n"}, "n", Under::nothing, "the number of functions",
               [](const Scope& s) { return s.c().n(); }),
      positive("d", {"d"}, "d", Under::nothing, "the dimension",
               [](const Scope& s) { return s.c().d(); }),
      number("K", {"K"}, "K", Under::nothing, "the number of iterations",
             [](const Scope& s) -> Enclosure { return s.c().iterations(); }),
      positive("k", {"k"}, "k", Under::iteration, "iterations done, from 1 to K",
               [](const Scope& s) -> Enclosure { return *s.k; }),
      signed_number(
          "gamma", {"γ"}, "\\gamma", Under::nothing,
          "the step on the sum of B gradients: of the iteration that starts at w, else constant",
          step_at),
      positive("B", {"B"}, "B", Under::nothing,
               "the batch size: of the iteration that starts at w, else constant", batch_at),
      signed_indexed("gamma_at", {"γ_#"}, "\\gamma_{#}", "the step of iteration k = 0, …, K − 1",
                     [](const Case& c, int k) { return c.gamma(k); }),
      at_least(1, indexed("B_at", {"B_#"}, "B_{#}", "the batch size of iteration k = 0, …, K − 1",
                          [](const Case& c, int k) { return c.B(k); })),
      signed_number("eta", {"η"}, "\\eta", Under::nothing,
                    "γB, the step on the mean of B gradients",
                    [](const Scope& s) { return step_at(s) * batch_at(s); }),
      indexed("evaluations", {"T_#"}, "T_{#}",
              "gradients evaluated in k iterations: B_0 + … + B_{k−1}",
              [](const Case& c, int k) { return c.evaluations(k); }),
      property("is_constant", {"$γ$ and $B$ are constant"}, "$\\gamma$ and $B$ are constant",
               Under::nothing, "one step and one batch size for all iterations",
               [](const Scope& s) { return s.c().constant_step_and_batch(); }),
      property("is_constant_step", {"$γ$ is constant"}, "$\\gamma$ is constant", Under::nothing,
               "one step for all iterations",
               [](const Scope& s) { return truth(s.c().has_constant_step()); }),
      property("is_constant_batch", {"$B$ is constant"}, "$B$ is constant", Under::nothing,
               "one batch size for all iterations",
               [](const Scope& s) { return truth(s.c().has_constant_batch()); }),
      property("unconstrained", {"$W = R^d$", "W = ℝ^d"}, "$W=\\mathbb{R}^d$", Under::nothing,
               "there is no projection", [](const Scope& s) { return s.c().unconstrained(); }),
      property("bounded_domain", {"$W$ is bounded"}, "$W$ is bounded", Under::nothing,
               "a box, a ball or a product of these",
               [](const Scope& s) -> Truth { return !s.c().unconstrained(); }),
      property("start_in_domain", {"$w_0 ∈ W$", "w_0 in W"}, "$w_0\\in W$", Under::nothing,
               "the run starts in W", [](const Scope& s) { return s.c().start_in_domain(); }),
      property("is_full_batch", {"the batch is full"}, "the batch is full", Under::nothing,
               "gradient descent: every example once, in place of B draws; B = n",
               [](const Scope& s) { return s.c().full_batch(); }),
  };
}

}  // namespace graddiv::vocabulary_part
