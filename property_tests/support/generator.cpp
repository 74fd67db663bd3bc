#include "property_tests/support/generator.h"

#include <utility>

namespace graddiv {
namespace {

using Tape = Choices::Tape;

// The tapes tried, the simplest first: whole parts set to the simplest options, then every decision
// alone. A decision between kinds of instances changes what the next ones mean, so last the
// simplest kind is tried with all that follows simple, but for one.
std::vector<Tape> simpler_tapes(const Tape& tape) {
  std::vector<Tape> result;
  for (std::size_t part = 0; part < tape.size(); ++part) {
    Tape simpler = tape;
    simpler[part].clear();
    result.push_back(std::move(simpler));
  }
  for (std::size_t part = 0; part < tape.size(); ++part) {
    for (std::size_t i = 0; i < tape[part].size(); ++i) {
      rc::seq::forEach(rc::shrink::towards<long>(tape[part][i], 0), [&](long smaller) {
        Tape simpler = tape;
        simpler[part][i] = smaller;
        result.push_back(std::move(simpler));
      });
    }
  }
  for (std::size_t part = 0; part < tape.size(); ++part) {
    for (std::size_t i = 0; i < tape[part].size(); ++i) {
      if (tape[part][i] == 0) continue;
      for (std::size_t j = i + 1; j <= tape[part].size(); ++j) {
        Tape simpler = tape;
        simpler[part].resize(i);
        simpler[part].resize(j, 0);
        simpler[part].push_back(1);
        result.push_back(std::move(simpler));
      }
    }
  }
  return result;
}

// Decisions only ever get smaller: a replay that follows a tape changed so is at most as large, and
// shrinking ends because those that are no smaller in sum are passed over.
long sum(const Tape& tape) {
  long result = 0;
  for (const auto& part : tape) {
    for (const long decision : part) result += decision;
  }
  return result;
}

rc::Seq<Tape> shrinks(Recipe recipe, const Tape& tape) {
  return rc::seq::mapMaybe(
      rc::seq::fromContainer(simpler_tapes(tape)), [recipe, tape](const Tape& simpler) {
        Choices choices(simpler);
        recipe(choices);
        return sum(choices.tape()) < sum(tape) ? rc::Maybe<Tape>(choices.tape()) : rc::Nothing;
      });
}

}  // namespace

rc::Gen<Instance> generator_of(Recipe recipe) {
  return [recipe](const rc::Random& random, int size) {
    rc::Random source = random;
    Choices choices({.seed = source.next()}, size);
    recipe(choices);
    return rc::shrinkable::map(
        rc::shrinkable::shrinkRecur(choices.tape(),
                                    [recipe](const Tape& tape) { return shrinks(recipe, tape); }),
        [recipe](const Tape& tape) { return recipe(Choices(tape)); });
  };
}

void showValue(const Instance& instance, std::ostream& out) { out << to_text(instance); }

}  // namespace graddiv
