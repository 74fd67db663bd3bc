#include "formula/theorem_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "formula/parse.h"
#include "formula/spelling.h"

namespace graddiv {
namespace theorem_reading {
namespace {

using Quantifier = TheoremFile::Quantifier;
using Surrogate = TheoremFile::Surrogate;

constexpr std::array<std::string_view, 18> keywords{
    "theorem", "title", "cites", "constants", "given",   "let",    "assume",  "for",  "at",
    "each",    "step",  "when",  "claim",     "telling", "mutant", "refuted", "draw", "demand"};

constexpr std::string_view space = " \t\r\n";

/// A keyword with what stands behind it, up to the next line that begins with one.
struct Item {
  std::string_view keyword;
  SourceRange where;  ///< of the keyword
  SourceRange rest;
};

class Reader {
 public:
  explicit Reader(const std::string& text) : text_(without_comments(text)) { split(); }

  TheoremFile read() {
    if (items_.empty() || items_.front().keyword != "theorem")
      throw FormulaError({0, 1}, "expected 'theorem' and its name on the first line");
    for (const Item& item : items_) read(item);
    check();
    return std::move(file_);
  }

 private:
  // Text ----------------------------------------------------------------------------------------

  std::string_view of(SourceRange range) const {
    return std::string_view(text_).substr(range.begin, range.end - range.begin);
  }
  SourceRange trimmed(SourceRange range) const {
    while (range.begin < range.end && space.find(text_[range.begin]) != std::string_view::npos)
      ++range.begin;
    while (range.begin < range.end && space.find(text_[range.end - 1]) != std::string_view::npos)
      --range.end;
    return range;
  }
  static std::size_t word_length(std::string_view text) {
    return std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size());
  }

  void split() {
    std::size_t begin = 0;
    while (begin < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      const SourceRange line = trimmed({begin, end});
      begin = end + 1;
      if (line.begin == line.end) continue;
      const std::string_view words = of(line);
      const std::string_view first = words.substr(0, word_length(words));
      const bool is_alone =
          first.size() == words.size() || space.find(words[first.size()]) != std::string_view::npos;
      if (is_alone && std::ranges::find(keywords, first) != keywords.end()) {
        const std::size_t behind = line.begin + first.size();
        items_.push_back({first, {line.begin, behind}, trimmed({behind, line.end})});
      } else if (items_.empty() || is_misspelt_keyword(first, is_alone)) {
        throw FormulaError({line.begin, line.begin + std::max<std::size_t>(1, first.size())},
                           "expected a line that begins with a word such as 'assume' or 'claim'" +
                               suggestion(first, {keywords.begin(), keywords.end()}));
      } else {
        items_.back().rest.end = line.end;
      }
    }
  }

  /// Spaces in the place of comments and of a byte order mark, so that all else stays where it is.
  /// A comment begins with # at the start of a line or behind a space, but for the strings of a
  /// witness: a # is no other character.
  static std::string without_comments(std::string text) {
    if (text.starts_with(byte_order_mark)) text.replace(0, byte_order_mark.size(), "   ");
    bool is_comment = false;
    bool is_quoted = false;
    char before = ' ';
    for (char& c : text) {
      if (c == '\n') is_comment = is_quoted = false;
      if (c == '"' && before != '\\') is_quoted = !is_quoted;
      if (c == '#' && !is_quoted && space.find(before) != std::string_view::npos) is_comment = true;
      before = c;
      if (is_comment) c = ' ';
    }
    return text;
  }

  /// A line that goes on with a formula rarely begins with a word that is nearly a keyword.
  static bool is_misspelt_keyword(std::string_view first, bool is_alone) {
    constexpr std::size_t shortest = 4;
    return is_alone && first.size() >= shortest &&
           !suggestion(first, {keywords.begin(), keywords.end()}).empty();
  }

  /// Parts between separators at the top level of brackets.
  std::vector<SourceRange> parts_of(SourceRange range, char separator) const {
    std::vector<SourceRange> parts;
    int depth = 0;
    std::size_t begin = range.begin;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      const char c = text_[i];
      if (c == '(' || c == '[' || c == '{' || of({i, range.end}).starts_with("⟨")) ++depth;
      if (c == ')' || c == ']' || c == '}' || of({i, range.end}).starts_with("⟩")) --depth;
      if (c == separator && depth == 0) {
        parts.push_back(trimmed({begin, i}));
        begin = i + 1;
      }
    }
    parts.push_back(trimmed({begin, range.end}));
    return parts;
  }

  /// "short-step: …": the label, and what stands behind it.
  std::pair<std::string, SourceRange> label_of(SourceRange range) const {
    const std::string_view all = of(range);
    const std::size_t length =
        std::min(all.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), all.size());
    if (length == 0 || length == all.size() || all[length] != ':') return {"", range};
    return {std::string(all.substr(0, length)), trimmed({range.begin + length + 1, range.end})};
  }

  std::string identifier(SourceRange range, const char* what) const {
    const std::string_view all = of(range);
    if (all.empty() ||
        all.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string_view::npos) {
      throw FormulaError(at_least_one(range),
                         std::string("expected ") + what + ": small letters, digits and hyphens");
    }
    return std::string(all);
  }
  static SourceRange at_least_one(SourceRange range) {
    return {range.begin, std::max(range.end, range.begin + 1)};
  }

  // Formulas ------------------------------------------------------------------------------------

  Names names() const {
    if (is_in_block_) return names_in(file_.blocks.back());
    return {.variables = variables_};
  }
  Names names_in(const TheoremFile::Block& block) const {
    Names result{.variables = variables_};
    switch (block.quantifier) {
      case Quantifier::none:
        break;
      case Quantifier::iteration:
        result.under = {Under::nothing, Under::iteration};
        break;
      case Quantifier::form:
        result.under = {Under::nothing, Under::iteration, Under::form, Under::plain};
        break;
      case Quantifier::noisy_form:
        result.under = {Under::nothing, Under::iteration, Under::form, Under::noisy};
        break;
      case Quantifier::point:
        result.under = {Under::nothing, Under::point};
        break;
      case Quantifier::noisy_point:
        result.under = {Under::nothing, Under::noise};
        break;
      case Quantifier::pair:
        result.under = {Under::nothing, Under::pair};
        break;
    }
    if (block.each) result.variables.emplace(block.each->name, Formula::Type::number);
    for (const auto& let : block.lets) result.variables.emplace(let.name, let.formula.type());
    return result;
  }

  Formula formula(SourceRange range, Formula::Type type, const Names& with) const {
    if (range.begin == range.end) throw FormulaError(at_least_one(range), "expected a formula");
    Formula result = parse_formula(text_, range, with);
    if (result.type() != type) {
      throw FormulaError(result.where(),
                         type == Formula::Type::truth
                             ? "expected something that is true or false: a ≤ b, or "
                               "a property such as 'F is convex'"
                             : "expected a number");
    }
    return result;
  }

  TheoremFile::Definition definition(SourceRange range, Formula::Type type,
                                     const Names& with) const {
    const std::string_view all = of(range);
    const std::size_t sign = all.find('=');
    if (sign == std::string_view::npos)
      throw FormulaError(at_least_one(range), "expected NAME = FORMULA");
    const SourceRange name = trimmed({range.begin, range.begin + sign});
    return {std::string(of(name)),
            formula(trimmed({range.begin + sign + 1, range.end}), type, with), name};
  }

  void define(const std::string& name, Formula::Type type, SourceRange where) {
    require_new_name(name, names(), where);
    variables_.emplace(name, type);
  }

  // Lines ---------------------------------------------------------------------------------------

  void read(const Item& item) {
    const std::string_view word = item.keyword;
    const bool is_head = word == "theorem" || word == "title" || word == "cites" ||
                         word == "constants" || word == "given" || word == "assume";
    if (is_head && is_in_block_)
      throw FormulaError(item.where, "'" + std::string(word) + "' stands before the claims");
    const bool is_tail = word == "mutant" || word == "draw" || word == "demand";
    if (is_tail) {
      is_in_block_ = false;
      is_in_tail_ = true;
    } else if (is_in_tail_ && word != "refuted") {
      throw FormulaError(item.where,
                         "'" + std::string(word) + "' stands before mutants and 'draw'");
    }
    if (word == "theorem") return read_theorem(item);
    if (word == "title") return read_once(file_.title, item);
    if (word == "cites") return read_cites(item);
    if (word == "constants") return read_constants(item.rest);
    if (word == "given") return read_given(item.rest);
    if (word == "let") return read_let(item);
    if (word == "assume") return read_hypothesis(item.rest);
    if (word == "for" || word == "at") return read_quantifier(item);
    if (word == "each") return read_choice(item);
    if (word == "step" || word == "claim") return read_claim(item);
    if (word == "when") return read_when(item);
    if (word == "telling") return read_telling(item);
    if (word == "mutant") return read_mutant(item.rest);
    if (word == "refuted") return read_witness(item);
    if (word == "demand") return read_demand(item);
    read_draws(item.rest);
  }

  void read_theorem(const Item& item) {
    if (!file_.id.empty()) throw FormulaError(item.where, "a file has one theorem");
    file_.id = identifier(item.rest, "the theorem's name");
  }
  void read_once(std::string& to, const Item& item) {
    if (!to.empty())
      throw FormulaError(item.where, "'" + std::string(item.keyword) + "' stands here twice");
    to = one_line(item.rest);
    if (to.empty()) throw FormulaError(item.where, "expected words behind it");
  }
  std::string one_line(SourceRange range) const {
    std::string result;
    for (const char c : of(range)) {
      const bool is_space = space.find(c) != std::string_view::npos;
      if (!is_space) result += c;
      if (is_space && !result.empty() && result.back() != ' ') result += ' ';
    }
    return result;
  }
  void read_cites(const Item& item) {
    std::string all;
    read_once(all, item);
    const std::size_t comma = std::min(all.find(", "), all.size());
    if (!file_.cites.empty()) throw FormulaError(item.where, "'cites' stands here twice");
    file_.cites = all.substr(0, comma);
    if (comma < all.size()) file_.source = all.substr(comma + 2);
  }

  void read_constants(SourceRange range) {
    for (const SourceRange part : parts_of(range, ',')) {
      TheoremFile::Definition constant =
          definition(part, Formula::Type::number, {.variables = variables_, .under = {}});
      define(constant.name, Formula::Type::number, constant.where);
      file_.constants.push_back(std::move(constant));
    }
  }

  void read_given(SourceRange range) {
    const std::string_view all = of(range);
    for (const auto& [sign, is_at_least] :
         {std::pair{"≥", true}, {">=", true}, {"≤", false}, {"<=", false}}) {
      const std::size_t at = all.find(sign);
      if (at == std::string_view::npos) continue;
      const SourceRange name = trimmed({range.begin, range.begin + at});
      const std::size_t behind = range.begin + at + std::string_view(sign).size();
      Formula best = formula(trimmed({behind, range.end}), Formula::Type::number, names());
      define(std::string(of(name)), Formula::Type::number, name);
      file_.given.push_back({std::string(of(name)), is_at_least, std::move(best), name});
      return;
    }
    throw FormulaError(at_least_one(range), "expected NAME ≥ FORMULA or NAME ≤ FORMULA");
  }

  void read_let(const Item& item) {
    TheoremFile::Definition let = definition(item.rest, Formula::Type::number, names());
    if (!is_in_block_) {
      define(let.name, Formula::Type::number, let.where);
      file_.lets.push_back(std::move(let));
      return;
    }
    require_new_name(let.name, names(), let.where);
    file_.blocks.back().lets.push_back(std::move(let));
  }

  void read_hypothesis(SourceRange range) {
    auto [label, rest] = label_of(range);
    Formula holds = formula(rest, Formula::Type::truth, names());
    file_.hypotheses.push_back({std::move(label), std::move(holds), range});
  }

  void read_quantifier(const Item& item) {
    std::string words = std::string(item.keyword) + " " + one_line(item.rest);
    TheoremFile::Block block;
    for (const Surrogate s : {Surrogate::gradients, Surrogate::derivatives}) {
      const std::string behind = ", " + std::string(words_of(s));
      if (!words.ends_with(behind)) continue;
      block.surrogate = s;
      words.erase(words.size() - behind.size());
    }
    constexpr std::array all{Quantifier::iteration, Quantifier::form,        Quantifier::noisy_form,
                             Quantifier::point,     Quantifier::noisy_point, Quantifier::pair};
    const auto* const found =
        std::ranges::find_if(all, [&](Quantifier q) { return words == words_of(q); });
    const bool has_surrogates =
        found != all.end() &&
        (*found == Quantifier::point ||
         (*found == Quantifier::pair && block.surrogate == Surrogate::derivatives));
    if (found == all.end() || (block.surrogate != Surrogate::none && !has_surrogates)) {
      std::string known;
      std::vector<std::string> names;
      for (const Quantifier q : all) {
        known += (known.empty() ? "'" : ", '") + std::string(words_of(q)) + "'";
        names.emplace_back(words_of(q));
      }
      throw FormulaError({item.where.begin, item.rest.end},
                         "no such quantifier" + suggestion(words, names) + "; expected " + known +
                             "; those of w perhaps with ', for any gradients', those of w and of "
                             "w, w' with ', for any derivatives'");
    }
    block.quantifier = *found;
    file_.blocks.push_back(std::move(block));
    is_in_block_ = true;
    when_.reset();
  }

  // NAME = NUMBER, NUMBER
  void read_choice(const Item& item) {
    TheoremFile::Block& to = block();
    if (to.each || !to.claims.empty() || !to.lets.empty())
      throw FormulaError(item.where, "'each' stands once, first in its block");
    TheoremFile::Choice choice;
    for (SourceRange part : parts_of(item.rest, ',')) {
      if (choice.name.empty()) {
        const std::size_t sign = std::min(of(part).find('='), of(part).size());
        choice.where = trimmed({part.begin, part.begin + sign});
        choice.name = std::string(of(choice.where));
        require_new_name(choice.name, names(), choice.where);
        part = trimmed({std::min(part.begin + sign + 1, part.end), part.end});
      }
      choice.numbers.push_back(
          formula(part, Formula::Type::number, {.variables = {}, .under = {}}));
    }
    to.each = std::move(choice);
  }

  TheoremFile::Block& block() {
    if (!is_in_block_) {
      file_.blocks.emplace_back();
      is_in_block_ = true;
      when_.reset();
    }
    return file_.blocks.back();
  }

  void read_claim(const Item& item) {
    TheoremFile::Block& to = block();
    auto [label, rest] = label_of(item.rest);
    Formula claim = formula(rest, Formula::Type::truth, names());
    require_relation(claim);
    to.claims.push_back(
        {std::move(label), item.keyword == "step", when_, std::move(claim), item.rest});
  }
  static void require_relation(const Formula& claim) {
    if (!is_relation(claim.operation()) || claim.operation() == Formula::Operation::not_equal) {
      throw FormulaError(claim.where(),
                         "a claim is one relation between two numbers: <, ≤, =, ≥ or >");
    }
  }
  void read_when(const Item& item) {
    block();
    auto [label, rest] = label_of(item.rest);
    Formula condition = formula(rest, Formula::Type::truth, names());
    when_ = TheoremFile::Hypothesis{std::move(label), std::move(condition), item.rest};
    const auto at = static_cast<std::size_t>(&item - items_.data());
    if (at + 1 == items_.size() ||
        (items_[at + 1].keyword != "claim" && items_[at + 1].keyword != "step"))
      throw FormulaError(item.where, "expected a 'claim' or 'step' behind 'when'");
  }
  void read_telling(const Item& item) {
    TheoremFile::Block& to = block();
    if (to.telling) throw FormulaError(item.where, "'telling' stands here twice");
    Names with = names();
    with.under.push_back(Under::claim);
    to.telling = formula(item.rest, Formula::Type::truth, with);
  }

  void read_mutant(SourceRange range) {
    TheoremFile::Mutant mutant;
    mutant.where = range;
    auto [label, rest] = label_of(range);
    if (label.empty()) throw FormulaError(at_least_one(range), "expected NAME: what is changed");
    mutant.id = std::move(label);
    for (const SourceRange part : parts_of(rest, ',')) read_change(part, mutant);
    file_.mutants.push_back(std::move(mutant));
  }
  // drop LABEL; replace LABEL by FORMULA; CONSTANT = NUMBER; moments …
  void read_change(SourceRange part, TheoremFile::Mutant& mutant) {
    const std::string_view all = of(part);
    using Moments = TheoremFile::Mutant::Moments;
    for (const Moments falsely : {Moments::without_noise, Moments::as_if_fresh}) {
      if (all != words_of(falsely)) continue;
      const auto is_noisy = [](const TheoremFile::Block& b) {
        return b.quantifier == Quantifier::noisy_form;
      };
      if (std::ranges::none_of(file_.blocks, is_noisy))
        throw FormulaError(part, "no claim stands under (δ, M_Q²)");
      mutant.moments = falsely;
      return;
    }
    if (all.starts_with("drop ")) {
      const SourceRange label = trimmed({part.begin + 5, part.end});
      require_label(label);
      mutant.dropped.emplace_back(of(label));
      return;
    }
    if (all.starts_with("replace ")) {
      std::size_t by = all.find(" by");  // a line may end behind it
      while (by != std::string_view::npos &&
             space.find(all.substr(std::min(by + 3, all.size()), 1)) == std::string_view::npos)
        by = all.find(" by", by + 1);
      if (by == std::string_view::npos)
        throw FormulaError(part, "expected 'replace LABEL by FORMULA'");
      const SourceRange label = trimmed({part.begin + 8, part.begin + by});
      const Labelled labelled = require_label(label);
      Formula instead = formula(trimmed({part.begin + by + 4, part.end}), Formula::Type::truth,
                                labelled.block != nullptr ? names_in(*labelled.block) : names());
      if (labelled.is_claim) require_relation(instead);
      mutant.replaced.push_back({std::string(of(label)), std::move(instead), part});
      return;
    }
    TheoremFile::Definition constant =
        definition(part, Formula::Type::number, {.variables = {}, .under = {Under::nothing}});
    const auto known =
        std::ranges::find(file_.constants, constant.name, &TheoremFile::Definition::name);
    if (known == file_.constants.end()) {
      std::vector<std::string> names;
      for (const auto& c : file_.constants) names.push_back(c.name);
      throw FormulaError(constant.where, "'" + constant.name + "' is none of the constants" +
                                             suggestion(constant.name, names));
    }
    mutant.constants.push_back(std::move(constant));
  }

  /// What has a label: a hypothesis, or a claim or condition of a block.
  struct Labelled {
    std::string label;
    SourceRange where;
    const TheoremFile::Block* block = nullptr;
    bool is_claim = false;
  };
  std::vector<Labelled> all_labelled() const {
    std::vector<Labelled> all;
    for (const auto& h : file_.hypotheses) all.push_back({h.label, h.where});
    for (const TheoremFile::Block& b : file_.blocks) {
      const TheoremFile::Hypothesis* when = nullptr;
      for (const auto& c : b.claims) {
        all.push_back({c.label, c.where, &b, true});
        const bool is_new = c.when && (when == nullptr || when->where.begin != c.when->where.begin);
        if (is_new) all.push_back({c.when->label, c.when->where, &b});
        when = c.when ? &*c.when : nullptr;
      }
    }
    std::erase_if(all, [](const Labelled& l) { return l.label.empty(); });
    return all;
  }
  Labelled require_label(SourceRange label) const {
    const std::vector<Labelled> all = all_labelled();
    const auto found = std::ranges::find(all, std::string(of(label)), &Labelled::label);
    if (found != all.end()) return *found;
    std::vector<std::string> labels;
    for (const auto& l : all) labels.push_back(l.label);
    throw FormulaError(at_least_one(label), "nothing has the label '" + std::string(of(label)) +
                                                "'" + suggestion(of(label), labels));
  }

  void read_witness(const Item& item) {
    const std::string_view all = of(item.rest);
    if (file_.mutants.empty() || !all.starts_with("by"))
      throw FormulaError(item.where, "expected 'refuted by' behind a mutant");
    TheoremFile::Mutant& mutant = file_.mutants.back();
    if (!mutant.witness.empty() || !mutant.witness_file.empty())
      throw FormulaError(item.where, "'refuted' stands here twice");
    const SourceRange rest = trimmed({item.rest.begin + 2, item.rest.end});
    mutant.witness_where = rest;
    if (of(rest).starts_with('{')) {
      mutant.witness = std::string(of(rest));
    } else if (of(rest).starts_with("file ")) {
      mutant.witness_file = std::string(of(trimmed({rest.begin + 5, rest.end})));
    } else {
      throw FormulaError(at_least_one(rest), "expected an instance, {…}, or 'file' and its name");
    }
  }

  // demand δ > 0 in 33 %
  void read_demand(const Item& item) {
    constexpr std::string_view begin = "δ > 0 in ";
    constexpr std::string_view end = " %";
    constexpr std::size_t most_digits = 2;
    std::string_view all = of(item.rest);
    int percent = 0;
    if (all.starts_with(begin) && all.ends_with(end) && all.size() > begin.size() + end.size()) {
      all = all.substr(begin.size(), all.size() - begin.size() - end.size());
      const bool is_number = all.size() <= most_digits &&
                             all.find_first_not_of("0123456789") == std::string_view::npos;
      if (is_number) percent = std::stoi(std::string(all));
    }
    if (percent == 0)
      throw FormulaError({item.where.begin, item.rest.end},
                         "expected 'demand δ > 0 in N %', N from 1 to 99");
    if (file_.least_percent_at_positive_delta != 0)
      throw FormulaError(item.where, "'demand' stands here twice");
    file_.least_percent_at_positive_delta = percent;
  }

  void read_draws(SourceRange range) {
    for (const SourceRange part : parts_of(range, ','))
      file_.draws.push_back(parse_draw(text_, part, variables_));
  }

  // The whole -------------------------------------------------------------------------------------

  void check() const {
    const bool claims = std::ranges::any_of(file_.blocks, [](const TheoremFile::Block& b) {
      return std::ranges::any_of(b.claims, [](const auto& c) { return !c.is_step; });
    });
    if (!claims)
      throw FormulaError({text_.size(), text_.size()},
                         "the theorem claims nothing: expected 'claim'");
    std::set<std::string> used;
    for (const auto& h : file_.hypotheses) collect_variables(h.formula, used);
    for (const auto& g : file_.given) collect_variables(g.best, used);
    for (const auto& l : file_.lets) collect_variables(l.formula, used);
    for (const auto& d : file_.draws)
      if (d.step) collect_variables(*d.step, used);
    for (const TheoremFile::Block& b : file_.blocks) {
      std::set<std::string> here;
      for (const auto& l : b.lets) collect_variables(l.formula, here);
      for (const auto& c : b.claims) {
        collect_variables(c.formula, here);
        if (c.when) collect_variables(c.when->formula, here);
      }
      if (b.telling) collect_variables(*b.telling, here);
      for (const auto& l : b.lets) require_use(l.name, l.where, here);
      if (b.each) require_use(b.each->name, b.each->where, here);
      used.insert(here.begin(), here.end());
    }
    for (const auto& c : file_.constants) require_use(c.name, c.where, used);
    for (const auto& g : file_.given) require_use(g.name, g.where, used);
    for (const auto& l : file_.lets) require_use(l.name, l.where, used);
    std::set<std::string> labels;
    for (const Labelled& l : all_labelled()) {
      if (!labels.insert(l.label).second)
        throw FormulaError(l.where, "the label '" + l.label + "' stands here twice");
    }
    std::set<std::string> ids;
    for (const auto& m : file_.mutants) {
      if (!ids.insert(m.id).second)
        throw FormulaError(m.where, "there is a mutant '" + m.id + "' already");
    }
  }
  static void require_use(const std::string& name, SourceRange where,
                          const std::set<std::string>& used) {
    if (!used.contains(name)) throw FormulaError(where, "'" + name + "' is never used");
  }

  const std::string text_;  // without comments
  std::vector<Item> items_;
  TheoremFile file_;
  std::map<std::string, Formula::Type> variables_;
  std::optional<TheoremFile::Hypothesis> when_;
  bool is_in_block_ = false;
  bool is_in_tail_ = false;
};

}  // namespace
}  // namespace theorem_reading

std::span<const std::string_view> line_keywords() { return theorem_reading::keywords; }

TheoremFile parse_theorem(const std::string& text) {
  using namespace theorem_reading;
  return Reader(text).read();
}

std::string_view words_of(TheoremFile::Quantifier quantifier) {
  switch (quantifier) {
    case TheoremFile::Quantifier::none:
      return "";
    case TheoremFile::Quantifier::iteration:
      return "for every k";
    case TheoremFile::Quantifier::form:
      return "for every k, under each (δ, M²)";
    case TheoremFile::Quantifier::noisy_form:
      return "for every k, under each (δ, M_Q²)";
    case TheoremFile::Quantifier::point:
      return "at every point w";
    case TheoremFile::Quantifier::noisy_point:
      return "at every point w, under the mechanism";
    case TheoremFile::Quantifier::pair:
      return "for every pair w, w'";
  }
  return "";
}

std::string_view words_of(TheoremFile::Surrogate surrogate) {
  switch (surrogate) {
    case TheoremFile::Surrogate::none:
      return "";
    case TheoremFile::Surrogate::gradients:
      return "for any gradients";
    case TheoremFile::Surrogate::derivatives:
      return "for any derivatives";
  }
  return "";
}

std::string_view words_of(TheoremFile::Mutant::Moments moments) {
  switch (moments) {
    case TheoremFile::Mutant::Moments::as_stated:
      return "";
    case TheoremFile::Mutant::Moments::without_noise:
      return "moments without noise";
    case TheoremFile::Mutant::Moments::as_if_fresh:
      return "moments as if fresh";
  }
  return "";
}

Formula expanded(const Formula& formula, const TheoremFile& file, const TheoremFile::Block* block) {
  Formula result = formula;
  // The last first: a definition may use those before it.
  const auto put_in = [&](const std::vector<TheoremFile::Definition>& all) {
    for (auto d = all.rbegin(); d != all.rend(); ++d)
      result = substituted(result, d->name, d->formula);
  };
  if (block != nullptr) put_in(block->lets);
  put_in(file.lets);
  put_in(file.constants);
  return result;
}

}  // namespace graddiv
