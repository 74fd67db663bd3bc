#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"
#include "sgd/instance.h"

namespace graddiv::vocabulary_part {

std::vector<Symbol> pairs() {
  Symbol bound = number("differential_B_S", {"B̄_S(w, w')"}, "\\bar B_S(w,w')", Under::pair,
                        "the differential batch-size bound; may be infinite", [](const Scope& s) {
                          const Enclosure inverse = s.pair->inverse_batch_size_bound();
                          if ((inverse > 0) != Truth::yes)
                            throw NotCertified("$B̄_S(w, w')$ is not known to be finite there");
                          return 1 / inverse;
                        });
  bound.inverse = [](const Scope& s, long) { return s.pair->inverse_batch_size_bound(); };
  return {
      number("pair2", {"‖w − w'‖²"}, "\\|w-w'\\|^2", Under::pair, "of two points of W",
             [](const Scope& s) { return s.pair->squared_distance(); }),
      number("pair2_after", {"E‖G(w) − G(w')‖²"}, "\\mathbb{E}\\|G(w)-G(w')\\|^2", Under::pair,
             "after one step from each with the same draws, projection included",
             [](const Scope& s) {
               return s.pair->expected_squared_distance_after_step(s.c().gamma(), s.c().B());
             }),
      number("pair_gradient2", {"‖∇F(w) − ∇F(w')‖²"}, "\\|\\nabla F(w)-\\nabla F(w')\\|^2",
             Under::pair, "of the mean gradients at two points",
             [](const Scope& s) { return s.pair->squared_gradient_difference(); }),
      at_least(1, std::move(bound)),
  };
}

std::vector<Symbol> coupled() {
  return {
      property("neighbour", {"$S$ and $S'$ differ in one example"},
               "$S$ and $S'$ differ in one example", Under::nothing,
               "the instance names a neighbouring data set",
               [](const Scope& s) { return s.c().coupled().has_neighbour(); }),
      property("lipschitz_on_W",
               {"every $f(·; z)$ is $L_f$-Lipschitz on $W$", "every f(·; z) is Lipschitz"},
               "every $f(\\cdot;z)$ is $L_f$-Lipschitz on $W$", Under::nothing, "for z in S and S'",
               [](const Scope& s) -> Truth { return s.c().coupled().lipschitz() >= 0; }),
      number("differential_delta", {"δ̄"}, "\\bar\\delta", Under::nothing,
             "(B − 1)/inf B̄_S: B ≤ 1 + δ̄B̄_S(w, w') for all w ≠ w'",
             [](const Scope& s) { return s.c().coupled().delta(); }),
      indexed("coupled_distance", {"E‖w_# − w'_#‖"}, "\\mathbb{E}\\|w_{#}-w'_{#}\\|",
              "the expected distance of the runs on S and S' with the same indices",
              [](const Case& c, int k) { return c.coupled().distance(k); }),
      indexed("coupled_distance2", {"E‖w_# − w'_#‖²"}, "\\mathbb{E}\\|w_{#}-w'_{#}\\|^2",
              "its square", [](const Case& c, int k) { return c.coupled().squared_distance(k); }),
      indexed("value_gap", {"sup_z |E f(w_#; z) − E f(w'_#; z)|"},
              "\\max_{z\\in S\\cup S'}|\\mathbb{E}f(w_{#};z)-\\mathbb{E}f(w'_{#};z)|",
              "over the examples of S and S'",
              [](const Case& c, int k) {
                Enclosure largest = 0;
                for (const ValueGap& gap : c.coupled().value_gaps(k))
                  largest = max(largest, gap.value);
                return largest;
              }),
      property(
          "is_sample", {"$S$ is a sample of $n$ of the functions"},
          "$S=(z_1,\\dots,z_n)$ are $n$ independent uniform draws from the $n$ functions, "
          "$F_D$ their mean and $F_S$ that of $S$",
          Under::nothing, "n independent uniform draws; every function is rational",
          [](const Scope& s) { return truth(s.c().instance().problem.sum->facts().is_rational); }),
      signed_indexed("generalization_gap", {"E[F_D(w_#) − F_S(w_#)]"},
                     "\\mathbb{E}[F_D(w_{#})-F_S(w_{#})]",
                     "the functions being the population D and S a sample of n from it",
                     [](const Case& c, int k) { return c.coupled().generalization_gap(k); }),
      indexed("uniform_stability", {"ε_stab(#)"}, "\\varepsilon_{\\mathrm{stab}}(#)",
              "the largest |E f(w_k; z) − E f(w'_k; z)| over all S, S' and z",
              [](const Case& c, int k) { return c.coupled().uniform_stability(k); }),
  };
}

}  // namespace graddiv::vocabulary_part
