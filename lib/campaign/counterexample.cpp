#include "campaign/counterexample.h"

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "claim/check.h"
#include "json/print.h"

namespace graddiv {

namespace {

constexpr auto counterexample_format = "graddiv-counterexample/1";

constexpr auto unfinished = "unfinished";

constexpr auto verdict_names =
    "proved, refuted, supported, consistent, inconclusive, not applicable or error";
constexpr auto evidence_names =
    "exact, interval, statistical or none, the first three also followed by at surrogates";

// As a text: JSON readers elsewhere may take numbers for doubles, which do not hold every seed.
std::uint64_t read_long(const JsonReader& reader) {
  const std::string text = reader.text();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    reader.fail("a whole number as a string");
  return value;
}

std::optional<std::uint64_t> read_seed(const JsonReader& reader) {
  return reader.has("seed") ? std::optional(read_long(reader.at("seed"))) : std::nullopt;
}

std::optional<SampledBy> read_sampled(const JsonReader& reader) {
  constexpr long most_runs = 1'000'000'000;
  if (!reader.has("sampling")) return std::nullopt;
  const JsonReader sampling = reader.at("sampling");
  sampling.allow_only({"runs", "seed", "instance", "error_level"});
  SampledBy read{.runs = sampling.at("runs").integer(2, most_runs),
                 .seed = read_long(sampling.at("seed")),
                 .instance = read_long(sampling.at("instance")),
                 .error_level = sampling.at("error_level").number()};
  if (read.error_level <= 0 || read.error_level >= 1)
    sampling.at("error_level").fail("a probability between 0 and 1");
  return read;
}

std::optional<std::int64_t> read_number(const JsonReader& reader) {
  if (!reader.has("number")) return std::nullopt;
  return reader.at("number").integer(0, std::numeric_limits<long>::max());
}

/// A verdict or a kind of evidence by its name.
template <class Value>
Value named(const JsonReader& reader, Value (*parse)(std::string_view), const char* names) {
  try {
    return parse(reader.text());
  } catch (const std::invalid_argument&) {
    reader.fail(names);
  }
}

std::optional<Sides> read_sides(const JsonReader& reader) {
  if (!reader.has("sides")) return std::nullopt;
  const JsonReader sides = reader.at("sides");
  sides.allow_only({"where", "left", "right"});
  return Sides{sides.at("where").text(), sides.at("left").text(), sides.at("right").text()};
}

}  // namespace

std::optional<Sides> sides_of(const Finding& finding) {
  constexpr int digits = 12;
  std::optional<Sides> of_step;  // of the proof, where no claim is false
  for (const auto& [conclusion, holds, tightness] : finding.conclusions) {
    if (conclusion.applies != Truth::yes || holds != Truth::no) continue;
    Sides sides{to_string(conclusion.place), conclusion.comparison.left.to_string(digits),
                conclusion.comparison.right.to_string(digits)};
    if (!conclusion.is_lemma) return sides;
    if (!of_step) of_step = std::move(sides);
  }
  return of_step;
}

std::optional<SampledBy> sampled_by(const EvaluationOptions& how, const EvidenceName& evidence) {
  if (!how.sampling || evidence.kind != Evidence::statistical) return std::nullopt;
  return SampledBy{how.sampling->runs, how.sampling->seed, how.sampling->instance, how.error_level};
}

EvaluationOptions how_checked(const CounterexampleFile& counterexample) {
  EvaluationOptions how;
  if (const auto& by = counterexample.sampled) {
    how.sampling = SamplingOptions{};
    how.sampling->runs = by->runs;
    how.sampling->seed = by->seed;
    how.sampling->instance = by->instance;
    how.error_level = by->error_level;
  }
  return how;
}

CounterexampleFile read_counterexample(const std::string& path,
                                       const std::vector<FamilyEntry>& known) {
  const auto reader = JsonReader::from_file(path);
  if (!reader.is_object()) reader.fail("an object with \"format\", \"statement\" and \"instance\"");
  if (reader.at("format").text() != counterexample_format) {
    reader.at("format").fail(std::string("\"") + counterexample_format +
                             "\", a saved counterexample; an instance is checked with: "
                             "graddiv check ID " +
                             path);
  }
  reader.allow_only({"format", "statement", "mutant", "theorem", "verdict", "evidence", "reason",
                     "sides", "sampling", "origin", "version", "commit", "seed", "number",
                     "shrinking", "instance"});
  const auto optional_text = [&](const char* key) {
    return reader.has(key) ? std::optional(reader.at(key).text()) : std::nullopt;
  };
  CounterexampleFile read{.statement = reader.at("statement").text(),
                          .mutant = optional_text("mutant"),
                          .theorem_file = optional_text("theorem"),
                          .verdict = named(reader.at("verdict"), parse_verdict, verdict_names),
                          .evidence = std::nullopt,
                          .reason = optional_text("reason"),
                          .sides = read_sides(reader),
                          .sampled = read_sampled(reader),
                          .origin = optional_text("origin").value_or(""),
                          .version = optional_text("version").value_or(""),
                          .commit = optional_text("commit").value_or(""),
                          .seed = read_seed(reader),
                          .number = read_number(reader),
                          .is_smallest = !reader.has("shrinking"),
                          .instance = read_instance(reader.at("instance"), known)};
  if (!read.is_smallest) reader.at("shrinking").one_of({unfinished});
  if (reader.has("evidence"))
    read.evidence = named(reader.at("evidence"), parse_evidence_name, evidence_names);
  return read;
}

std::string to_text(const CounterexampleFile& counterexample) {
  nlohmann::ordered_json head = {{"format", counterexample_format},
                                 {"statement", counterexample.statement}};
  if (counterexample.mutant) head["mutant"] = *counterexample.mutant;
  if (counterexample.theorem_file) head["theorem"] = *counterexample.theorem_file;
  head["verdict"] = counterexample.verdict;
  if (counterexample.evidence) head["evidence"] = *counterexample.evidence;
  if (counterexample.reason) head["reason"] = *counterexample.reason;
  if (const auto& sides = counterexample.sides) {
    head["sides"] = {{"where", sides->where}, {"left", sides->left}, {"right", sides->right}};
  }
  if (const auto& by = counterexample.sampled) {
    head["sampling"] = {{"runs", by->runs},
                        {"seed", std::to_string(by->seed)},
                        {"instance", std::to_string(by->instance)},
                        {"error_level", to_string(by->error_level)}};
  }
  head["origin"] = counterexample.origin;
  head["version"] = counterexample.version;
  head["commit"] = counterexample.commit;
  if (counterexample.seed) head["seed"] = std::to_string(*counterexample.seed);
  if (counterexample.number) head["number"] = *counterexample.number;
  if (!counterexample.is_smallest) head["shrinking"] = unfinished;

  return file_text(head, "instance", to_text(counterexample.instance));
}

}  // namespace graddiv
