#include "campaign/gallery.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include "claim/evaluation.h"

#include "claim/evaluation.h"
#include "json/print.h"
#include "number/exact.h"

namespace graddiv {

namespace {

constexpr auto gallery_format = "graddiv-gallery/1";
constexpr std::array all_regimes{Regime::any, Regime::delta_zero, Regime::delta_positive};

bool counts(const ConclusionFinding& f) {
  return !f.conclusion.is_lemma && f.conclusion.applies == Truth::yes && f.holds == Truth::yes &&
         f.tightness && f.tightness->is_bounded();
}

}  // namespace

std::optional<Regime> regime_of(const std::optional<Enclosure>& delta) {
  if (!delta) return Regime::any;
  if ((*delta > 0) == Truth::yes) return Regime::delta_positive;
  if ((*delta <= 0) == Truth::yes) return Regime::delta_zero;
  return std::nullopt;
}

std::optional<Attained> attained(const Finding& finding, Regime regime) {
  const bool is_rigorous =
      finding.evidence == Evidence::exact || finding.evidence == Evidence::interval;
  if (finding.verdict != Verdict::proved || !is_rigorous) return std::nullopt;
  std::optional<Attained> best;
  for (const ConclusionFinding& f : finding.conclusions) {
    if (!counts(f) || regime_of(f.conclusion.delta) != regime) continue;
    if (best && (f.tightness->lower() > best->ratio.lower()) != Truth::yes) continue;
    best = {regime, *f.tightness, f.conclusion.place, f.conclusion.delta,
            EvidenceName(finding.rests_on)};
  }
  return best;
}

std::vector<Attained> attained(const Finding& finding) {
  std::vector<Attained> all;
  for (const Regime regime : all_regimes) {
    if (auto best = attained(finding, regime)) all.push_back(std::move(*best));
  }
  return all;
}

Replayed replay(const Statement& statement, const GalleryEntry& entry) {
  // Ties show in exact numbers alone; here they are worth more than a second, and 512 MB.
  const EvaluationOptions exactly{.largest_exact_bits = 0x1p32};
  Replayed result{check(statement, Evaluation(entry.instance, exactly)), {}, false};
  result.attained = attained(result.finding, entry.regime);
  result.as_stored =
      result.attained && (result.attained->ratio.lower() >= enclose(entry.ratio)) == Truth::yes;
  return result;
}

SharpestRecord to_record(const GalleryEntry& entry, const Replayed& replayed) {
  constexpr int digits = 12;
  SharpestRecord record;
  record.theorem = entry.theorem;
  record.regime = entry.regime;
  record.stored = decimal_below(entry.ratio, digits);
  record.shows = entry.shows;
  record.instance = to_text(entry.instance);
  const auto& found = replayed.attained;
  if (!found) return record;
  record.ratio = found->ratio.decimal_lower(digits);
  record.as_stored = replayed.as_stored;
  record.where = found->where;
  if (found->delta) record.delta = Text::formula(found->delta->to_string(6));
  record.evidence = found->evidence;
  return record;
}

std::string GalleryEntry::file_name() const {
  return theorem + (regime == Regime::any ? "" : "--" + std::string(to_string(regime))) + ".json";
}

GalleryEntry read_gallery_entry(const JsonReader& reader, const std::vector<FamilyEntry>& known) {
  if (!reader.is_object()) {
    reader.fail("an object with \"format\", \"theorem\", \"regime\", \"ratio\" and \"instance\"");
  }
  reader.at("format").one_of({gallery_format});
  reader.allow_only({"format", "theorem", "regime", "ratio", "shows", "instance"});
  std::vector<std::string> names;
  for (const Regime regime : all_regimes) names.emplace_back(to_string(regime));
  const auto name = std::ranges::find(names, reader.at("regime").one_of(names));
  return {.theorem = reader.at("theorem").text(),
          .regime = all_regimes.at(static_cast<std::size_t>(name - names.begin())),
          .ratio = reader.at("ratio").number(),
          .shows = Text::from_marked(reader.at("shows").text()),
          .instance = read_instance(reader.at("instance"), known)};
}

std::string to_text(const GalleryEntry& entry) {
  // A power of ten below the fraction bar is a decimal to people.
  constexpr int digits = 12;
  const std::string decimal = decimal_below(entry.ratio, digits);
  const bool is_decimal = parse_rational(decimal) == entry.ratio;
  const nlohmann::ordered_json head = {{"format", gallery_format},
                                       {"theorem", entry.theorem},
                                       {"regime", to_string(entry.regime)},
                                       {"ratio", is_decimal ? decimal : to_string(entry.ratio)},
                                       {"shows", entry.shows.marked()}};
  return file_text(head, "instance", to_text(entry.instance));
}

Rational stored_ratio(const Enclosure& ratio) {
  constexpr std::size_t short_bits = 32;
  constexpr int digits = 12;
  if (ratio.is_exact() && bit_size(exact_value(ratio)) <= short_bits) return exact_value(ratio);
  return parse_rational(ratio.decimal_lower(digits));
}

}  // namespace graddiv
