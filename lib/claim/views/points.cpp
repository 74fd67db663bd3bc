#include "claim/views/points.h"

#include "claim/certified.h"
#include "claim/views/visited.h"

namespace graddiv {

const std::vector<Point>& PointsView::points() const {
  asked_->require_no_mechanism();
  return visited(*asked_).points;
}

Enclosure PointsView::least_distance(int k) const {
  return least_of_paths(*asked_).distance.at(static_cast<std::size_t>(k));
}
Enclosure PointsView::least_suboptimality(int k) const {
  return least_of_paths(*asked_).objective.at(static_cast<std::size_t>(k)) -
         certified(asked_->evaluation.facts().optimum(), "$F*$");
}

}  // namespace graddiv
