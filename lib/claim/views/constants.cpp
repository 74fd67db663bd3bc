#include "claim/views/constants.h"

#include "claim/certified.h"
#include "diversity/conflict_graph.h"
#include "diversity/diversity.h"
#include "facts/curvature.h"
#include "sgd/instance.h"

namespace graddiv {
namespace {

const FiniteSum& sum_of(const Asked& asked) { return *asked.evaluation.instance().problem.sum; }

const Matrix<Rational>& rows_of(const Asked& asked) {
  const Matrix<Rational>* X = sum_of(asked).facts().rows.get();
  if (X == nullptr) throw NotCertified("the functions are not generalized linear");
  return *X;
}

}  // namespace

Enclosure ConstantsView::n() const { return asked_->evaluation.instance().problem.size(); }
Enclosure ConstantsView::d() const { return asked_->evaluation.instance().problem.dimension(); }

Truth ConstantsView::convex() const {
  return certainly(asked_->evaluation.facts().strong_convexity_on_W(), lambda() >= 0);
}
Truth ConstantsView::strongly_convex() const {
  // No gradient of a strongly convex function is bounded on R^d.
  const Problem& problem = asked_->evaluation.instance().problem;
  if (!problem.domain.is_bounded() && curvature::has_bounded_gradients(problem)) return Truth::no;
  return certainly(asked_->evaluation.facts().strong_convexity_on_W(), lambda() > 0);
}
Enclosure ConstantsView::lambda() const {
  return certified(asked_->evaluation.facts().strong_convexity_on_W(), "$λ$");
}
Enclosure ConstantsView::beta() const {
  return certified(asked_->evaluation.facts().smoothness(), "$β$");
}
Enclosure ConstantsView::mu() const {
  return certified(asked_->evaluation.facts().pl_constant(), "$μ$");
}

Enclosure ConstantsView::optimum() const {
  return certified(asked_->evaluation.facts().optimum(), "$F*$");
}
Enclosure ConstantsView::diameter() const {
  const auto squared = asked_->evaluation.instance().problem.domain.squared_diameter();
  if (!squared) throw Lacking(Text::formula("W") + " is not bounded: it has no diameter");
  return sqrt(enclose(*squared));
}
Enclosure ConstantsView::noise_at_minimizer() const {
  const Vector<Enclosure> w = certified(asked_->evaluation.facts().minimizer(), "$w*$");
  return sum_gradients(gradients(asked_->evaluation.instance().problem, w)).second_moment();
}
Enclosure ConstantsView::second_moment_bound() const {
  return certified(asked_->evaluation.facts().second_moment_bound(), "$sup M²(w)$");
}
Truth ConstantsView::interpolation() const { return noise_at_minimizer() == 0; }
Truth ConstantsView::quadratic() const { return truth(sum_of(*asked_).facts().is_quadratic()); }

Truth ConstantsView::generalized_linear() const {
  return truth(sum_of(*asked_).facts().rows != nullptr);
}
Enclosure ConstantsView::smallest_row_norm2() const {
  return certified(asked_->evaluation.facts().smallest_row_norm2(), "$min ‖x_i‖²$");
}
Enclosure ConstantsView::largest_row_norm2() const {
  return enclose(Rational(rows_of(*asked_).rowwise().squaredNorm().maxCoeff()));
}
Enclosure ConstantsView::mean_row_norm2() const {
  const Matrix<Rational>& X = rows_of(*asked_);
  return enclose(Rational(X.squaredNorm() / Rational(X.rows())));
}
Enclosure ConstantsView::largest_residual2() const {
  const Matrix<Rational>& X = rows_of(*asked_);
  const Vector<Enclosure> w = certified(asked_->evaluation.facts().minimizer(), "$w*$");
  const auto at_w = gradients(asked_->evaluation.instance().problem, w);
  Enclosure largest = 0;
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const Rational norm2 = X.row(i).squaredNorm();
    if (norm2 != 0)
      largest = max(largest, at_w[static_cast<std::size_t>(i)].squaredNorm() / enclose(norm2));
  }
  return largest;
}
Enclosure ConstantsView::largest_singular_value2() const {
  return certified(asked_->evaluation.facts().largest_singular_value2(), "$σ_max(X)²$");
}
Truth ConstantsView::has_zero_row() const {
  const Matrix<Rational>& X = rows_of(*asked_);
  return truth((X.rowwise().squaredNorm().array() == Rational(0)).any());
}
Enclosure ConstantsView::largest_singular_value2_of_unit_rows() const {
  return certified(asked_->evaluation.facts().largest_singular_value2_of_unit_rows(),
                   "$σ_max(Y)²$");
}

Enclosure ConstantsView::conflict_degree() const {
  return ConflictGraph(sum_of(*asked_)).maximum_degree();
}
Enclosure ConstantsView::mean_conflict_degree() const {
  return Enclosure(ConflictGraph(sum_of(*asked_)).degree_sum()) / n();
}

}  // namespace graddiv
