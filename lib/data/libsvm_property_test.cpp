#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "data/exact_source.h"
#include "data/read_dataset.h"
#include "testing/data_files.h"

// Data written as LIBSVM text, in all the ways that the format leaves open, and read back.
namespace graddiv {
namespace {

struct WrittenEntry {
  int index;
  std::string text;
};
struct WrittenRow {
  std::string label;
  std::vector<WrittenEntry> entries;
};

rc::Gen<std::string> number_text() {
  return rc::gen::exec([] {
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
        return std::to_string(*rc::gen::inRange(-9, 10));
      case 1:
        return '+' + std::to_string(*rc::gen::inRange(0, 1000)) + ".";
      case 2:
        return "-." + std::to_string(*rc::gen::inRange(0, 1'000'000));
      case 3:
        return std::to_string(*rc::gen::arbitrary<std::int64_t>()) + "e" +
               std::to_string(*rc::gen::inRange(-330, 280));
      default: {
        std::ostringstream out;  // a double in full
        out.precision(17);
        out << std::ldexp(static_cast<double>(*rc::gen::arbitrary<std::int64_t>()),
                          *rc::gen::inRange(-200, 200));
        return out.str();
      }
    }
  });
}

std::string blanks(int least) {
  std::string text;
  for (int n = *rc::gen::inRange(least, least + 3); n > 0; --n) {
    text += *rc::gen::inRange(0, 4) == 0 ? '\t' : ' ';
  }
  return text;
}

std::string comment() { return *rc::gen::inRange(0, 4) == 0 ? "# 9:9 anything " + blanks(0) : ""; }

std::string line_end() { return *rc::gen::inRange(0, 3) == 0 ? "\r\n" : "\n"; }

std::vector<WrittenRow> some_rows(int base) {
  std::vector<WrittenRow> rows(static_cast<std::size_t>(*rc::gen::inRange(1, 12)));
  for (WrittenRow& row : rows) {
    row.label = *number_text();
    int index = base - 1;
    for (int left = *rc::gen::inRange(0, 6); left > 0; --left) {
      index += *rc::gen::inRange(1, 5);
      row.entries.push_back({index, *number_text()});
    }
  }
  rows.front().entries.insert(rows.front().entries.begin(), {base, "0.5"});  // it shows the base
  if (rows.front().entries.size() > 1 && rows.front().entries[1].index == base) {
    rows.front().entries.erase(rows.front().entries.begin() + 1);
  }
  return rows;
}

std::string text_of(const std::vector<WrittenRow>& rows) {
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n) text += blanks(0) + comment() + line_end();
    text += blanks(0) + rows[i].label;
    if (*rc::gen::inRange(0, 4) == 0) text += blanks(1) + "qid:" + std::to_string(i);
    for (const WrittenEntry& entry : rows[i].entries) {
      text += blanks(1) + std::to_string(entry.index) + ':' + entry.text;
    }
    text += blanks(0) + comment();
    if (i + 1 < rows.size() || *rc::gen::inRange(0, 2) == 0) text += line_end();
  }
  return text;
}

using LibsvmProperty = DataFiles;

RC_GTEST_FIXTURE_PROP(LibsvmProperty, WhatIsWrittenIsReadBack, ()) {
  const int base = *rc::gen::inRange(0, 2);
  const std::vector<WrittenRow> rows = some_rows(base);
  const std::string text = text_of(rows);
  RC_LOG(text);
  const bool is_packed = *rc::gen::inRange(0, 2) == 0;
  const auto file = is_packed ? write_gz("data", text) : write("data", text);

  const Dataset data = read_dataset(file);
  const ExactSource source(file);
  std::vector<std::int64_t> all(rows.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::int64_t>(i);
  const ExactRows exact = source.read({all, {}});

  RC_ASSERT(data.rows == static_cast<std::int64_t>(rows.size()));
  RC_ASSERT(source.rows() == data.rows);
  RC_ASSERT(source.columns() == data.columns);
  const auto& features = std::get<SparseRows>(data.features);
  std::size_t k = 0;
  int columns = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto r = static_cast<Eigen::Index>(i);
    RC_ASSERT(data.labels[i] == std::strtod(rows[i].label.c_str(), nullptr));
    RC_ASSERT(exact.labels(r) == parse_rational(rows[i].label));
    RC_ASSERT(features.row_begin[i] == static_cast<std::int64_t>(k));
    Rational sum = 0;
    for (const WrittenEntry& entry : rows[i].entries) {
      const int column = entry.index - base;
      columns = std::max(columns, column + 1);
      RC_ASSERT(features.column[k] == column);
      RC_ASSERT(features.value[k] == std::strtod(entry.text.c_str(), nullptr));
      RC_ASSERT(exact.X(r, column) == parse_rational(entry.text));
      sum += exact.X(r, column);
      ++k;
    }
    RC_ASSERT(exact.X.row(r).sum() == sum);  // and 0 elsewhere
  }
  RC_ASSERT(features.row_begin.back() == static_cast<std::int64_t>(k));
  RC_ASSERT(data.columns == columns);
}

}  // namespace
}  // namespace graddiv
