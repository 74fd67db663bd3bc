#include "theorems/from_file.h"

#include <algorithm>
#include <filesystem>

#include "formula/parse.h"
#include "formula/statement_of.h"
#include "json/file.h"
#include "json/input_error.h"
#include "sgd/instance.h"
#include "theorems/construction_words.h"
#include "theorems/draws.h"

namespace graddiv {

Theorem theorem_from(const std::string& text, const std::string& path, bool is_built_in) {
  know_construction_words();
  try {
    const TheoremFile file = parse_theorem(text);
    Theorem theorem;
    theorem.id = file.id;
    theorem.title = Text::words(file.title.empty() ? file.id : file.title);
    theorem.source = Text::words(file.source.empty() ? path : file.source);
    theorem.cites = file.cites;
    theorem.latex = latex_of(file);
    theorem.text = text_of(file);
    theorem.statement = statement_of(file);
    theorem.file_text = text;
    theorem.least_percent_at_positive_delta = file.least_percent_at_positive_delta;
    for (const auto& m : file.mutants) {
      std::string witness = m.witness;
      if (!m.witness_file.empty()) {
        witness = read_file((std::filesystem::path(path).parent_path() / m.witness_file).string());
      }
      theorem.mutants.push_back({m.id, change_of(file, m), statement_of(file, m), witness});
    }
    // Those for which no witness is known come last.
    std::stable_partition(theorem.mutants.begin(), theorem.mutants.end(),
                          [](const Mutant& m) { return !m.witness.empty(); });
    theorem.is_built_in = is_built_in;
    theorem.drawn_from = draws_of(file, is_built_in ? Edges::none : Edges::some);
    return theorem;
  } catch (const FormulaError& e) {
    throw InputError(described(e, text, path));
  }
}

Theorem read_theorem_file(const std::string& path) { return theorem_from(read_file(path), path); }

}  // namespace graddiv
