#include "workbench/plan.h"

#include <fmt/format.h>

#include <algorithm>
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
  auto at = static_cast<std::size_t>(number);
  if (at < shared_.size())
    return Source{"shared " + std::to_string(at), [this, at] { return shared_[at]; }};
  at -= shared_.size();
  const auto& witnesses = witnesses_.at(theorem.id);
  // Many mutants of one theorem, and of others, have one witness.
  if (at < witnesses.size())
    return Source{"witness " + theorem.mutants[at].witness,
                  [&witnesses, at] { return witnesses[at]; }};
  at -= witnesses.size();
  const std::size_t classes = theorem.drawn_from.size();
  if (classes == 0) return std::nullopt;
  const InstanceClass drawn_from = theorem.drawn_from[at % classes];
  const auto draw_number = static_cast<std::int64_t>(at / classes);
  const std::string origin = "random: " + to_string(drawn_from);
  return Source{origin + " " + std::to_string(draw_number),
                [this, drawn_from, draw_number, origin] {
                  return Planned{origin, draw(drawn_from, seed_, draw_number)};
                }};
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
