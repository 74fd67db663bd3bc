#include "theorems/description.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "formula/evaluate.h"
#include "formula/symbol.h"
#include "number/exact.h"

namespace graddiv {
namespace {

/// Of what is drawn: every function has d² numbers, and is followed along every path.
constexpr long largest_drawn_dimension = 50;
constexpr long largest_drawn_size = 1000;

Rational number_in(const Formula& formula) {
  try {
    const Enclosure value = value_of(formula, {});
    if (value.is_exact()) return exact_value(value);
  } catch (const ArithmeticError&) {
  }
  throw FormulaError(formula.where(), "expected a rational number");
}

long count_in(const Formula& formula, long largest) {
  const Rational value = number_in(formula);
  if (denominator(value) == 1 && 1 <= value && value <= largest)
    return static_cast<long>(numerator(value));
  throw FormulaError(formula.where(),
                     "expected a whole number from 1 to " + std::to_string(largest));
}

template <class T>
T require_rise(T range, const std::optional<Formula>& to) {
  if (range.to < range.from)
    throw FormulaError(to->where(), "expected a number from the first one on");
  return range;
}

Description::Counts counts_in(const DrawLine::Range& range, long largest) {
  const long from = count_in(range.from, largest);
  return require_rise(Description::Counts{from, range.to ? count_in(*range.to, largest) : from},
                      range.to);
}

Description::Range numbers_in(const DrawLine::Range& range, bool may_be_negative = false) {
  const Rational from = number_in(range.from);
  if (!may_be_negative && from < 0)
    throw FormulaError(range.from.where(), "expected a number that is at least 0");
  return require_rise(Description::Range{from, range.to ? number_in(*range.to) : from}, range.to);
}

/// The value that belongs to a word.
template <class T, std::size_t size>
T value_named(const std::string& word,
              const std::array<std::pair<std::string_view, T>, size>& all) {
  return std::ranges::find(all, std::string_view(word), &std::pair<std::string_view, T>::first)
      ->second;
}

constexpr std::array<std::pair<std::string_view, Description::Family>, 5> families_by_name{
    {{"quadratics", Description::Family::quadratics},
     {"linear-functions", Description::Family::linear_functions},
     {"least-squares", Description::Family::least_squares},
     {"glm", Description::Family::glm},
     {"max-affine", Description::Family::max_affine}}};
constexpr std::array<std::pair<std::string_view, Loss>, 5> losses_by_name{
    {{"squared", Loss::squared},
     {"huber", Loss::huber},
     {"geman-mcclure", Loss::geman_mcclure},
     {"sine", Loss::sine},
     {"logistic", Loss::logistic}}};
constexpr std::array<std::pair<std::string_view, Domain::Kind>, 4> domains_by_name{
    {{"R^d", Domain::Kind::all},
     {"box", Domain::Kind::box},
     {"ball", Domain::Kind::ball},
     {"product", Domain::Kind::product}}};
constexpr std::array<std::pair<std::string_view, Description::Start>, 2> starts_by_name{
    {{"inside", Description::Start::inside}, {"boundary", Description::Start::boundary}}};
constexpr std::array<std::pair<std::string_view, Description::Noise>, 3> noises_by_name{
    {{"dropout", Description::Noise::dropout},
     {"langevin", Description::Noise::langevin},
     {"quantization", Description::Noise::quantization}}};

}  // namespace

Description description_of(const DrawLine& draw) {
  Description result;
  result.families.clear();
  for (const auto& word : draw.families)
    result.families.push_back(value_named(word, families_by_name));
  result.is_mixed = draw.is_mixed;
  for (const auto& word : draw.losses) result.losses.push_back(value_named(word, losses_by_name));
  if (!draw.domains.empty()) result.domains.clear();
  for (const auto& word : draw.domains)
    result.domains.push_back(value_named(word, domains_by_name));
  for (const auto& word : draw.starts) result.starts.push_back(value_named(word, starts_by_name));
  for (const auto& word : draw.mechanisms)
    result.mechanisms.push_back(value_named(word, noises_by_name));
  if (draw.dimension) result.dimension = counts_in(*draw.dimension, largest_drawn_dimension);
  if (draw.functions) result.functions = counts_in(*draw.functions, largest_drawn_size);
  if (draw.row_length) result.row_length = numbers_in(*draw.row_length);
  if (draw.regularization) result.regularization = numbers_in(*draw.regularization);
  const bool may_be_negative =
      std::ranges::find(result.families, Description::Family::max_affine) == result.families.end();
  if (draw.spectrum) result.spectrum = numbers_in(*draw.spectrum, may_be_negative);
  for (const Formula& value : draw.eigenvalues)
    result.eigenvalues.push_back(numbers_in({value, {}}, may_be_negative).from);
  result.is_interpolated = draw.is_interpolated;
  result.has_neighbour = draw.has_neighbour;
  result.has_full_batch = draw.has_full_batch;
  if (draw.batch) result.batch = counts_of(*draw.batch);
  if (draw.iterations) result.iterations = counts_of(*draw.iterations);
  return result;
}

Description::Counts counts_of(const DrawLine::Range& range) {
  constexpr long largest = 1'000'000;
  return counts_in(range, largest);
}

}  // namespace graddiv
