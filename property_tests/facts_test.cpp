#include "facts/facts.h"

#include <gtest/gtest.h>

#include <map>

#include "diversity/diversity.h"
#include "number/exact.h"
#include "property_tests/support/search.h"

// Certified constants hold wherever one looks. That they are the best ones is tested beside their
// source.
namespace graddiv {
namespace {

using Points = std::vector<Vector<Enclosure>>;

// The start, the origin, and points about the start.
Points some_points(const Instance& instance) {
  const Vector<Enclosure> start = enclose(instance.run.start);
  Points points = {start, Vector<Enclosure>::Constant(start.size(), 0)};
  for (Eigen::Index j = 0; j < start.size(); ++j) {
    for (const int twice : {-7, 3}) {
      points.push_back(start);
      points.back()(j) += Enclosure(twice) / 2;
      points.back()(0) -= Enclosure(1) / 3;
    }
  }
  return points;
}

class Check {
 public:
  Check(const Instance& instance, std::map<std::string, int>& known)
      : problem_(instance.problem), facts_(instance.problem), known_(known) {
    points_ = some_points(instance);
    for (const auto& w : points_) inside_.push_back(problem_.domain.project(w));
  }

  std::optional<std::string> run() {
    at_every_point_of_W();
    between_points_of_the_space();
    return failure_;
  }

 private:
  template <class T>
  bool is_known(const std::string& name, const Fact<T>& fact) {
    if (fact.value) ++known_[name];
    return fact.value.has_value();
  }

  void require(const std::string& law, const Comparison& holds) {
    if (holds.truth() == Truth::no && !failure_) {
      failure_ = law + ": " + holds.left.to_string() + " against " + holds.right.to_string();
    }
  }

  void at_every_point_of_W() {
    const bool has_optimum = is_known("F*", facts_.optimum());
    const bool has_minimizer = is_known("w*", facts_.minimizer());
    const bool has_infimum = is_known("inf B_S", facts_.batch_size_infimum());
    const bool has_moment = is_known("sup M²", facts_.second_moment_bound());
    const bool has_lipschitz = is_known("L", facts_.lipschitz());
    if (has_minimizer && has_optimum) {
      require("F(w*) = F*",
              objective(problem_, *facts_.minimizer().value) == *facts_.optimum().value);
    }
    for (const Vector<Enclosure>& w : inside_) {
      const GradientSums sums = gradient_sums(problem_, w);
      if (has_optimum) require("F(w) ≥ F*", objective(problem_, w) >= *facts_.optimum().value);
      if (has_infimum) {
        const auto& infimum = facts_.batch_size_infimum().value->value;
        const Enclosure inverse = infimum ? 1 / enclose(*infimum) : Enclosure(0);
        require("B_S(w) ≥ inf B_S", sums.inverse_batch_size_bound() <= inverse);
      }
      if (has_moment) {
        require("M²(w) ≤ sup M²", sums.second_moment() <= *facts_.second_moment_bound().value);
      }
      if (has_lipschitz) {
        for (const Vector<Enclosure>& g : gradients(problem_, w)) {
          require("‖∇f_i(w)‖ ≤ L", g.squaredNorm() <= square(*facts_.lipschitz().value));
        }
      }
    }
  }

  void between_points_of_the_space() {
    const bool has_beta = is_known("β", facts_.smoothness());
    const bool has_lambda = is_known("λ", facts_.strong_convexity());
    const bool has_mu = !problem_.domain.is_bounded() && is_known("μ", facts_.pl_constant()) &&
                        facts_.optimum().value;
    for (const Vector<Enclosure>& u : points_) {
      const Vector<Enclosure> gradient = full_gradient(problem_, u);
      if (has_mu) {
        require(
            "½‖∇F(u)‖² ≥ μ(F(u) − F*)",
            gradient.squaredNorm() / 2 >= enclose(*facts_.pl_constant().value) *
                                              (objective(problem_, u) - *facts_.optimum().value));
      }
      for (const Vector<Enclosure>& v : points_) {
        const Vector<Enclosure> offset = v - u;
        const Vector<Enclosure> change = full_gradient(problem_, v) - gradient;
        if (has_beta) {
          require("‖∇F(v) − ∇F(u)‖ ≤ β‖v − u‖",
                  change.squaredNorm() <=
                      square(enclose(*facts_.smoothness().value)) * offset.squaredNorm());
        }
        if (has_lambda) {
          require("F(v) ≥ F(u) + ⟨∇F(u), v−u⟩ + (λ/2)‖v−u‖²",
                  objective(problem_, v) >=
                      objective(problem_, u) + gradient.dot(offset) +
                          enclose(*facts_.strong_convexity().value) / 2 * offset.squaredNorm());
        }
      }
    }
  }

  Problem problem_;
  Facts facts_;
  std::map<std::string, int>& known_;
  Points points_;
  Points inside_;
  std::optional<std::string> failure_;
};

TEST(CertifiedFacts, HoldAtEveryPoint) {
  std::map<std::string, int> known;
  for (const InstanceClass drawn_from : instance_classes()) {
    const auto found =
        search(drawn_from, 40, [&](const Instance& instance) -> std::optional<std::string> {
          if (instance.problem.dimension() > 10) return std::nullopt;  // hours of elimination
          return Check(instance, known).run();
        });
    EXPECT_FALSE(found.has_value()) << found->reason << "\n"
                                    << found->how << "\nSaved as "
                                    << save_instance(found->instance, "counterexample-facts.json");
  }
  for (const char* fact : {"F*", "w*", "inf B_S", "sup M²", "L", "β", "λ", "μ"}) {
    std::cout << fact << " known of " << known[fact] << " instances\n";
    EXPECT_GE(known[fact], 40) << fact;
  }
}

}  // namespace
}  // namespace graddiv
