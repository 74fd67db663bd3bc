#include "problem/data_rows.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "data/exact_source.h"
#include "problem/families.h"

namespace graddiv {
namespace {

constexpr long most_data_rows = std::numeric_limits<std::int32_t>::max();

std::string count_of(std::int64_t count, const std::string& what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::optional<int> given_dimension(const JsonReader& problem) {
  if (!problem.has("dimension")) return std::nullopt;
  return static_cast<int>(problem.at("dimension").integer(1, largest_dimension));
}

ReadOptions read_data_options(const JsonReader& data, const std::optional<int>& dimension) {
  ReadOptions options;
  if (data.has("format")) {
    const std::string name = data.at("format").one_of(data_format_names());
    const auto& names = data_format_names();
    options.format =
        static_cast<DataFormat>(std::find(names.begin(), names.end(), name) - names.begin());
  }
  if (data.has("part") && data.at("part").one_of({"train", "test"}) == "test") {
    options.part = DataPart::test;
  }
  if (data.has("label")) {
    const JsonReader label = data.at("label");
    options.label_column =
        label.json().is_number() ? std::to_string(label.integer(1, most_data_rows)) : label.text();
  }
  if (data.has("index_base")) {
    options.index_base = static_cast<int>(data.at("index_base").integer(0, 1));
  }
  if (dimension && !data.has("columns")) options.columns = dimension;
  return options;
}

ExactSource open_source(const JsonReader& data, const ReadOptions& options) {
  const JsonReader file = data.at("file");
  const std::filesystem::path folder = std::filesystem::path(data.file()).parent_path();
  try {
    return ExactSource(folder / file.text(), options);
  } catch (const InputError& e) {
    file.fail("data that can be read; " + std::string(e.what()));
  }
}

std::vector<std::int64_t> read_row_choice(const JsonReader& data, std::int64_t n) {
  std::vector<std::int64_t> rows;
  if (!data.has("rows")) {
    for (std::int64_t i = 0; i < n; ++i) rows.push_back(i);
    return rows;
  }
  const JsonReader choice = data.at("rows");
  if (choice.is_array()) {
    if (choice.size() == 0) choice.fail("one row at least");
    for (std::size_t i = 0; i < choice.size(); ++i) rows.push_back(choice.at(i).integer(0, n - 1));
    return rows;
  }
  if (!choice.is_object()) {
    choice.fail("a list of rows, {\"first\": …, \"count\": …} or {\"count\": …, \"seed\": …}");
  }
  if (choice.has("seed")) {
    choice.allow_only({"count", "seed"});
    const long count = choice.at("count").integer(1, n);
    const long seed = choice.at("seed").integer(0, std::numeric_limits<long>::max());
    return sample_rows(n, count, static_cast<std::uint64_t>(seed));
  }
  choice.allow_only({"first", "count"});
  const long first = choice.at("first").integer(0, n - 1);
  const long count = choice.at("count").integer(1, n - first);
  for (long i = first; i < first + count; ++i) rows.push_back(i);
  return rows;
}

int read_pool(const JsonReader& data, const ExactSource& source) {
  if (!data.has("pool")) return 1;
  const JsonReader value = data.at("pool");
  const int pool = static_cast<int>(value.integer(1, 10'000));
  if (source.can_pool(pool)) return pool;
  if (!source.image()) value.fail("no pool here: the rows are no images");
  value.fail("a number that divides the sides of images of " +
             std::to_string(source.image()->height) + " by " +
             std::to_string(source.image()->width) + " pixels");
}

std::vector<int> read_column_choice(const JsonReader& data, int d) {
  if (!data.has("columns")) return {};
  const JsonReader list = data.at("columns");
  std::vector<int> columns;
  if (list.size() == 0) list.fail("one column at least");
  for (std::size_t j = 0; j < list.size(); ++j) {
    columns.push_back(static_cast<int>(list.at(j).integer(0, d - 1)));
  }
  return columns;
}

std::string listed(const std::set<Rational>& labels) {
  constexpr std::size_t most = 8;
  std::string text;
  std::size_t count = 0;
  for (const Rational& label : labels) {
    if (count++ == most) return text + ", …";
    text += (text.empty() ? "" : ", ") + to_string(label);
  }
  return text;
}

/// 1 for the labels in the list, −1 for the others; `known` are those of the whole file.
void mark_positive(const JsonReader& list, const std::set<Rational>& known,
                   Vector<Rational>& labels) {
  if (list.size() == 0) list.fail("one label at least");
  const Vector<Rational> positive = list.vector(-1);
  for (Eigen::Index k = 0; k < positive.size(); ++k) {
    if (known.contains(positive(k))) continue;
    list.at(static_cast<std::size_t>(k)).fail("a label that an example has: " + listed(known));
  }
  for (Rational& label : labels) {
    label = std::find(positive.begin(), positive.end(), label) != positive.end() ? 1 : -1;
  }
}

void refuse_rows_beside(const JsonReader& problem, const std::string& given) {
  for (const char* key : {"rows", "targets", "data"}) {
    if (key == given || !problem.has(key)) continue;
    problem.at(key).fail("no such key beside \"" + given + "\", which gives them");
  }
}

LabelledExactRows read_data(const JsonReader& problem) {
  refuse_rows_beside(problem, "data");
  const JsonReader data = problem.at("data");
  if (!data.is_object()) data.fail("an object {\"file\": …}");
  data.allow_only({"file", "format", "part", "label", "index_base", "rows", "pool", "columns",
                   "scale", "positive"});
  const std::optional<int> dimension = given_dimension(problem);
  const ExactSource source = open_source(data, read_data_options(data, dimension));

  ExactChoice choice;
  choice.rows = read_row_choice(data, source.rows());
  choice.pool = read_pool(data, source);
  choice.columns = read_column_choice(data, source.columns(choice.pool));
  const auto n = static_cast<std::int64_t>(choice.rows.size());
  const std::int64_t d = choice.columns.empty() ? source.columns(choice.pool)
                                                : static_cast<std::int64_t>(choice.columns.size());
  if (dimension && *dimension != d) {
    problem.at("dimension")
        .fail(std::to_string(d) +
              ", the columns that \"data\" gives, or no "
              "such key");
  }
  if (d > largest_dimension || n * d > largest_data) {
    data.fail("at most " + std::to_string(largest_dimension) + " columns and " +
              std::to_string(largest_data) + " numbers, not " + count_of(n, "row") + " of " +
              std::to_string(d) + "; \"rows\", \"columns\" and \"pool\" choose");
  }
  const Rational scale = data.has("scale") ? data.at("scale").number() : Rational(1);

  ExactRows read;
  std::set<Rational> known;
  try {
    read = source.read(choice);
    if (data.has("positive")) known = source.labels();
  } catch (const InputError& e) {
    data.at("file").fail("data that can be read exactly; " + std::string(e.what()));
  }
  if (scale != 1) read.X *= scale;
  if (data.has("positive")) mark_positive(data.at("positive"), known, read.labels);
  return {std::move(read.X), std::move(read.labels)};
}

LabelledExactRows read_drawn(const JsonReader& problem) {
  refuse_rows_beside(problem, "drawn");
  const JsonReader drawn = problem.at("drawn");
  if (!drawn.is_object()) drawn.fail("an object {\"functions\": …, \"seed\": …, \"targets\": …}");
  drawn.allow_only({"functions", "seed", "targets"});
  const long d = problem.at("dimension").integer(1, largest_dimension);
  DrawnRows rows;
  rows.d = static_cast<int>(d);
  rows.n = static_cast<int>(drawn.at("functions").integer(1, largest_data / d));
  rows.seed =
      static_cast<std::uint64_t>(drawn.at("seed").integer(0, std::numeric_limits<long>::max()));
  rows.targets = drawn.at("targets").one_of({"numbers", "classes"}) == "classes"
                     ? DrawnRows::Targets::classes
                     : DrawnRows::Targets::numbers;
  return draw_rows(rows);
}

}  // namespace

LabelledExactRows read_labelled_rows(const JsonReader& reader) {
  if (reader.has("drawn")) return read_drawn(reader);
  if (reader.has("data")) return read_data(reader);
  const int d = static_cast<int>(reader.at("dimension").integer(1, largest_dimension));
  Matrix<Rational> X = reader.at("rows").matrix(-1, d);
  Vector<Rational> y = reader.at("targets").vector(static_cast<int>(X.rows()));
  return {std::move(X), std::move(y)};
}

}  // namespace graddiv
