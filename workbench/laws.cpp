#include "workbench/laws.h"

#include <fmt/format.h>

#include "expectation/expect.h"
#include "number/exact.h"

namespace graddiv::workbench {

namespace {

// "$lambda = 1$, $zeta = 1/2$", in the order of the family's own list.
Text in_words(const Construction& construction, const Parameters& complete) {
  Text text;
  for (const auto& parameter : construction.parameters) {
    if (!text.empty()) text += ", ";
    text += Text::formula(parameter.name + " = " + to_string(complete.at(parameter.name)));
  }
  return text;
}

}  // namespace

ConstructionRecord check_law(const Construction& construction) {
  ConstructionRecord record;
  record.id = construction.id;
  record.title = construction.title;
  record.source = construction.source;
  record.latex = construction.latex;
  record.law = construction.law_latex;
  record.law_holds = !construction.showcases.empty();
  if (construction.showcases.empty()) record.reason = "there is no showcase to compare on";

  const auto differs = [&](std::string reason) {
    if (record.law_holds) record.reason = std::move(reason);
    record.law_holds = false;
  };
  for (const auto& showcase : construction.showcases) {
    const auto& run = showcase.run;
    const bool is_first = record.instance.empty();
    Text words = "showcase";
    try {
      const auto parameters = construction.complete(showcase.parameters);
      words = in_words(construction, parameters);
      const Instance instance = construction.instance(showcase);
      if (is_first) {
        record.instance = to_text(instance);
        record.parameters = words;
      }
      const auto law = construction.law(parameters, run);
      Reference reference;
      reference.minimizer = enclose(construction.minimizer(parameters));
      ExpectationOptions options;
      options.quantities = {Quantity::distance};
      options.arithmetic = Arithmetic::rational;
      const auto trajectory = expect(instance.problem, run, reference, options);
      for (int k = 0; k <= run.iterations; ++k) {
        const Enclosure& expected = trajectory.at(Quantity::distance, k);
        const Enclosure claimed = enclose(law.at(static_cast<std::size_t>(k)));
        if ((expected == claimed).truth() != Truth::yes) {
          differs(fmt::format("{}, k = {}: the engine has {}, the law {}", words.plain(), k,
                              expected.to_string(6), claimed.to_string(6)));
        }
        if (is_first) {
          record.series.push_back(
              {Place::at(k), expected.approximate(), claimed.approximate(), Relation::equal});
        }
      }
    } catch (const std::exception& error) {
      differs(words.plain() + ": " + error.what());
    }
  }
  return record;
}

}  // namespace graddiv::workbench
