#include "reports/description.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "constructions/catalogue.h"
#include "problem/mixed.h"
#include "problem/random_rows.h"
#include "problem/regularized.h"
#include "reports/escape.h"
#include "sgd/instance.h"

namespace graddiv::reports {

namespace {

using Parts = std::vector<std::string>;

void add_equation(Parts& parts, std::string_view symbol, const Rational& value) {
  constexpr std::size_t longest = 24;
  const std::string text = to_string(value);
  if (text.size() <= longest) parts.push_back(fmt::format("${} = {}$", symbol, text));
}

std::string domain_of(const Domain& domain) {
  switch (domain.kind()) {
    case Domain::Kind::all:
      return "$W = \\mathbb{R}^d$";
    case Domain::Kind::box:
      return "$W$ a box";
    case Domain::Kind::ball:
      return "$W$ a ball";
    case Domain::Kind::product:
      return fmt::format("$W$ a product of {} sets", domain.factors().size());
  }
  return {};
}

std::string family_of(const FiniteSum& sum) {
  if (const auto* parts = parts_of(sum)) {
    std::string all;
    for (const auto& part : *parts) all += (all.empty() ? "sum of " : ", ") + family_of(*part);
    return all;
  }
  const std::string family = latex_escape(sum.family());
  if (const RowLaw* law = sum.row_law())
    return fmt::format("{} ({})", family, to_string(law->kind));
  const auto json = sum.to_json();
  const auto loss = json.find("loss");
  if (loss == json.end()) return family;
  return fmt::format("{} ({} loss)", family, latex_escape(loss->get<std::string>()));
}

Parts problem_parts(const Problem& problem) {
  Parts parts{family_of(*problem.sum)};
  if (const Regularization* r = regularization_of(*problem.sum))
    parts.push_back(
        fmt::format("$\\frac{{\\rho}}2\\|w\\|^2$ added, $\\rho = {}$", to_string(r->rho)));
  add_equation(parts, "n", problem.size());
  add_equation(parts, "d", problem.dimension());
  parts.push_back(domain_of(problem.domain));
  return parts;
}

Parts run_parts(const Run& run) {
  Parts parts;
  const auto add = [&](std::string_view symbol, const auto& values) {
    if (values.size() == 1) {
      add_equation(parts, symbol, values.front());
    } else if (!values.empty()) {
      parts.push_back(fmt::format("${}_k$ varying", symbol));
    }
  };
  if (run.is_by_rule()) {
    const auto& [c, offset, decay] = *run.step_rule;
    const std::string below = decay == StepRule::Decay::like_root_k
                                  ? fmt::format("\\sqrt{{k+{}}}", offset)
                                  : fmt::format("(k+{})", offset);
    parts.push_back(fmt::format("$\\gamma_k = {}/{}$", to_string(c), below));
  } else {
    add("\\gamma", run.steps);
  }
  if (run.full_batch) {
    parts.emplace_back("full batch");
  } else {
    add("B", run.batches);
  }
  add_equation(parts, "K", run.iterations);
  return parts;
}

/// "dropout with $p = 1/2$, drawn once for every index", or empty.
std::string mechanism_of(const Mechanism& mechanism) {
  if (mechanism.is_none()) return {};
  const std::string name = mechanism.name();
  const std::string_view symbol = name == "dropout" ? "p" : name == "langevin" ? "\\sigma^2" : "s";
  Parts parameter;
  add_equation(parameter, symbol, mechanism.parameter());
  return name + (parameter.empty() ? "" : " with " + parameter.front()) +
         (mechanism.sharing() == Mechanism::Sharing::shared ? ", its noise shared by equal draws"
                                                            : "");
}

std::string neighbour_of(const Instance& instance) {
  if (!instance.neighbour) return {};
  return fmt::format("$S'$ replaces $f_{{{}}}$", instance.neighbour->index + 1);
}

}  // namespace

std::string describe_instance(const std::string& json) {
  try {
    const Instance instance =
        read_instance(JsonReader::from_text(json, "instance"), families_and_constructions());
    Parts sentences;
    for (const std::string& sentence :
         {fmt::format("{}", fmt::join(problem_parts(instance.problem), ", ")),
          fmt::format("{}", fmt::join(run_parts(instance.run), ", ")),
          mechanism_of(instance.run.mechanism), neighbour_of(instance)})
      if (!sentence.empty()) sentences.push_back(sentence);
    return fmt::format("{}", fmt::join(sentences, "; "));
  } catch (const InputError&) {
    return {};
  }
}

}  // namespace graddiv::reports
