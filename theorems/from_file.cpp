#include "theorems/from_file.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "campaign/mutants.h"
#include "constructions/catalogue.h"
#include "formula/parse.h"
#include "formula/statement_of.h"
#include "json/file.h"
#include "json/input_error.h"
#include "json/reader.h"
#include "sgd/instance.h"
#include "theorems/construction_words.h"
#include "theorems/draws.h"

namespace graddiv {
namespace {

std::string witness_in_file(const std::string& path, const TheoremFile::Mutant& read) {
  try {
    return read_file(path);
  } catch (const InputError& e) {
    throw FormulaError(read.witness_where, e.what());
  }
}

/// Errors in a witness within the file are told by their lines and columns there: that many of them
/// are put before it.
void check_syntax(const Mutant& mutant, const TheoremFile::Mutant& read, std::string_view text,
                  const std::string& path) {
  if (!read.witness_file.empty()) {
    JsonReader::from_text(mutant.witness, mutant.witness_source);
    return;
  }
  std::string blank;
  for (const char c : text.substr(0, read.witness_where.begin)) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // a character
    if (!continues) blank += c == '\n' ? '\n' : ' ';
  }
  JsonReader::from_text(blank + mutant.witness, path);
}

}  // namespace

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
      ChangeOfMutant change = change_of(file, m);
      Mutant mutant{.id = m.id,
                    .change = std::move(change.latex),
                    .change_text = std::move(change.text),
                    .statement = statement_of(file, m),
                    .witness = m.witness,
                    .witness_source = place_in(m.witness_where, text, path)};
      if (!m.witness_file.empty()) {
        mutant.witness_source =
            (std::filesystem::path(path).parent_path() / m.witness_file).string();
        mutant.witness = witness_in_file(mutant.witness_source, m);
      }
      if (!is_built_in && !mutant.witness.empty()) {
        check_syntax(mutant, m, text, path);
        witness_of(mutant, families_and_constructions());
      }
      theorem.mutants.push_back(std::move(mutant));
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
