#include "data/libsvm.h"

#include <charconv>
#include <cstring>
#include <limits>
#include <utility>

#include "json/quote.h"

namespace graddiv {
namespace {

constexpr std::int32_t largest_libsvm_index = std::numeric_limits<std::int32_t>::max() - 1;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The text up to the next blank, which is taken off the line; empty at its end.
std::string_view take_token(std::string_view& line) {
  std::size_t begin = 0;
  while (begin < line.size() && is_blank(line[begin])) ++begin;
  std::size_t end = begin;
  while (end < line.size() && !is_blank(line[end])) ++end;
  const std::string_view token = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return token;
}

std::string in_quotes(std::string_view text) {
  return '"' + detail::shortened(detail::printable(std::string(text))) + '"';
}

}  // namespace

LibsvmRows::LibsvmRows(const std::filesystem::path& path, const ReadOptions& options)
    : lines_(path),
      lowest_allowed_(options.index_base.value_or(0)),
      most_allowed_(largest_libsvm_index),
      columns_(options.columns) {
  // Where it is not known yet whether indices count from 0 or 1, shape_of() looks again.
  if (columns_) most_allowed_ = *columns_ - 1 + options.index_base.value_or(1);
}

void LibsvmRows::read_entry(std::string_view token, LibsvmRow& row) {
  const auto colon = token.find(':');
  const std::string_view name = token.substr(0, colon);
  if (colon == std::string_view::npos) {
    lines_.fail(token.data(), in_quotes(token), "an entry index:value");
  }
  if (name == "qid") {  // of rankings; only before the entries, and not kept
    const std::string_view id = token.substr(colon + 1);
    if (!row.index.empty()) {
      lines_.fail(token.data(), in_quotes(token), "qid before the entries of the line");
    }
    if (id.empty() || id.find_first_not_of("0123456789") != std::string_view::npos) {
      lines_.fail(id.data(), in_quotes(id), "an integer after \"qid:\"");
    }
    return;
  }
  std::uint64_t index = 0;
  const auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  if (error == std::errc::invalid_argument || stop != name.data() + name.size()) {
    lines_.fail(name.data(), in_quotes(name), "an index, a whole number at or above 0");
  }
  if (error != std::errc() || index > static_cast<std::uint64_t>(most_allowed_)) {
    lines_.fail(name.data(), "index " + detail::shortened(std::string(name)),
                columns_ ? "at most " + std::to_string(most_allowed_) + ", as there are to be " +
                               std::to_string(*columns_) + " columns"
                         : "at most " + std::to_string(most_allowed_) + ", 2^31 - 2");
  }
  const auto i = static_cast<std::int32_t>(index);
  if (i < lowest_allowed_) lines_.fail(name.data(), "index 0", "indices that count from 1");
  if (!row.index.empty() && i <= row.index.back()) {
    lines_.fail(name.data(), "index " + std::to_string(i),
                "one above " + std::to_string(row.index.back()) + ": indices ascend");
  }
  const std::string_view text = token.substr(colon + 1);
  double value = 0;
  if (parse_double(text, value) != NumberError::none) number_at(lines_, text, "a number");
  row.index.push_back(i);
  row.value.push_back(value);
  row.value_text.push_back(text);
}

bool LibsvmRows::next(LibsvmRow& row) {
  std::string_view line;
  while (lines_.next(line)) {
    const void* comment = std::memchr(line.data(), '#', line.size());
    if (comment != nullptr) {
      line =
          line.substr(0, static_cast<std::size_t>(static_cast<const char*>(comment) - line.data()));
    }
    row.label_text = take_token(line);
    if (row.label_text.empty()) continue;
    row.label = number_at(lines_, row.label_text, "a label, which is a number");
    row.index.clear();
    row.value.clear();
    row.value_text.clear();
    for (auto token = take_token(line); !token.empty(); token = take_token(line)) {
      read_entry(token, row);
    }
    if (!row.index.empty()) {
      has_zero_ = has_zero_ || row.index.front() == 0;
      largest_ = std::max(largest_, row.index.back());
    }
    return true;
  }
  return false;
}

LibsvmShape shape_of(const LibsvmRows& read, std::int64_t rows, const ReadOptions& options) {
  const std::string& file = read.lines().file();
  if (rows == 0) throw InputError(file + ": found no examples, expected LIBSVM text");
  LibsvmShape shape;
  shape.index_base = options.index_base.value_or(read.has_index_zero() ? 0 : 1);
  const bool has_entries = read.largest_index() >= 0;
  const std::int64_t needed = has_entries ? read.largest_index() + 1 - shape.index_base : 0;
  shape.columns = options.columns.value_or(static_cast<int>(needed));
  if (shape.columns < needed) {
    throw InputError(file + ": found indices from 0 to " + std::to_string(read.largest_index()) +
                     ", expected at most " + std::to_string(shape.columns) + " columns");
  }
  if (shape.columns == 0) {
    throw InputError(file + ": found no entry index:value, expected one at least");
  }
  shape.detected.emplace_back("LIBSVM");
  if (!options.index_base && has_entries) {
    shape.detected.emplace_back(shape.index_base == 0 ? "indices from 0"
                                                      : "indices from 1 (assumed: none is 0)");
  }
  return shape;
}

Dataset read_libsvm(const std::filesystem::path& path, const ReadOptions& options) {
  Dataset data;
  data.source = path.string();
  SparseRows rows;
  LibsvmRows source(path, options);
  LibsvmRow row;
  while (source.next(row)) {
    data.labels.push_back(row.label);
    make_place(rows.column, row.index.size(), source.lines());
    make_place(rows.value, row.value.size(), source.lines());
    rows.column.insert(rows.column.end(), row.index.begin(), row.index.end());
    rows.value.insert(rows.value.end(), row.value.begin(), row.value.end());
    rows.row_begin.push_back(static_cast<std::int64_t>(rows.column.size()));
  }
  data.rows = static_cast<std::int64_t>(data.labels.size());
  LibsvmShape shape = shape_of(source, data.rows, options);
  for (std::int32_t& column : rows.column) column -= shape.index_base;
  data.columns = shape.columns;
  data.detected = std::move(shape.detected);
  data.features = std::move(rows);
  return data;
}

}  // namespace graddiv
