#pragma once

#include <functional>
#include <vector>

#include "claim/case.h"
#include "claim/conclusion.h"

// What claims are made of: places of an instance, one after another.
namespace graddiv {

using Conclusions = std::vector<Conclusion>;

/// What is concluded, resting on all that was asked for it.
Conclusions with_evidence(const std::function<Conclusions()>& conclude);

/// What is concluded at a place, resting on all that was asked for it. An error is told with the
/// place: throws StatementError.
Conclusions at_place(const Place& place, const std::function<Conclusions()>& conclude);

/// At every k = 1, …, K, under every established form of H-batch and H-moment. The conclusions
/// speak of its δ and M².
Conclusions at_every_form(
    const Case& c,
    const std::function<Conclusions(int k, const BatchCondition&, const Place&)>& conclude);

/// At every point of Case::points(). Where something could not be decided there at any precision,
/// and at once for equations, which no interval shows, the surrogate of the point stands for it, if
/// there is one.
Conclusions at_every_point(const Case& c, const std::function<Conclusions(const Point&)>& conclude,
                           const std::function<Point(const Point&)>& surrogate);

/// At every point of Case::mechanism_points(). What its enclosed laws leave open is left out, with
/// the reason.
Conclusions at_every_mechanism_point(
    const Case& c, const std::function<Conclusions(const MechanismPoint&)>& conclude);

}  // namespace graddiv
