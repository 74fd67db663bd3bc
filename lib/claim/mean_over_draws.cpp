#include "claim/mean_over_draws.h"

#include <string>

#include "claim/effort.h"
#include "claim/not_certified.h"
#include "number/exact.h"

namespace graddiv {

Enclosure mean_over_draws(const enumeration::Draws& draws, const Enclosure& B,
                          const std::function<Enclosure(const std::vector<long>& counts)>& value) {
  const auto drawn = static_cast<long>(numerator(exact_value(B)));
  if (draws.multisets(drawn) > effort::multisets_of_draws ||
      draws.work(drawn) > effort::work_of_draws) {
    throw NotCertified("too many multisets of " + B.to_string() +
                       " draws to list, or probabilities of too many digits");
  }
  Enclosure mean = 0;
  draws.for_each_multiset(drawn, [&](const std::vector<long>& counts, const Rational& probability) {
    mean += enclose(probability) * value(counts);
  });
  return mean;
}

}  // namespace graddiv
