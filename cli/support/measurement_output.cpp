#include "cli/support/measurement_output.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/support/measured_figures.h"

namespace graddiv::cli {
namespace {

using measure::Totals;
using workbench::MeasuredPoint;
using workbench::Measurement;

Json number(double x) {
  if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
  if (std::isnan(x)) return nullptr;
  return x;
}

std::string words(double x) { return fmt::format("{:.12g}", x); }
std::string few_words(double x) { return fmt::format("{:.6g}", x); }

Json figures_json(const Totals& sums) {
  const Figures figures(sums);
  return {{"gradient_diversity", number(figures.diversity)},
          {"batch_size_bound", number(figures.bound)},
          {"sum_squared_norms", number(figures.sum_squared_norms)},
          {"squared_norm_of_sum", number(figures.squared_norm_of_sum)},
          {"second_moment", number(figures.second_moment)},
          {"squared_gradient_norm", number(figures.squared_gradient_norm)},
          {"noise_scale", number(figures.noise_scale)}};
}

Json interval_json(const measure::DiversityInterval& interval) {
  return {{"examples", interval.examples},
          {"level", interval.level},
          {"rigorous", interval.is_rigorous},
          {"lower", number(interval.lower)},
          {"upper", number(interval.upper)},
          {"estimate", number(interval.estimate)},
          {"second_moment",
           {number(interval.second_moment_lower), number(interval.second_moment_upper)}},
          {"squared_gradient_norm",
           {number(interval.squared_norm_lower), number(interval.squared_norm_upper)}}};
}

Json certified_ratio(const std::optional<Enclosure>& ratio, const measure::CertifiedSums& sums) {
  if (ratio) return enclosure_json(*ratio);
  if (sums.squared_norm_of_sum.is_exact()) {
    return {{"exact", "inf"}, {"lower", "inf"}, {"upper", "inf"}};
  }
  return {{"unknown", "the sum of the gradients may be 0"}};
}

Json certified_json(const measure::CertifiedSums& sums) {
  return {{"gradient_diversity", certified_ratio(sums.gradient_diversity(), sums)},
          {"batch_size_bound", certified_ratio(sums.batch_size_bound(), sums)},
          {"sum_squared_norms", enclosure_json(sums.squared_norms)},
          {"squared_norm_of_sum", enclosure_json(sums.squared_norm_of_sum)}};
}

Json audited_json(const measure::Audited& audited) {
  return {{"estimate", number(audited.estimate)}, {"departure", number(audited.departure)}};
}

Json point_json(const MeasuredPoint& point, const Measurement& measurement, double delta) {
  Json json{{"at", point.at}, {"passes", point.passes}};
  json.update(figures_json(point.sums));
  json["loss_sum"] = number(point.sums.loss_sum());
  if (measurement.is_classifier) {
    json["accuracy"] =
        static_cast<double>(point.sums.correct) / static_cast<double>(point.sums.count);
  }
  json["delta"] = delta;
  json["recommended_batch"] = number(recommended(point.sums.batch_size_bound(), delta));
  for (const auto& layer : point.layers) {
    Json own{{"name", layer.name}};
    own.update(figures_json(layer.part));
    json["layers"].push_back(own);
  }
  if (point.interval) json["interval"] = interval_json(*point.interval);
  if (point.certified) json["certified"] = certified_json(*point.certified);
  if (point.two_batches) json["two_batch_estimate"] = audited_json(*point.two_batches);
  if (point.moving) json["moving_estimate"] = audited_json(*point.moving);
  return json;
}

Json bounds_json(const measure::DataBounds& bounds) {
  Json json{{"glm", bounds.glm},
            {"glm_sharp", bounds.glm_sharp},
            {"squared_norm", {{"upper", bounds.norm.squared_norm}, {"method", bounds.norm.method}}},
            {"squared_norm_of_unit_rows",
             {{"upper", bounds.unit_norm.squared_norm}, {"method", bounds.unit_norm.method}}}};
  if (bounds.sparse) {
    json["sparse_conflicts"] = *bounds.sparse;
    json["conflict_degree"] = {{"largest", bounds.degree->largest},
                               {"exact", bounds.degree->is_exact}};
  }
  return json;
}

Json gradients_json(const measure::GradientCheck& check) {
  return {
      {"examples", check.examples}, {"sum", check.sum},       {"squared_norm", check.squared_norm},
      {"slope", check.slope},       {"slopes", check.slopes}, {"passed", check.passed()}};
}

std::string certified_text(const std::optional<Enclosure>& ratio,
                           const measure::CertifiedSums& sums) {
  if (ratio) return ratio->is_exact() ? ratio->to_string() : brief(*ratio, 15);
  return sums.squared_norm_of_sum.is_exact() ? "inf" : "unknown: the sum may be 0";
}

void add_audited(Table& table, const std::string& name, const measure::Audited& audited) {
  table.add(
      {name, fmt::format("{} ({:+.1f} %)", few_words(audited.estimate), 100 * audited.departure)});
}

std::string point_text(const MeasuredPoint& point, const Measurement& measurement, double delta) {
  const Figures figures(point.sums);
  Table table({{""}, {""}});
  table.add({"gradient diversity Δ_S", words(figures.diversity)});
  table.add({"batch-size bound B_S = nΔ_S", words(figures.bound)});
  table.add({"  Σ‖∇f_i‖²", words(figures.sum_squared_norms)});
  table.add({"  ‖Σ∇f_i‖²", words(figures.squared_norm_of_sum)});
  table.add({"  M² = Σ‖∇f_i‖²/n", words(figures.second_moment)});
  table.add({"  ‖∇F‖²", words(figures.squared_gradient_norm)});
  table.add({"noise scale tr Σ/‖∇F‖² = B_S − 1", words(figures.noise_scale)});
  table.add({fmt::format("batch 1 + δB_S, δ = {:g}", delta),
             fmt::format("{:.0f}", recommended(figures.bound, delta))});
  table.add({"mean loss", words(point.sums.loss_sum() / static_cast<double>(point.sums.count))});
  if (measurement.is_classifier) {
    table.add({"classified rightly",
               fmt::format("{:.2f} %", 100.0 * static_cast<double>(point.sums.correct) /
                                           static_cast<double>(point.sums.count))});
  }
  if (point.certified) {
    const auto& sums = *point.certified;
    table.add({"certified Δ_S", certified_text(sums.gradient_diversity(), sums)});
    table.add({"certified B_S", certified_text(sums.batch_size_bound(), sums)});
  }
  if (point.interval) {
    const auto& interval = *point.interval;
    table.add({fmt::format("B_S from {} random examples", interval.examples),
               fmt::format("[{}, {} {} {:g} %", few_words(interval.lower),
                           std::isinf(interval.upper) ? "∞)" : few_words(interval.upper) + "]",
                           interval.is_rigorous ? "misses with probability at most"
                                                : "by the central limit theorem, misses about",
                           100 * interval.level)});
  }
  if (point.two_batches) add_audited(table, "two-batch noise scale + 1", *point.two_batches);
  if (point.moving) add_audited(table, "over an epoch while w moves", *point.moving);
  std::string text = fmt::format("at {}", point.at);
  if (point.passes > 0) text += fmt::format(", {:.4g} data passes", point.passes);
  text += "\n" + table.text(2);
  if (point.layers.empty()) return text;
  Table layers({{"layer"},
                {"parameters", Table::Align::right},
                {"B_S", Table::Align::right},
                {"M²", Table::Align::right},
                {"‖∇F‖²", Table::Align::right}});
  for (const auto& layer : point.layers) {
    const Figures own(layer.part);
    layers.add({layer.name, std::to_string(layer.part.gradient.size()), few_words(own.bound),
                few_words(own.second_moment), few_words(own.squared_gradient_norm)});
  }
  return text + layers.text(2);
}

std::string bounds_text(const measure::DataBounds& bounds) {
  Table table({{""}, {""}});
  table.add({"Theorem 1, n min‖x‖²/σ_max(X)²", "B_S ≥ " + words(bounds.glm)});
  table.add({"sharp, n/σ_max(Y)², unit rows", "B_S ≥ " + words(bounds.glm_sharp)});
  if (bounds.sparse) {
    table.add({fmt::format("Theorem 2, n/(ρ + 1), ρ {} {}", bounds.degree->is_exact ? "=" : "≤",
                           bounds.degree->largest),
               "B_S ≥ " + words(*bounds.sparse)});
  }
  return "at every point, from the rows alone\n" + table.text(2) +
         fmt::format("  σ_max certified by: {}\n", bounds.norm.method);
}

std::string gradients_text(const measure::GradientCheck& check) {
  Table table({{""}, {""}});
  table.add({"sum of single gradients against the pass", fmt::format("{:.3g}", check.sum)});
  table.add(
      {"‖∇f_i‖² against the gradient formed alone", fmt::format("{:.3g}", check.squared_norm)});
  table.add({fmt::format("slopes against difference quotients ({} told)", check.slopes),
             fmt::format("{:.3g}", check.slope)});
  return fmt::format("gradients of {} examples {}, relative departures\n", check.examples,
                     check.passed() ? "verified" : "NOT VERIFIED") +
         table.text(2);
}

}  // namespace

std::string measurement_text(const Measurement& measurement, double delta) {
  std::string text =
      fmt::format("{}: {} examples, {} features, {} parameters\n", measurement.source,
                  measurement.examples, measurement.features, measurement.parameters);
  for (const auto& what : measurement.detected) text += fmt::format("  {}\n", what);
  if (measurement.gradients) text += "\n" + gradients_text(*measurement.gradients);
  if (measurement.bounds) text += "\n" + bounds_text(*measurement.bounds);
  for (const auto& point : measurement.points) text += "\n" + point_text(point, measurement, delta);
  return text;
}

Json measurement_json(const Measurement& measurement, double delta) {
  Json json{{"data", measurement.source},
            {"detected", measurement.detected},
            {"examples", measurement.examples},
            {"features", measurement.features},
            {"parameters", measurement.parameters}};
  if (!measurement.classes.empty()) json["classes"] = measurement.classes;
  if (measurement.gradients) json["gradient_check"] = gradients_json(*measurement.gradients);
  if (measurement.bounds) json["bounds"] = bounds_json(*measurement.bounds);
  json["points"] = Json::array();
  for (const auto& point : measurement.points) {
    json["points"].push_back(point_json(point, measurement, delta));
  }
  return json;
}

}  // namespace graddiv::cli
