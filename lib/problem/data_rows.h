#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "json/reader.h"
#include "linear/matrix.h"

namespace graddiv {

/// Data of any size in few words, drawn by Philox. With A = ⌊1024 √(3/d)⌋, so that E‖x_i‖² is about
/// 1: a hidden vector v of d multiples of 1/1024, uniform on [−A, A]/1024; so are the entries of
/// every x_i and u_i; and y_i = x_iᵀv + u_i/2, or its sign where the targets are classes.
struct DrawnRows {
  enum class Targets { numbers, classes };
  int n = 1;
  int d = 1;
  std::uint64_t seed = 0;
  Targets targets = Targets::numbers;
};

/// The rows and targets of a problem (n × d and n).
struct LabelledExactRows {
  Matrix<Rational> X;
  Vector<Rational> y;
  std::optional<DrawnRows> drawn = {};  ///< how, where they were
};

LabelledExactRows draw_rows(const DrawnRows& rows);
/// {"functions": 100000, "seed": 1, "targets": "classes"}
nlohmann::ordered_json to_json(const DrawnRows& rows);

/// Limit on n · d where rows are taken from a file of data.
inline constexpr long largest_data = 4'000'000;

/// Reads "rows" and "targets" of a problem of "dimension", or in their place "drawn": rows as
/// DrawnRows has them; or "data": rows of a file of real data, exactly as they stand there.
/// `reader` stands at "problem".
///
///   "drawn": { "functions": 100000, "seed": 1, "targets": "numbers" }     or "classes": 1 and −1
///
///   "data": { "file": "heart_scale",        relative to the folder of the instance file
///             "format": "libsvm",           idx, cifar10, libsvm, csv; told from the content
///             "part": "train",              or test, of a folder of images
///             "label": "class",             csv: the column of the labels, a name or a number
///             "index_base": 1,              libsvm: 0 where the file has an index 0, else 1
///             "rows": [0, 5, 7],            or {"first": 0, "count": 20}, or
///                                           {"count": 50, "seed": 1}; all where it is not there
///             "pool": 4,                    means over 4 × 4 pixels of images
///             "columns": [0, 2],            after pooling; all of them
///             "scale": "1/255",             times every feature
///             "positive": [5, 6, 7] }       labels of the file that become 1; the others become −1
///
/// Then "dimension" may be left out; where it is given, a LIBSVM file without "columns" has so many
/// columns, the last of which may be empty. Throws InputError.
LabelledExactRows read_labelled_rows(const JsonReader& reader);

}  // namespace graddiv
