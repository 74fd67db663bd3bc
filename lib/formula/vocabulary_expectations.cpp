#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"

namespace graddiv::vocabulary_part {

std::vector<Symbol> expectations() {
  return {
      indexed("distance", {"E‖w_# − w*‖²"}, "\\mathbb{E}\\|w_{#}-w^*\\|^2",
              "the expected squared distance to the minimiser after k iterations",
              [](const Case& c, int k) { return c.distance(k); }),
      indexed("objective", {"E F(w_#)", "E[F(w_#)]"}, "\\mathbb{E}F(w_{#})",
              "the expected objective", [](const Case& c, int k) { return c.objective(k); }),
      indexed("suboptimality", {"E[F(w_#) − F*]", "E[F(w_#) − F(w*)]"}, "\\mathbb{E}[F(w_{#})-F^*]",
              "the expected suboptimality",
              [](const Case& c, int k) { return c.suboptimality(k); }),
      indexed("average_suboptimality", {"E[F(w̄_#) − F*]", "E[F(w̄_#) − F(w*)]"},
              "\\mathbb{E}[F(\\bar w_{#})-F^*]", "that of the average of w_0, …, w_{k−1}, k ≥ 1",
              [](const Case& c, int k) { return c.average_suboptimality(k); }),
      indexed("gradient_norm2", {"E‖∇F(w_#)‖²"}, "\\mathbb{E}\\|\\nabla F(w_{#})\\|^2",
              "the expected squared gradient norm",
              [](const Case& c, int k) { return c.gradient_norm2(k); }),
      indexed("smallest_gradient_norm2", {"min_{j<#} E‖∇F(w_j)‖²"},
              "\\min_{j<#}\\mathbb{E}\\|\\nabla F(w_j)\\|^2", "the least before iteration k ≥ 1",
              [](const Case& c, int k) { return c.smallest_gradient_norm2(k); }),
      indexed("mean_gradient_norm2", {"mean_{j<#} E‖∇F(w_j)‖²"},
              "\\tfrac1{#}\\sum_{j<#}\\mathbb{E}\\|\\nabla F(w_j)\\|^2",
              "the mean before iteration k ≥ 1",
              [](const Case& c, int k) { return c.mean_gradient_norm2(k); }),
      indexed("second_moment_k", {"E M²(w_#)"}, "\\mathbb{E}M^2(w_{#})",
              "the expected mean squared gradient norm",
              [](const Case& c, int k) { return c.second_moment(k); }),
      indexed("least_distance", {"min ‖w_# − w*‖²"}, "\\min\\|w_{#}-w^*\\|^2",
              "the least over all sequences of draws",
              [](const Case& c, int k) { return c.least_distance(k); }),
      indexed("least_suboptimality", {"min[F(w_#) − F*]"}, "\\min[F(w_{#})-F^*]",
              "the least over all sequences of draws",
              [](const Case& c, int k) { return c.least_suboptimality(k); }),
      indexed(
          "serial_distance", {"E‖v_# − w*‖²"}, "\\mathbb{E}\\|v_{#}-w^*\\|^2",
          "of the serial run beside it: v_0 = w_0, B = 1, γ_k for each gradient of iteration k; "
          "after # gradients, at most T_K",
          [](const Case& c, int t) { return c.serial().distance(t); }),
      indexed("serial_suboptimality", {"E[F(v_#) − F*]"}, "\\mathbb{E}[F(v_{#})-F^*]",
              "of the serial run beside it",
              [](const Case& c, int t) { return c.serial().suboptimality(t); }),
      indexed("serial_average_suboptimality", {"E[F(v̄_#) − F*]"}, "\\mathbb{E}[F(\\bar v_{#})-F^*]",
              "of the average of v_0, …, v_{#−1} of the serial run beside it, # ≥ 1",
              [](const Case& c, int t) { return c.serial().average_suboptimality(t); }),
      indexed("serial_gradient_norm2", {"E‖∇F(v_#)‖²"}, "\\mathbb{E}\\|\\nabla F(v_{#})\\|^2",
              "of the serial run beside it",
              [](const Case& c, int t) { return c.serial().gradient_norm2(t); }),
      number("D_0", {"D_0", "‖w_0 − w*‖²"}, "D_0", Under::nothing, "‖w_0 − w*‖²",
             [](const Scope& s) { return s.c().distance(0); }),
      number("delta", {"δ"}, "\\delta", Under::form,
             "of H-batch, B ≤ 1 + δB_S(w) along the run: the least in this form",
             [](const Scope& s) { return s.form->delta; }),
      number("M2", {"M²"}, "M^2", Under::plain,
             "of H-moment, M² ≥ M²(w) along the run: the least in this form",
             [](const Scope& s) { return s.form->second_moment; }),
      number("left", {"left"}, "\\mathrm{left}", Under::claim, "the left side of what is claimed",
             [](const Scope& s) { return s.claimed->left; }),
      number("right", {"right"}, "\\mathrm{right}", Under::claim,
             "the right side of what is claimed", [](const Scope& s) { return s.claimed->right; }),
  };
}

}  // namespace graddiv::vocabulary_part
