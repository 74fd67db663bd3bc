#include "claim/views/points.h"

#include <algorithm>

#include "claim/certified.h"
#include "claim/effort.h"
#include "claim/reference.h"
#include "claim/views/visited.h"

namespace graddiv {

const std::vector<Point>& PointsView::points() const {
  asked_->require_no_mechanism();
  asked_->require_draws();
  return visited(*asked_).points;
}

std::optional<Text> PointsView::stand_in_for_minimizer() const {
  const Evaluation& evaluation = asked_->evaluation;
  const auto& minimizer = evaluation.facts().minimizer().value;
  if (minimizer && is_exact(*minimizer)) return std::nullopt;
  constexpr Eigen::Index most_shown = 6;
  constexpr int digits = 12;
  const Vector<Enclosure> x = reference_point(evaluation.facts(), evaluation.instance().run.start);
  std::string written = "x = (";
  for (Eigen::Index j = 0; j < std::min(x.size(), most_shown); ++j) {
    const bool is_long = !effort::is_short(x[j]) || x[j].to_string().size() > 2 * digits;
    written += (j == 0 ? "" : ", ") +
               (is_long ? x[j].as_interval().decimal_lower(digits) + "…" : x[j].to_string());
  }
  const Text point = Text::formula(written + (x.size() > most_shown ? ", …)" : ")"));
  if (minimizer) return point + " in $W$ in the place of $w*$, which is irrational";
  return point + ", the point of $W$ nearest to $w_0 + (1, …, 1)$, as $w*$ is not known";
}

Enclosure PointsView::least_distance(int k) const {
  return least_of_paths(*asked_).distance.at(static_cast<std::size_t>(k));
}
Enclosure PointsView::least_suboptimality(int k) const {
  return least_of_paths(*asked_).objective.at(static_cast<std::size_t>(k)) -
         certified(asked_->evaluation.facts().optimum(), "$F*$");
}

}  // namespace graddiv
