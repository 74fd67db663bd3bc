#include "claim/mean_over_draws.h"

#include <string>

#include "claim/case.h"
#include "claim/effort.h"
#include "number/exact.h"

namespace graddiv {

Enclosure mean_over_draws(const enumeration::Draws& draws, long B,
                          const std::function<Enclosure(const std::vector<long>& counts)>& value) {
  if (draws.multisets(B) > effort::multisets_of_draws || draws.work(B) > effort::work_of_draws) {
    throw NotCertified("too many multisets of " + std::to_string(B) +
                       " draws to list, or probabilities of too many digits");
  }
  Enclosure mean = 0;
  draws.for_each_multiset(B, [&](const std::vector<long>& counts, const Rational& probability) {
    mean += enclose(probability) * value(counts);
  });
  return mean;
}

}  // namespace graddiv
