#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "data/read_dataset.h"
#include "linear/matrix.h"

namespace graddiv {

/// What to take of a data set, in this order.
struct ExactChoice {
  std::vector<std::int64_t> rows;  ///< from 0, each below rows()
  std::vector<int> columns;        ///< from 0, each below columns(pool); all where this is empty
  int pool = 1;                    ///< of images: means over so many × so many pixels
};

struct ExactRows {
  Matrix<Rational> X;       ///< one row for each one chosen
  Vector<Rational> labels;  ///< one for each
};

/// A data set for exact arithmetic: 0.1 in a text is 1/10, not the double next to it. Reads the
/// files once to see that they are sound and how large they are, and again for every choice: what
/// is not chosen takes no memory, but for images.
class ExactSource {
 public:
  /// Throws InputError as read_dataset().
  explicit ExactSource(const std::filesystem::path& path, const ReadOptions& options = {});

  std::int64_t rows() const { return rows_; }
  /// After pooling. Throws std::invalid_argument unless can_pool(pool).
  int columns(int pool = 1) const;
  /// Whether images can be cut into squares of so many × so many pixels; by 1 everything can.
  bool can_pool(int pool) const;
  const std::optional<ImageShape>& image() const { return image_; }
  DataFormat format() const { return format_; }

  /// The labels of all rows. Throws InputError as read().
  std::set<Rational> labels() const;

  /// Throws InputError: a file that changed, an exponent beyond ±100000. Throws std::out_of_range
  /// for rows and columns that are not there.
  ExactRows read(const ExactChoice& choice) const;

 private:
  std::filesystem::path path_;
  ReadOptions options_;
  DataFormat format_ = DataFormat::libsvm;
  std::int64_t rows_ = 0;
  int columns_ = 0;
  int index_base_ = 0;  // of LIBSVM
  std::optional<ImageShape> image_;
  std::shared_ptr<const Dataset> bytes_;  // of images, whose bytes are exact
};

/// `count` of the rows 0, …, rows − 1, ascending: every set of so many is equally likely, and a
/// seed always gives the same. Throws std::invalid_argument unless 0 ≤ count ≤ rows.
std::vector<std::int64_t> sample_rows(std::int64_t rows, std::int64_t count, std::uint64_t seed);

}  // namespace graddiv
