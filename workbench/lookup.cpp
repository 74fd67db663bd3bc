#include "workbench/lookup.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "number/edit_distance.h"
#include "theorems/catalogue.h"
#include "workbench/error.h"

namespace graddiv::workbench {

namespace {

std::u32string letters(std::string_view id) { return {id.begin(), id.end()}; }

template <class Things>
std::vector<std::string> ids_of(const Things& things) {
  std::vector<std::string> ids;
  for (const auto& thing : things) ids.push_back(thing.id);
  return ids;
}

constexpr std::string_view of_files = ".theorem";

/// Where the name of a theorem ends and that of its mutant begins, behind a slash; a path has some
/// of its own.
std::size_t end_of_theorem(const std::string& id) {
  const auto file = id.find(std::string(of_files) + "/");
  if (file != std::string::npos) return file + of_files.size();
  return id.ends_with(of_files) ? std::string::npos : id.find('/');
}

const Theorem& theorem_named(const std::string& id) {
  if (id.ends_with(of_files)) return theorem_from_file(id);
  try {
    return find_theorem(id);
  } catch (const std::out_of_range&) {
    throw RequestError("there is no theorem '" + id + "'" +
                       hint(id, ids_of(theorems()), "graddiv list"));
  }
}

}  // namespace

bool names_a_file(std::string_view id) { return id.find(of_files) != std::string_view::npos; }

std::string suggestion(std::string_view given, const std::vector<std::string>& known) {
  constexpr std::size_t most = 3;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& name : known) {
    const bool part = given.size() >= 3 && name.find(given) != std::string::npos;
    const std::size_t d = part ? 0 : edit_distance(letters(given), letters(name));
    if (d <= 1 + name.size() / 4) near.emplace_back(d, name);
  }
  std::ranges::sort(near);
  near.resize(std::min(near.size(), most));
  std::string text;
  for (std::size_t i = 0; i < near.size(); ++i) {
    text += i == 0 ? "; did you mean '" : i + 1 == near.size() ? " or '" : ", '";
    text += near[i].second + "'";
  }
  return text.empty() ? "" : text + "?";
}

std::string hint(std::string_view given, const std::vector<std::string>& known,
                 std::string_view where) {
  const std::string text = suggestion(given, known);
  return text.empty() ? "; see " + std::string(where) : text;
}

StatementRef find_statement(const std::string& id) {
  const auto slash = end_of_theorem(id);
  const Theorem& theorem = theorem_named(id.substr(0, slash));
  if (slash == std::string::npos) return {&theorem, nullptr};
  const std::string mutant = id.substr(slash + 1);
  const auto found = std::ranges::find(theorem.mutants, mutant, &Mutant::id);
  if (found == theorem.mutants.end()) {
    throw RequestError("'" + theorem.id + "' has no mutant '" + mutant + "'" +
                       hint(mutant, ids_of(theorem.mutants), "graddiv show " + theorem.id));
  }
  return {&theorem, &*found};
}

std::vector<const Theorem*> select_theorems(const std::vector<std::string>& ids) {
  std::vector<const Theorem*> named;
  for (const auto& id : ids) named.push_back(&theorem_named(id));
  std::vector<const Theorem*> selected;
  for (const auto& theorem : theorems())
    if (ids.empty() || is_among(named, theorem.id)) selected.push_back(&theorem);
  for (const Theorem* of_file : named)
    if (!is_among(selected, of_file->id)) selected.push_back(of_file);
  return selected;
}

std::vector<StatementRef> select_mutants(const std::vector<std::string>& ids) {
  std::vector<StatementRef> named;
  std::vector<const Theorem*> all;
  for (const auto& id : ids) {
    named.push_back(find_statement(id));
    const Theorem* const theorem = named.back().theorem;
    if (names_a_file(id) && !is_among(all, theorem->id)) all.push_back(theorem);
  }
  for (const auto& theorem : theorems()) all.push_back(&theorem);
  std::vector<StatementRef> found;
  for (const Theorem* theorem : all) {
    for (const auto& mutant : theorem->mutants) {
      const bool is_named = std::ranges::any_of(named, [&](const StatementRef& one) {
        return one.theorem == theorem && (one.mutant == nullptr || one.mutant == &mutant);
      });
      if (ids.empty() || is_named) found.push_back({theorem, &mutant});
    }
  }
  return found;
}

bool is_among(const std::vector<const Theorem*>& theorems, const std::string& id) {
  return std::ranges::find(theorems, id, &Theorem::id) != theorems.end();
}

}  // namespace graddiv::workbench
