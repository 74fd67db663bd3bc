#include "expectation/foresight.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <string>

#include "expectation/coupling.h"
#include "testing/problems.h"

namespace graddiv::enumeration {
namespace {

/// What following it says, with and without foresight: the message, and how far it went before.
struct Followed {
  std::string refusal;
  int iterations = -1;
};
Followed followed(bool all_or_nothing, double limit,
                  const std::function<void(const Options&, const std::function<void(int)>&)>& law) {
  Options options;
  options.all_or_nothing = all_or_nothing;
  options.largest_transitions = limit;
  Followed result;
  try {
    law(options, [&](int k) { result.iterations = k; });
  } catch (const ExpectationError& error) {
    result.refusal = error.what();
  }
  return result;
}

// Small whole numbers make many points and gradients the same.
RC_GTEST_PROP(Foresight, SaysBeforehandWhatEnumerationSaysOnItsWay, ()) {
  const int d = test::integer(1, 4);
  const int n = test::integer(1, 5);
  const auto entry = [] { return Rational(test::integer(-2, 3)); };
  const auto point = [&] {
    Vector<Rational> x(d);
    for (auto& value : x) value = entry();
    return x;
  };
  const auto rows = [&](int count) {
    Matrix<Rational> X(count, d);
    Vector<Rational> y(count);
    for (auto& x : X.reshaped()) x = entry();
    for (auto& x : y) x = entry();
    return least_squares(X, y);
  };
  const Domain domain = *rc::gen::element(
      Domain::all(),
      Domain::box(Vector<Rational>::Constant(d, -1), Vector<Rational>::Constant(d, 1)));
  const Problem problem{rows(n), domain};
  const Neighbour neighbour{test::integer(0, n), rows(1)};
  const graddiv::Run run{point(),
                         {Rational(1, *rc::gen::element(2, 3, 8))},
                         {test::integer(1, 4)},
                         test::integer(0, 8)};
  const double limit = *rc::gen::element(5, 60, 400);
  const bool track_sum = *rc::gen::arbitrary<bool>();
  const auto alone = [&](Options options, const std::function<void(int)>& visited) {
    options.track_sum = track_sum;
    visit_law(problem, run, options, [&](int k, const auto&) { visited(k); });
  };
  const auto coupled = [&](const Options& options, const std::function<void(int)>& visited) {
    coupling::visit_law(problem, neighbour, run, options, [&](int k, const auto&) { visited(k); });
  };
  for (const auto& law :
       {std::function<void(const Options&, const std::function<void(int)>&)>(alone),
        std::function<void(const Options&, const std::function<void(int)>&)>(coupled)}) {
    const Followed blindly = followed(false, limit, law);
    const Followed with_foresight = followed(true, limit, law);
    RC_ASSERT(with_foresight.refusal == blindly.refusal);
    RC_ASSERT(with_foresight.iterations == (blindly.refusal.empty() ? run.iterations : -1));
    RC_CLASSIFY(!blindly.refusal.empty(), "refused");
  }
}

}  // namespace
}  // namespace graddiv::enumeration
