#include "data/csv.h"

#include <charconv>
#include <cmath>

#include "json/quote.h"

namespace graddiv {
namespace {

std::string quoted_field(const std::string& text) {
  return text.empty() ? "nothing" : '"' + detail::shortened(detail::printable(text)) + '"';
}

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return text.substr(text.size());
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

void CsvRecords::fail(std::size_t field, const std::string& found,
                      const std::string& expected) const {
  lines_.fail_at(places_[field].line, places_[field].column, found, expected);
}

/// Reads on behind the opening quote, over line breaks, to behind the closing one.
void CsvRecords::read_quoted(std::string_view& line, std::size_t& at, std::string& field) {
  const Place begin = places_[count_ - 1];
  for (;;) {
    const auto quote = line.find('"', at);
    if (quote == std::string_view::npos) {
      field.append(line.substr(at));
      field += '\n';
      if (!lines_.next(line)) {
        lines_.fail_at(begin.line, begin.column, "a quote that is never closed", "a closing quote");
      }
      at = 0;
      continue;
    }
    field.append(line.substr(at, quote - at));
    at = quote + 1;
    if (at == line.size() || line[at] != '"') return;
    field += '"';
    ++at;
  }
}

bool CsvRecords::next() {
  std::string_view line;
  do {
    if (!lines_.next(line)) return false;
  } while (without_blanks(line).empty());
  count_ = 0;
  for (std::size_t at = 0;;) {
    if (count_ == fields_.size()) {
      fields_.emplace_back();
      places_.emplace_back();
    }
    std::string& field = fields_[count_];
    field.clear();
    at = std::min(line.find_first_not_of(" \t", at), line.size());
    places_[count_++] = {lines_.number(), static_cast<std::int64_t>(at) + 1};
    if (at < line.size() && line[at] == '"') {
      read_quoted(line, ++at, field);
      at = std::min(line.find_first_not_of(" \t", at), line.size());
      if (at < line.size() && line[at] != ',') {
        lines_.fail(line.data() + at, "text behind a closing quote", "a comma");
      }
    } else {
      const std::size_t end = std::min(line.find(',', at), line.size());
      field = without_blanks(line.substr(at, end - at));
      at = end;
    }
    if (at == line.size()) break;
    ++at;  // the comma
  }
  fields_.resize(count_);
  places_.resize(count_);
  return true;
}

CsvRows::CsvRows(const std::filesystem::path& path, const ReadOptions& options) : records_(path) {
  if (!records_.next()) {
    throw InputError(records_.lines().file() + ": found no examples, expected CSV text");
  }
  bool has_header = false;
  for (const std::string& field : records_.fields()) {
    double value = 0;
    has_header =
        has_header || (!field.empty() && parse_double(field, value) == NumberError::not_a_number);
  }
  width_ = records_.fields().size();
  find_label(options.label_column, has_header);
  if (width_ < 2) {
    records_.fail(0, "one column, that of the labels", "one column of features at least");
  }
  is_first_pending_ = !has_header;
  detected_ = {"CSV", has_header ? "with a header line" : "without a header line"};
}

void CsvRows::find_label(const std::string& wanted, bool has_header) {
  const std::vector<std::string>& names = records_.fields();
  std::size_t number = 0;
  const auto [stop, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  bool is_found = false;
  for (std::size_t j = 0; has_header && j < width_; ++j) {
    if (names[j] != wanted || wanted.empty()) continue;
    if (is_found) records_.fail(j, "a second column " + quoted_field(wanted), "one for the labels");
    label_ = j;
    is_found = true;
  }
  if (is_found) return;
  if (error == std::errc() && stop == wanted.data() + wanted.size() && number >= 1 &&
      number <= width_) {
    label_ = number - 1;
    return;
  }
  std::string expected = "the column of the labels among 1, …, " + std::to_string(width_);
  if (has_header) {
    expected += " or";
    for (const std::string& name : names) expected += ' ' + quoted_field(name);
  }
  records_.fail(
      0, wanted.empty() ? "CSV without a word on its labels" : "no column " + quoted_field(wanted),
      detail::shortened(expected, 300));
}

bool CsvRows::next(CsvRow& row) {
  if (!is_first_pending_ && !records_.next()) return false;
  is_first_pending_ = false;
  const std::vector<std::string>& fields = records_.fields();
  if (fields.size() != width_) {
    records_.fail(std::min(width_, fields.size() - 1), std::to_string(fields.size()) + " fields",
                  std::to_string(width_) + ", as in the first line");
  }
  row.value.clear();
  row.value_text.clear();
  for (std::size_t j = 0; j < width_; ++j) {
    double value = 0;
    switch (parse_double(fields[j], value)) {
      case NumberError::none:
        break;
      case NumberError::not_a_number:
        records_.fail(j, quoted_field(fields[j]), j == label_ ? "a label, a number" : "a number");
      case NumberError::not_finite:
        records_.fail(j, fields[j], "a number that is finite");
      case NumberError::too_large:
        records_.fail(j, quoted_field(fields[j]), "a number that a double can hold");
    }
    if (j == label_) {
      row.label = value;
      row.label_text = fields[j];
    } else {
      row.value.push_back(value);
      row.value_text.emplace_back(fields[j]);
    }
  }
  return true;
}

void CsvRows::expect_rows(std::int64_t rows) const {
  if (rows > 0) return;
  throw InputError(records_.lines().file() +
                   ": found a header line alone, expected examples below it");
}

void CsvRows::fail_at(std::string_view text, const std::string& expected) const {
  const std::vector<std::string>& fields = records_.fields();
  std::size_t j = 0;
  while (j + 1 < fields.size() && fields[j].data() != text.data()) ++j;
  records_.fail(j, quoted_field(fields[j]), expected);
}

Dataset read_csv(const std::filesystem::path& path, const ReadOptions& options) {
  Dataset data;
  data.source = path.string();
  DenseNumbers numbers;
  CsvRows source(path, options);
  CsvRow row;
  while (source.next(row)) {
    data.labels.push_back(row.label);
    make_place(numbers.values, row.value.size(), source.lines());
    numbers.values.insert(numbers.values.end(), row.value.begin(), row.value.end());
  }
  data.rows = static_cast<std::int64_t>(data.labels.size());
  source.expect_rows(data.rows);
  data.columns = source.columns();
  data.detected = source.detected();
  data.features = std::move(numbers);
  return data;
}

}  // namespace graddiv
