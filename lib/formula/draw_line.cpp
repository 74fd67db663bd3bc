#include "formula/draw_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "formula/typeset.h"

namespace graddiv {
namespace draw_printing {
namespace {

std::string in_words(const DrawLine::Range& range) {
  return to_unicode(range.from) + (range.to ? ".." + to_unicode(*range.to) : "");
}

}  // namespace
}  // namespace draw_printing

const std::vector<std::string>& described_families() {
  static const std::vector<std::string> all{"quadratics", "linear-functions", "least-squares",
                                            "glm", "max-affine"};
  return all;
}

std::string printed(const DrawLine& d) {
  using draw_printing::in_words;
  std::vector<std::string> changes;
  const auto words = [&](const char* name, const std::vector<std::string>& all) {
    if (!all.empty()) changes.push_back(fmt::format("{} = {}", name, fmt::join(all, " or ")));
  };
  const auto range = [&](const char* name, const std::optional<DrawLine::Range>& one) {
    if (one) changes.push_back(fmt::format("{} = {}", name, in_words(*one)));
  };
  if (d.is_mixed) changes.emplace_back("mixed");
  words("loss", d.losses);
  range("‖x_i‖", d.row_length);
  range("spectrum", d.spectrum);
  std::vector<std::string> eigenvalues;
  for (const Formula& value : d.eigenvalues) eigenvalues.push_back(to_unicode(value));
  if (!eigenvalues.empty())
    changes.push_back(fmt::format("spectrum = {{{}}}", fmt::join(eigenvalues, ", ")));
  range("regularization", d.regularization);
  if (d.is_interpolated) changes.emplace_back("interpolation");
  if (d.has_neighbour) changes.emplace_back("neighbour");
  words("mechanism", d.mechanisms);
  words("W", d.domains);
  words("start", d.starts);
  range("d", d.dimension);
  range("n", d.functions);
  if (d.has_full_batch) changes.emplace_back("B = full");
  range("B", d.batch);
  range("K", d.iterations);
  if (d.step) changes.push_back((d.is_schedule ? "γ_k = " : "γ = ") + to_unicode(*d.step));
  const std::string head =
      d.is_description() ? fmt::format("{}", fmt::join(d.families, " or ")) : d.instance_class;
  return head + (changes.empty() ? "" : fmt::format(" with {}", fmt::join(changes, " and ")));
}

DrawLine with_class(const DrawLine& draw, const std::string& instance_class) {
  DrawLine result;
  result.instance_class = instance_class;
  result.is_interpolated = draw.is_interpolated;
  if (std::ranges::find(draw.domains, "box") != draw.domains.end()) result.domains = {"box"};
  result.functions = draw.functions;
  result.has_full_batch = draw.has_full_batch;
  result.batch = draw.batch;
  result.iterations = draw.iterations;
  result.step = draw.step;
  result.is_schedule = draw.is_schedule;
  return result;
}

}  // namespace graddiv
