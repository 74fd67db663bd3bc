#include "claim/verdict.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace graddiv {
namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 7> verdict_names{{
    {Verdict::proved, "proved"},
    {Verdict::refuted, "refuted"},
    {Verdict::supported, "supported"},
    {Verdict::consistent, "consistent"},
    {Verdict::inconclusive, "inconclusive"},
    {Verdict::not_applicable, "not applicable"},
    {Verdict::error, "error"},
}};

}  // namespace

std::string_view to_string(Verdict verdict) {
  for (const auto& [v, name] : verdict_names) {
    if (v == verdict) return name;
  }
  throw std::logic_error("a verdict without a name");
}

Verdict parse_verdict(std::string_view text) {
  for (const auto& [v, name] : verdict_names) {
    if (name == text) return v;
  }
  throw std::invalid_argument("'" + std::string(text) + "' is no verdict");
}

}  // namespace graddiv
