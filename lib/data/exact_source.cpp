#include "data/exact_source.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "data/csv.h"
#include "data/detect.h"
#include "data/libsvm.h"

namespace graddiv {
namespace {

/// Where the numbers of the files go: row r of the file into some rows of X, column c into some of
/// its columns.
class Target {
 public:
  Target(const ExactChoice& choice, int columns) {
    const auto width = static_cast<Eigen::Index>(
        choice.columns.empty() ? static_cast<std::size_t>(columns) : choice.columns.size());
    for (std::size_t i = 0; i < choice.rows.size(); ++i) {
      rows_.emplace(choice.rows[i], static_cast<Eigen::Index>(i));
    }
    for (std::size_t j = 0; j < choice.columns.size(); ++j) {
      if (choice.columns[j] < 0 || choice.columns[j] >= columns) {
        throw std::out_of_range("no such column");
      }
      columns_.emplace(choice.columns[j], static_cast<Eigen::Index>(j));
    }
    is_whole_ = choice.columns.empty();
    result_.X = Matrix<Rational>::Zero(static_cast<Eigen::Index>(choice.rows.size()), width);
    result_.labels = Vector<Rational>::Zero(result_.X.rows());
  }

  bool wants(std::int64_t row) const { return rows_.count(row) != 0; }
  std::int64_t last_row() const { return rows_.empty() ? -1 : rows_.rbegin()->first; }
  bool wants_column(int column) const { return is_whole_ || columns_.count(column) != 0; }

  void set_label(std::int64_t row, const Rational& label) {
    const auto [first, last] = rows_.equal_range(row);
    for (auto i = first; i != last; ++i) result_.labels(i->second) = label;
  }
  void set(std::int64_t row, int column, const Rational& value) {
    const auto [first, last] = rows_.equal_range(row);
    for (auto i = first; i != last; ++i) {
      if (is_whole_) {
        result_.X(i->second, column) = value;
        continue;
      }
      const auto [left, right] = columns_.equal_range(column);
      for (auto j = left; j != right; ++j) result_.X(i->second, j->second) = value;
    }
  }
  ExactRows take() { return std::move(result_); }

 private:
  std::multimap<std::int64_t, Eigen::Index> rows_;
  std::multimap<int, Eigen::Index> columns_;
  bool is_whole_ = true;
  ExactRows result_;
};

[[noreturn]] void fail_as_changed(const std::filesystem::path& path) {
  throw InputError(path.string() + ": found other data than a moment ago, expected a file that " +
                   "nobody changes");
}

/// Sums over pool × pool pixels, the same for every channel, divided by their number.
void pool_image(const std::uint8_t* pixels, const ImageShape& image, int pool, std::int64_t row,
                Target& target) {
  const int height = image.height / pool;
  const int width = image.width / pool;
  for (int column = 0; column < image.channels * height * width; ++column) {
    if (!target.wants_column(column)) continue;
    const int c = column / (height * width);
    const int y = column / width % height;
    const int x = column % width;
    long sum = 0;
    for (int v = y * pool; v < (y + 1) * pool; ++v) {
      for (int u = x * pool; u < (x + 1) * pool; ++u) {
        sum += pixels[(static_cast<std::size_t>(c) * static_cast<std::size_t>(image.height) +
                       static_cast<std::size_t>(v)) *
                          static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(u)];
      }
    }
    target.set(row, column, Rational(sum, static_cast<long>(pool) * pool));
  }
}

void copy_bytes(const Dataset& data, const ExactChoice& choice, Target& target) {
  const auto& bytes = std::get<DenseBytes>(data.features).values;
  const auto width = static_cast<std::size_t>(data.columns);
  for (const std::int64_t row : choice.rows) {
    const std::uint8_t* pixels = bytes.data() + static_cast<std::size_t>(row) * width;
    target.set_label(row, Rational(static_cast<long>(data.labels[static_cast<std::size_t>(row)])));
    if (choice.pool > 1) {
      pool_image(pixels, data.image.value(), choice.pool, row, target);
      continue;
    }
    for (int column = 0; column < data.columns; ++column) {
      if (target.wants_column(column)) target.set(row, column, static_cast<long>(pixels[column]));
    }
  }
}

/// The exact number that a text is which parse_double() accepted.
template <class Fail>
Rational exact_number(std::string_view text, const Fail& fail) {
  try {
    return parse_rational(text);
  } catch (const ParseError&) {
    fail();
    throw;
  }
}

const char* const exponent_expected = "an exponent from -100000 to 100000, to be read exactly";

/// The number that the text of an open file is. Throws InputError, which names the place.
Rational exact_number(std::string_view text, const LibsvmRows& source) {
  return exact_number(text, [&] {
    source.lines().fail(text.data(), '"' + std::string(text) + '"', exponent_expected);
  });
}
Rational exact_number(std::string_view text, const CsvRows& source) {
  return exact_number(text, [&] { source.fail_at(text, exponent_expected); });
}

/// The different labels of the rows to come.
template <class Row, class Rows>
std::set<Rational> labels_of(Rows source) {
  std::set<std::string, std::less<>> texts;
  std::set<Rational> labels;
  for (Row row; source.next(row);) {
    if (texts.contains(row.label_text)) continue;
    texts.emplace(row.label_text);
    labels.insert(exact_number(row.label_text, source));
  }
  return labels;
}

void copy_libsvm(const std::filesystem::path& path, const ReadOptions& options, int index_base,
                 int columns, Target& target) {
  LibsvmRows source(path, options);
  LibsvmRow row;
  for (std::int64_t r = 0; r <= target.last_row(); ++r) {
    if (!source.next(row)) fail_as_changed(path);
    if (!target.wants(r)) continue;
    target.set_label(r, exact_number(row.label_text, source));
    for (std::size_t k = 0; k < row.index.size(); ++k) {
      const int column = row.index[k] - index_base;
      if (column < 0 || column >= columns) fail_as_changed(path);
      if (target.wants_column(column)) {
        target.set(r, column, exact_number(row.value_text[k], source));
      }
    }
  }
}

void copy_csv(const std::filesystem::path& path, const ReadOptions& options, int columns,
              Target& target) {
  CsvRows source(path, options);
  CsvRow row;
  if (source.columns() != columns) fail_as_changed(path);
  for (std::int64_t r = 0; r <= target.last_row(); ++r) {
    if (!source.next(row)) fail_as_changed(path);
    if (!target.wants(r)) continue;
    target.set_label(r, exact_number(row.label_text, source));
    for (int column = 0; column < columns; ++column) {
      if (!target.wants_column(column)) continue;
      target.set(r, column, exact_number(row.value_text[static_cast<std::size_t>(column)], source));
    }
  }
}

}  // namespace

ExactSource::ExactSource(const std::filesystem::path& path, const ReadOptions& options)
    : options_(options) {
  const DataSource source = detect_source(path, options);
  path_ = source.path;
  format_ = source.format;
  options_.format = format_;
  if (format_ == DataFormat::libsvm) {
    LibsvmRows all(path_, options_);
    for (LibsvmRow row; all.next(row);) ++rows_;
    const LibsvmShape shape = shape_of(all, rows_, options_);
    index_base_ = shape.index_base;
    columns_ = shape.columns;
  } else if (format_ == DataFormat::csv) {
    CsvRows all(path_, options_);
    for (CsvRow row; all.next(row);) ++rows_;
    all.expect_rows(rows_);
    columns_ = all.columns();
  } else {
    bytes_ = std::make_shared<const Dataset>(read_dataset(path, options));
    rows_ = bytes_->rows;
    columns_ = bytes_->columns;
    image_ = bytes_->image;
  }
}

bool ExactSource::can_pool(int pool) const {
  if (pool == 1) return true;
  return pool > 1 && image_ && image_->height % pool == 0 && image_->width % pool == 0;
}

int ExactSource::columns(int pool) const {
  if (!can_pool(pool)) throw std::invalid_argument("no images of that size");
  return columns_ / (pool * pool);
}

std::set<Rational> ExactSource::labels() const {
  if (format_ == DataFormat::libsvm) return labels_of<LibsvmRow>(LibsvmRows(path_, options_));
  if (format_ == DataFormat::csv) return labels_of<CsvRow>(CsvRows(path_, options_));
  return {bytes_->labels.begin(), bytes_->labels.end()};
}

ExactRows ExactSource::read(const ExactChoice& choice) const {
  for (const std::int64_t row : choice.rows) {
    if (row < 0 || row >= rows_) throw std::out_of_range("no such row");
  }
  Target target(choice, columns(choice.pool));
  if (bytes_) {
    copy_bytes(*bytes_, choice, target);
  } else if (format_ == DataFormat::libsvm) {
    copy_libsvm(path_, options_, index_base_, columns_, target);
  } else {
    copy_csv(path_, options_, columns_, target);
  }
  return target.take();
}

}  // namespace graddiv
