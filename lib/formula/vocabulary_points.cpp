#include "formula/vocabulary.h"
#include "formula/vocabulary_parts.h"

namespace graddiv::vocabulary_part {
namespace {

/// Finite quantities that are quotients: throws where they are not.
Enclosure inverse_of(const Enclosure& inverse, const char* name) {
  if ((inverse > 0) != Truth::yes)
    throw NotCertified(Text::formula(name) + " is not known to be finite there");
  return 1 / inverse;
}

template <class PointOrNoise>
Enclosure distance_after_step(const Scope& s, const PointOrNoise& from) {
  const Place& place = from.place();
  return from.expected_distance_after_step(s.c().gamma_at(place), s.c().B_at(place));
}

/// The same of a point as of one under a mechanism.
Symbol also_of_noise(Symbol of_point) {
  of_point.under_too = Under::noise;
  return of_point;
}

/// With every f_i in the place of r equal ones, #.
Symbol with_copies(std::string name, std::string spelling, std::string latex,
                   Enclosure (Point::*inverse)(int) const) {
  const auto inverse_at = [inverse](const Scope& s, long r) {
    if (r < 1) throw std::invalid_argument("the number of copies is not positive");
    return (s.point->*inverse)(static_cast<int>(r));
  };
  const std::string shown = spelling;
  return {
      .name = std::move(name),
      .spellings = {std::move(spelling)},
      .latex = std::move(latex),
      .under = Under::point,
      .meaning = "the same with # copies of every f_i",
      .least = 0,
      .value = [inverse_at, shown](const Scope& s,
                                   long r) { return inverse_of(inverse_at(s, r), shown.c_str()); },
      .holds = {},
      .inverse = inverse_at};
}

Symbol batch_size_bound() {
  Symbol s = number(
      "B_S", {"B_S(w)"}, "B_S(w)", Under::point,
      "M²(w)/‖∇F(w)‖² = nΔ_S(w), the batch-size bound; may be infinite",
      [](const Scope& at) { return inverse_of(at.point->inverse_batch_size_bound(), "B_S(w)"); });
  s.inverse = [](const Scope& at, long) { return at.point->inverse_batch_size_bound(); };
  s.fraction = [](const Scope& at) {
    return std::pair(at.point->second_moment(), at.point->gradient_norm2());
  };
  return at_least(1, std::move(s));
}

Symbol gradient_diversity() {
  const auto fraction = [](const Scope& at) {
    return at.noise != nullptr
               ? std::pair(at.noise->sum_of_squares(), at.noise->square_of_sum())
               : std::pair(at.point->second_moment(), at.c().n() * at.point->gradient_norm2());
  };
  const auto inverse = [](const Scope& at) {
    return at.noise != nullptr ? at.noise->square_of_sum() / at.noise->sum_of_squares()
                               : at.point->inverse_gradient_diversity();
  };
  Symbol s = number("Delta_S", {"Δ_S(w)"}, "\\Delta_S(w)", Under::point,
                    "Σ‖∇f_i(w)‖²/‖Σ∇f_i(w)‖², the gradient diversity; may be infinite",
                    [inverse](const Scope& at) { return inverse_of(inverse(at), "Δ_S(w)"); });
  s.under_too = Under::noise;
  s.inverse = [inverse](const Scope& at, long) { return inverse(at); };
  s.fraction = fraction;
  return s;
}

}  // namespace

std::vector<Symbol> points() {
  return {
      number("M2_w", {"M²(w)"}, "M^2(w)", Under::point, "(1/n) Σ‖∇f_i(w)‖²",
             [](const Scope& s) { return s.point->second_moment(); }),
      number("gradient2", {"‖∇F(w)‖²"}, "\\|\\nabla F(w)\\|^2", Under::point,
             "the squared norm of the mean gradient",
             [](const Scope& s) { return s.point->gradient_norm2(); }),
      signed_number("F_w", {"F(w)"}, "F(w)", Under::point, "the objective",
                    [](const Scope& s) { return s.point->objective(); }),
      batch_size_bound(),
      gradient_diversity(),
      with_copies("B_S_of_copies", "B_S(w; # copies)", "B_S(w;\\,#\\text{ copies})",
                  &Point::inverse_batch_size_bound_of_copies),
      with_copies("Delta_S_of_copies", "Δ_S(w; # copies)", "\\Delta_S(w;\\,#\\text{ copies})",
                  &Point::inverse_gradient_diversity_of_copies),
      property("equal_gradients", {"$∇f_1(w) = … = ∇f_n(w)$"},
               "$\\nabla f_1(w)=\\dots=\\nabla f_n(w)$", Under::point, "all gradients are equal",
               [](const Scope& s) { return s.point->gradients_are_equal(); }),
      number("batch2", {"E‖Σ_ℓ ∇f_{s_ℓ}(w)‖²"},
             "\\mathbb{E}\\bigl\\|\\sum_{\\ell\\le B}\\nabla f_{s_\\ell}(w)\\bigr\\|^2",
             Under::point, "over all draws s_1, …, s_B, no formula in between",
             [](const Scope& s) {
               return s.point->expected_squared_sum(s.c().B_at(s.point->place()));
             }),
      number("distance2", {"‖w − w*‖²"}, "\\|w-w^*\\|^2", Under::point, "from the minimiser",
             [](const Scope& s) { return s.point->from_minimizer().distance(); }),
      signed_number(
          "slope_w", {"⟨∇F(w), w − w*⟩"}, "\\langle\\nabla F(w),w-w^*\\rangle", Under::point,
          "towards the minimiser",
          [](const Scope& s) { return s.point->from_minimizer().slope_towards_reference(); }),
      number("distance2_after", {"E‖w⁺ − w*‖²"}, "\\mathbb{E}\\|w^+-w^*\\|^2", Under::point,
             "after one step from w, projection included, over all draws",
             [](const Scope& s) { return distance_after_step(s, s.point->from_minimizer()); }),
      also_of_noise(
          number("reference2", {"‖w − x‖²"}, "\\|w-x\\|^2", Under::point,
                 "for a claim about any x in W: from w* where it is exact, else a point beside it",
                 [](const Scope& s) {
                   return s.noise != nullptr ? s.noise->distance() : s.point->distance();
                 })),
      also_of_noise(signed_number("reference_slope", {"⟨∇F(w), w − x⟩"},
                                  "\\langle\\nabla F(w),w-x\\rangle", Under::point, "likewise",
                                  [](const Scope& s) {
                                    return s.noise != nullptr ? s.noise->slope_towards_reference()
                                                              : s.point->slope_towards_reference();
                                  })),
      also_of_noise(number("reference2_after", {"E‖w⁺ − x‖²"}, "\\mathbb{E}\\|w^+-x\\|^2",
                           Under::point,
                           "likewise, after one step from w, projection included, over all draws",
                           [](const Scope& s) {
                             return s.noise != nullptr ? distance_after_step(s, *s.noise)
                                                       : distance_after_step(s, *s.point);
                           })),
      signed_number("change_w", {"E[F(w⁺) − F(w)]"}, "\\mathbb{E}[F(w^+)-F(w)]", Under::point,
                    "the change of the objective in one step from w, for W = R^d",
                    [](const Scope& s) {
                      const Place& place = s.point->place();
                      return s.point->expected_change_of_objective(s.c().gamma_at(place),
                                                                   s.c().B_at(place));
                    }),
  };
}

}  // namespace graddiv::vocabulary_part
