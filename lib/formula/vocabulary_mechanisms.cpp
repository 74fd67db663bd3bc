#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"

namespace graddiv::vocabulary_part {
namespace {

Symbol is_mechanism(const std::string& name) {
  return property("is_" + name, {"the mechanism is " + name}, "the mechanism is " + name,
                  Under::nothing, "in the run of the instance",
                  [name](const Scope& s) { return s.c().has_mechanism(name); });
}

/// The parameter of one mechanism.
Symbol parameter(std::string name, std::string spelling, std::string latex,
                 const std::string& mechanism, std::string meaning) {
  return number(std::move(name), {std::move(spelling)}, std::move(latex), Under::nothing,
                std::move(meaning), [mechanism](const Scope& s) {
                  if (s.c().has_mechanism(mechanism) != Truth::yes)
                    throw NotCertified("the mechanism is not " + Text::words(mechanism));
                  return s.c().mechanism_parameter();
                });
}

/// Of quantization it depends on the gradients: those at the start are asked.
Truth makes_noise(const Scope& s) {
  if (s.c().has_mechanism("dropout") == Truth::yes) return s.c().mechanism_parameter() < 1;
  if (s.c().has_mechanism("langevin") == Truth::yes) return s.c().mechanism_parameter() > 0;
  return s.c().mechanism_points().front().variance() > 0;
}

Symbol at_noise(std::string name, std::string spelling, std::string latex, std::string meaning,
                Enclosure (MechanismPoint::*value)() const) {
  return number(std::move(name), {std::move(spelling)}, std::move(latex), Under::noise,
                std::move(meaning), [value](const Scope& s) { return (s.noise->*value)(); });
}

Symbol diversity_of_the_mechanism() {
  const auto inverse = [](const Scope& s) {
    return s.noise->expected_square_of_sum() / s.noise->expected_sum_of_squares();
  };
  Symbol diversity =
      number("Delta_Q", {"Δ^Q(w)"}, "\\Delta^Q_S(w)", Under::noise,
             "Σ E‖Q_i(∇f_i(w))‖²/E‖Σ Q_i(∇f_i(w))‖², over all values of the Q_i; may be infinite",
             [inverse](const Scope& s) { return 1 / inverse(s); });
  diversity.inverse = [inverse](const Scope& s, long) { return inverse(s); };
  diversity.fraction = [](const Scope& s) {
    return std::pair(s.noise->expected_sum_of_squares(), s.noise->expected_square_of_sum());
  };
  return diversity;
}

}  // namespace

// With g_i = ∇f_i(w): Q_1, …, Q_n are independent and E Q_i(g) = g.
std::vector<Symbol> mechanisms() {
  return {
      property("has_mechanism", {"the gradients pass through a mechanism"},
               "the gradients pass through a mechanism", Under::nothing,
               "dropout, Langevin noise or quantization: E Q_i(g) = g",
               [](const Scope& s) { return s.c().has_mechanism(); }),
      is_mechanism("dropout"),
      is_mechanism("langevin"),
      is_mechanism("quantization"),
      property("fresh_noise", {"the noise is new for every draw"},
               "the noise is new for every draw", Under::nothing,
               "not drawn once for every index in an iteration",
               [](const Scope& s) { return s.c().draws_are_fresh(); }),
      property("makes_noise", {"the mechanism makes noise"}, "the mechanism makes noise",
               Under::nothing, "p_Q < 1, σ_Q² > 0, or V(w_0) > 0 of quantization", makes_noise),
      parameter("keep", "p_Q", "p", "dropout",
                "the probability with which dropout keeps a coordinate"),
      parameter("noise_variance", "σ_Q²", "\\sigma^2", "langevin",
                "the variance of Langevin noise in each coordinate"),
      parameter("levels", "s_Q", "s", "quantization", "the number of levels of quantization"),
      number("M_Q2", {"M_Q²"}, "M_Q^2", Under::noisy,
             "of H-moment with a mechanism, M_Q² ≥ (1/n) Σ E‖Q_i(∇f_i(w))‖² along the run",
             [](const Scope& s) { return s.form->second_moment; }),
      at_noise("sum_of_squares", "Σ‖∇f_i(w)‖²", "\\sum_i\\|\\nabla f_i(w)\\|^2",
               "the numerator of Δ_S(w)", &MechanismPoint::sum_of_squares),
      at_noise("square_of_sum", "‖Σ∇f_i(w)‖²", "\\bigl\\|\\sum_i\\nabla f_i(w)\\bigr\\|^2",
               "the denominator of Δ_S(w)", &MechanismPoint::square_of_sum),
      diversity_of_the_mechanism(),
      at_noise("variance", "V(w)", "V(w)",
               "Σ E‖Q_i(∇f_i(w)) − ∇f_i(w)‖², by the formula of the mechanism",
               &MechanismPoint::variance),
      at_noise("expected_variance", "Σ E‖Q_i(∇f_i(w)) − ∇f_i(w)‖²",
               "\\sum_i\\mathbb{E}\\|Q_i(\\nabla f_i(w))-\\nabla f_i(w)\\|^2",
               "the same, over all values of the Q_i", &MechanismPoint::expected_variance),
      at_noise("expected_sum_of_squares", "Σ E‖Q_i(∇f_i(w))‖²",
               "\\sum_i\\mathbb{E}\\|Q_i(\\nabla f_i(w))\\|^2",
               "the numerator of Δ^Q, over all values of the Q_i",
               &MechanismPoint::expected_sum_of_squares),
      at_noise("expected_square_of_sum", "E‖Σ Q_i(∇f_i(w))‖²",
               "\\mathbb{E}\\bigl\\|\\sum_i Q_i(\\nabla f_i(w))\\bigr\\|^2",
               "the denominator of Δ^Q, over all values of the Q_i",
               &MechanismPoint::expected_square_of_sum),
      at_noise("sum_of_norm_products", "Σ‖∇f_i(w)‖·‖∇f_i(w)‖_1",
               "\\sum_i\\|\\nabla f_i(w)\\|\\,\\|\\nabla f_i(w)\\|_1",
               "the sum of E‖Q_i‖² for quantization with one level",
               &MechanismPoint::sum_of_norm_products),
      number("noisy_batch2", {"E‖Σ_ℓ Q(∇f_{s_ℓ}(w))‖²"},
             "\\mathbb{E}\\bigl\\|\\sum_{\\ell\\le B}Q(\\nabla f_{s_\\ell}(w))\\bigr\\|^2",
             Under::noise, "over all draws and all values of the Q_i, fresh or shared",
             [](const Scope& s) {
               return s.noise->expected_squared_batch(s.c().B_at(s.noise->place()));
             }),
  };
}

}  // namespace graddiv::vocabulary_part
