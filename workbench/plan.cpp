#include "workbench/plan.h"

#include <Random123/philox.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "constructions/catalogue.h"
#include "instances/classes.h"
#include "workbench/inputs.h"

namespace graddiv::workbench {

namespace fs = std::filesystem;

namespace {

// FNV-1a of 64 bits: equal on all machines, unlike std::hash.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) step(static_cast<unsigned char>(c));
    step(0);  // "ab", "c" and "a", "bc" differ
  }
  std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  void step(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

// Of every five numbers two have a given instance as long as there are any. Which two differs from
// five to five, else a shard, which has the numbers in steps of n, could get nothing else.
std::array<std::int64_t, 2> given_of_five(std::int64_t which_five) {
  const auto bits =
      r123::Philox2x64()({{static_cast<std::uint64_t>(which_five), 0}}, {{0}})[0] >> 32U;
  const auto one = static_cast<std::int64_t>(bits % 5);
  return {one, (one + 1 + static_cast<std::int64_t>(bits / 5 % 4)) % 5};
}

std::int64_t given_below(std::int64_t number) {
  const auto [one, other] = given_of_five(number / 5);
  return number / 5 * 2 + (one < number % 5 ? 1 : 0) + (other < number % 5 ? 1 : 0);
}

std::vector<Planned> witnesses_of(const Theorem& theorem) {
  std::vector<Planned> witnesses;
  for (const auto& mutant : theorem.mutants) {
    const auto name = theorem.id + "/" + mutant.id;
    const auto reader = JsonReader::from_text(mutant.witness, "witness of " + name);
    witnesses.push_back({"witness: " + name, read_instance(reader, families_and_constructions())});
  }
  return witnesses;
}

}  // namespace

VerificationPlan::VerificationPlan(const std::vector<const Theorem*>& theorems,
                                   const std::vector<std::string>& example_files,
                                   std::uint64_t seed)
    : seed_(seed) {
  for (const auto& construction : constructions()) {
    for (const auto& showcase : construction.showcases) {
      shared_.push_back({"construction: " + construction.id, construction.instance(showcase)});
    }
  }
  for (const auto& file : example_files) {
    shared_.push_back({"example: " + fs::path(file).stem().string(), read_instance_file(file)});
  }
  for (const auto* theorem : theorems) witnesses_[theorem->id] = witnesses_of(*theorem);

  Fingerprint fingerprint;
  for (const auto& planned : shared_) {
    fingerprint.add(planned.origin);
    fingerprint.add(to_text(planned.instance));
  }
  fingerprint_ = fingerprint.text();
}

std::optional<VerificationPlan::Source> VerificationPlan::source(const Theorem& theorem,
                                                                 std::int64_t number) const {
  const auto& witnesses = witnesses_.at(theorem.id);
  const std::size_t all_given = shared_.size() + witnesses.size();
  const auto at = static_cast<std::size_t>(given_below(number));
  const bool is_given = given_below(number + 1) > given_below(number) && at < all_given;
  if (is_given && at < shared_.size())
    return Source{"shared " + std::to_string(at), [this, at] { return shared_[at]; }};
  if (is_given) {
    const std::size_t own = at - shared_.size();
    // Many mutants of one theorem, and of others, have one witness.
    return Source{"witness " + theorem.mutants[own].witness,
                  [&witnesses, own] { return witnesses[own]; }};
  }
  const std::size_t classes = theorem.drawn_from.size();
  if (classes == 0) return std::nullopt;
  const std::size_t drawn = static_cast<std::size_t>(number) - std::min(at, all_given);
  const InstanceClass drawn_from = theorem.drawn_from[drawn % classes];
  const auto draw_number = static_cast<std::int64_t>(drawn / classes);
  const std::string origin = "random: " + to_string(drawn_from);
  return Source{origin + " " + std::to_string(draw_number),
                [this, drawn_from, draw_number, origin] {
                  return Planned{origin, draw(drawn_from, seed_, draw_number)};
                }};
}

const std::string& VerificationPlan::in_words() {
  static const std::string words =
      "of every 5 instances 3 are random and 2 worst cases, examples or witnesses of mutants, "
      "until these are used up; then all are random";
  return words;
}

Plan VerificationPlan::plan() const {
  return {[this](const Theorem& theorem, std::int64_t number) -> std::optional<Planned> {
            const auto found = source(theorem, number);
            return found ? std::optional(found->make()) : std::nullopt;
          },
          [this](const Theorem& theorem, std::int64_t number) {
            const auto found = source(theorem, number);
            return found ? found->name : "";
          }};
}

}  // namespace graddiv::workbench
