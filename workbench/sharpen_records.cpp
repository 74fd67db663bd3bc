#include "workbench/sharpen_records.h"

#include <fmt/format.h>

#include "campaign/store.h"
#include "number/rational.h"
#include "workbench/error.h"
#include "workbench/provenance.h"

namespace graddiv::workbench {

namespace {

using Outcome = VariantFinding::Outcome;

/// A decimal where it has one of few digits, else a fraction, else the decimal that says less.
std::string number_text(const Rational& x, bool is_rounded_down) {
  constexpr int digits = 6;
  const std::string below = decimal_below(x, digits);
  if (parse_rational(below) == x) return below;
  constexpr std::size_t short_text = 9;
  if (std::string fraction = to_string(x); fraction.size() <= short_text) return fraction;
  return is_rounded_down ? below : decimal_above(x, digits);
}

std::string refuted_text(const NumberFinding& f) {
  if (!f.refuted) return "";
  return (f.is_limit ? (f.smaller_is_stronger ? "below " : "above ") : "at ") +
         number_text(*f.refuted, f.smaller_is_stronger);
}

std::string slack_text(const NumberFinding& f) {
  if (f.is_best()) return "exact";
  if (!f.refuted || *f.refuted == 0 || !f.unrefuted) return "";
  if (*f.unrefuted != f.number.value)
    return "false as stated, not at " + number_text(*f.unrefuted, !f.smaller_is_stronger);
  const Rational slack =
      f.smaller_is_stronger ? *f.unrefuted / *f.refuted : *f.refuted / *f.unrefuted;
  return slack <= 1 ? "" : "at most ×" + decimal_above(slack, 4);
}

Text among(const NumberFinding& f) {
  if (!f.slice.empty()) return Text::formula(f.slice);
  switch (f.regime) {
    case Regime::any:
      return {};
    case Regime::delta_zero:
      return "$δ = 0$";
    case Regime::delta_positive:
      return "$δ > 0$";
  }
  return {};
}

/// Of a number in all its instances the number itself is said, of those of a kind only what is.
SharpnessRecord record_of(const NumberFinding& f) {
  SharpnessRecord r{.part = SharpnessPart::number,
                    .among = among(f),
                    .refuted = refuted_text(f),
                    .improvable = slack_text(f),
                    .checks = f.checks};
  if (f.slice.empty()) {
    r.what = Text::formula(f.number.text);
    r.place = f.number.where;
    r.value = number_text(f.number.value, true);
  }
  if (f.unrefuted) r.unrefuted = "at " + number_text(*f.unrefuted, !f.smaller_is_stronger);
  if (f.by) r.witness = Text::words(f.by->origin);
  return r;
}

/// Without the seconds of a search, which are not the same every time.
SharpnessRecord record_of(const VariantFinding& f, const Theorem& theorem,
                          const SharpenResult& result) {
  const bool is_shown = f.by || f.outcome == Outcome::undefined;
  return {.part = SharpnessPart::hypothesis,
          .what = theorem.statement.hypotheses().at(*f.variant.hypothesis).text,
          .outcome = std::string(to_string(f.outcome)),
          .witness = is_shown ? shown_by(f, result)
                              : Text::words(fmt::format(
                                    "no witness in {} instances and {} checks of a search",
                                    result.trials, f.checks)),
          .checks = f.checks,
          .seconds = f.seconds};
}

}  // namespace

Text shown_by(const VariantFinding& f, const SharpenResult& result) {
  switch (f.outcome) {
    case Outcome::refuted:
    case Outcome::in_a_step:
      return Text::words(f.by->origin + ": ") + f.by->reason;
    case Outcome::undefined:
      return Text::words(f.trouble);
    case Outcome::implied:
      return "the statement implies it";
    case Outcome::idle:
      return "applies nowhere";
    case Outcome::weaker:
      return "says no more than the statement on any instance";
    case Outcome::open:
      return Text::words(fmt::format("no witness in {} instances and {:.1f} s of search",
                                     result.trials + f.checks, f.seconds));
  }
  return {};
}

std::string score_of(const SharpenResult& result) {
  const auto refuted = result.count(Outcome::refuted);
  std::string text =
      fmt::format("{} of {} refuted", refuted, refuted + result.count(Outcome::open));
  const std::pair<Outcome, const char*> others[] = {
      {Outcome::implied, "are implied by the statement"},
      {Outcome::weaker, "say no more on any instance"},
      {Outcome::in_a_step, "fail in a step of the proof alone"},
      {Outcome::undefined, "are undefined somewhere"},
      {Outcome::idle, "apply nowhere"}};
  const char* separator = "; ";
  for (const auto& [outcome, words] : others) {
    const auto count = result.count(outcome);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", separator, count, words);
    separator = ", ";
  }
  return text;
}

std::vector<SharpnessRecord> records_of(const Theorem& theorem, const SharpenResult& result) {
  std::vector<SharpnessRecord> records;
  for (const NumberFinding& f : result.numbers) records.push_back(record_of(f));
  for (const VariantFinding& f : result.hypotheses)
    records.push_back(record_of(f, theorem, result));
  records.push_back({.part = SharpnessPart::mutants, .outcome = score_of(result)});
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].theorem = theorem.id;
    records[i].rank = static_cast<int>(i);
  }
  return records;
}

void require_own_store(const std::string& path) {
  const auto made_by = Store(path, Store::Mode::read).provenance();
  const Provenance now = make_provenance(0);
  if (!made_by) {
    throw RequestError("--store " + path + ": holds no campaign; graddiv verify --store makes one");
  }
  const auto code = [](const Provenance& p) { return p.version + " (" + p.commit + ")"; };
  if (code(*made_by) != code(now)) {
    throw RequestError("--store " + path + ": was made by graddiv " + code(*made_by) +
                       ", this is " + code(now) + "; make it anew with graddiv verify --store");
  }
}

void write_sharpness(const std::string& path, const Theorem& theorem, const SharpenResult& result) {
  Store(path, Store::Mode::write).write(theorem.id, records_of(theorem, result));
}

}  // namespace graddiv::workbench
