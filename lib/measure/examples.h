#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "data/dataset.h"
#include "measure/preparation.h"

namespace graddiv::measure {

/// n examples of d features over T = double or float. Bytes stay bytes and sparse rows sparse.
template <class T>
class Examples {
 public:
  /// Throws InputError where the labels do not fit the target, and std::invalid_argument where
  /// there are no rows.
  Examples(std::shared_ptr<const Dataset> data, const Preparation& preparation);

  std::int64_t size() const { return data_->rows; }
  int dimension() const { return columns_ + (constant_ ? 1 : 0); }        ///< d
  int classes() const { return static_cast<int>(class_labels_.size()); }  ///< C of Target::index
  const std::vector<double>& class_labels() const { return class_labels_; }
  bool is_sparse() const { return sparse_ != nullptr; }
  bool has_bytes() const { return bytes_ != nullptr; }

  T target(std::int64_t i) const { return targets_[static_cast<std::size_t>(i)]; }
  /// ‖x_i‖², exact where the features are bytes and the scale is 1.
  T squared_norm(std::int64_t i) const { return squared_norms_[static_cast<std::size_t>(i)]; }
  double largest_squared_norm() const;
  double smallest_squared_norm() const;

  /// x_iᵀw, w of d numbers.
  T product(std::int64_t i, const T* w) const;
  /// y += a x_i.
  void add_to(std::int64_t i, T a, T* y) const { add_to(i, a, y, i); }
  /// The same; example `soon` is wanted soon.
  void add_to(std::int64_t i, T a, T* y, std::int64_t soon) const;
  /// y += Σ a_k x_{i_k} over four examples: bit for bit what one after the other gives.
  void add_four_to(const std::int64_t* i, const T* a, T* y) const;
  /// The rows of a selection, count × d. Sparse rows are filled up with zeros.
  void load(const Selection& rows, T* to) const;

  const Dataset& data() const { return *data_; }
  const Preparation& preparation() const { return preparation_; }

 private:
  std::shared_ptr<const Dataset> data_;
  Preparation preparation_;
  int columns_;
  bool constant_;
  T scale_;
  const std::uint8_t* bytes_ = nullptr;  // one of the three is set
  std::vector<T> own_;                   // dense rows or sparse values, as T
  const T* dense_ = nullptr;
  const SparseRows* sparse_ = nullptr;
  std::vector<T> targets_;
  std::vector<T> squared_norms_;
  std::vector<double> class_labels_;

  void set_targets();
  void set_norms();
};

}  // namespace graddiv::measure
