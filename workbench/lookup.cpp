#include "workbench/lookup.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "theorems/catalogue.h"
#include "workbench/error.h"

namespace graddiv::workbench {

namespace {

// How many letters must be put in, left out, replaced or swapped with the next one: the optimal
// string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before;  // two letters of a earlier
  std::vector<std::size_t> last;    // one letter earlier
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

template <class Things>
std::vector<std::string> ids_of(const Things& things) {
  std::vector<std::string> ids;
  for (const auto& thing : things) ids.push_back(thing.id);
  return ids;
}

constexpr std::string_view of_files = ".theorem";

bool is_file(const std::string& id) { return id.ends_with(of_files); }

/// Where the name of a theorem ends and that of its mutant begins, behind a slash; a path has some
/// of its own.
std::size_t end_of_theorem(const std::string& id) {
  const auto file = id.find(std::string(of_files) + "/");
  if (file != std::string::npos) return file + of_files.size();
  return is_file(id) ? std::string::npos : id.find('/');
}

const Theorem& theorem_named(const std::string& id) {
  if (is_file(id)) return theorem_from_file(id);
  try {
    return find_theorem(id);
  } catch (const std::out_of_range&) {
    throw RequestError("there is no theorem '" + id + "'" +
                       hint(id, ids_of(theorems()), "graddiv list"));
  }
}

}  // namespace

std::string suggestion(std::string_view given, const std::vector<std::string>& known) {
  constexpr std::size_t most = 3;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& name : known) {
    const bool part = given.size() >= 3 && name.find(given) != std::string::npos;
    const std::size_t d = part ? 0 : distance(given, name);
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
  for (const auto& id : ids) theorem_named(id);
  std::vector<const Theorem*> selected;
  for (const auto& theorem : theorems()) {
    if (ids.empty() || std::ranges::find(ids, theorem.id) != ids.end()) {
      selected.push_back(&theorem);
    }
  }
  for (const auto& id : ids) {
    const Theorem& theorem = theorem_named(id);
    if (is_file(id) && !is_among(selected, theorem.id)) selected.push_back(&theorem);
  }
  return selected;
}

std::vector<StatementRef> select_mutants(const std::vector<std::string>& ids) {
  const auto named = [&](const std::string& id) { return std::ranges::find(ids, id) != ids.end(); };
  std::vector<StatementRef> found;
  for (const auto& id : ids) {
    const StatementRef one = find_statement(id);
    const bool is_of_file = id.find(of_files) != std::string::npos;
    if (is_of_file && one.mutant != nullptr) found.push_back(one);
    if (!is_of_file || one.mutant != nullptr) continue;
    for (const auto& mutant : one.theorem->mutants) found.push_back({one.theorem, &mutant});
  }
  for (const auto& theorem : theorems()) {
    for (const auto& mutant : theorem.mutants) {
      const StatementRef ref{&theorem, &mutant};
      if (ids.empty() || named(theorem.id) || named(ref.id())) found.push_back(ref);
    }
  }
  return found;
}

bool is_among(const std::vector<const Theorem*>& theorems, const std::string& id) {
  return std::ranges::find(theorems, id, &Theorem::id) != theorems.end();
}

}  // namespace graddiv::workbench
