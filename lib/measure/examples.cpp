#include "measure/examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "json/input_error.h"
#include "measure/large_pages.h"
#include "measure/row_products.h"

namespace graddiv::measure {
namespace {

std::string listed(const std::set<double>& labels) {
  constexpr std::size_t most = 8;
  std::string text;
  std::size_t count = 0;
  for (const double label : labels) {
    if (count++ == most) return text + ", …";
    text += fmt::format("{}{}", text.empty() ? "" : ", ", label);
  }
  return text;
}

bool is_within(const std::set<double>& labels, const std::set<double>& all) {
  return std::includes(all.begin(), all.end(), labels.begin(), labels.end());
}

}  // namespace

template <class T>
Examples<T>::Examples(std::shared_ptr<const Dataset> data, const Preparation& preparation)
    : data_(std::move(data)),
      preparation_(preparation),
      columns_(data_->columns),
      constant_(preparation.constant_column),
      scale_(static_cast<T>(preparation.scale)) {
  if (data_->rows < 1) throw std::invalid_argument("examples need at least one row");
  if (const auto* bytes = std::get_if<DenseBytes>(&data_->features)) {
    bytes_ = bytes->values.data();
  } else if (const auto* numbers = std::get_if<DenseNumbers>(&data_->features)) {
    own_.reserve(numbers->values.size());
    ask_for_large_pages(own_.data(), own_.capacity() * sizeof(T));
    own_.assign(numbers->values.begin(), numbers->values.end());
    dense_ = own_.data();
  } else {
    sparse_ = &std::get<SparseRows>(data_->features);
    own_.assign(sparse_->value.begin(), sparse_->value.end());
  }
  set_targets();
  set_norms();
}

template <class T>
void Examples<T>::set_targets() {
  const auto& labels = data_->labels;
  targets_.resize(labels.size());
  if (preparation_.target == Target::number) {
    std::transform(labels.begin(), labels.end(), targets_.begin(),
                   [](double label) { return static_cast<T>(label); });
    return;
  }
  const std::set<double> known(labels.begin(), labels.end());
  if (preparation_.target == Target::index) {
    class_labels_.assign(known.begin(), known.end());
    std::transform(labels.begin(), labels.end(), targets_.begin(), [&](double label) {
      const auto at = std::lower_bound(class_labels_.begin(), class_labels_.end(), label);
      return static_cast<T>(at - class_labels_.begin());
    });
    return;
  }
  std::set<double> positive(preparation_.positive.begin(), preparation_.positive.end());
  for (const double label : positive) {
    if (!known.contains(label)) {
      throw InputError(
          fmt::format("{}: no example has the label {}, named as a positive one; the "
                      "labels are {}",
                      data_->source, label, listed(known)));
    }
  }
  if (positive.empty() && is_within(known, {-1, 1})) positive = {1};
  if (positive.empty() && is_within(known, {0, 1})) positive = {1};
  if (positive.empty()) {
    if (known.size() != 2) {
      throw InputError(
          fmt::format("{}: {} different labels ({}) where two classes are expected; "
                      "name the labels of the positive class",
                      data_->source, known.size(), listed(known)));
    }
    positive.insert(*known.rbegin());
  }
  std::transform(labels.begin(), labels.end(), targets_.begin(),
                 [&](double label) { return positive.contains(label) ? T(1) : T(-1); });
}

template <class T>
void Examples<T>::set_norms() {
  squared_norms_.resize(static_cast<std::size_t>(size()));
  const double factor = preparation_.scale * preparation_.scale;
  for (std::int64_t i = 0; i < size(); ++i) {
    double sum = 0;
    if (bytes_ != nullptr) {
      sum = static_cast<double>(squared_row(bytes_ + i * columns_, columns_));
    } else if (dense_ != nullptr) {
      const auto& x = std::get<DenseNumbers>(data_->features).values;
      for (int j = 0; j < columns_; ++j) {
        const double v = x[static_cast<std::size_t>(i * columns_ + j)];
        sum += v * v;
      }
    } else {
      for (auto k = sparse_->row_begin[static_cast<std::size_t>(i)];
           k < sparse_->row_begin[static_cast<std::size_t>(i + 1)]; ++k) {
        const double v = sparse_->value[static_cast<std::size_t>(k)];
        sum += v * v;
      }
    }
    squared_norms_[static_cast<std::size_t>(i)] =
        static_cast<T>(sum * factor + (constant_ ? 1 : 0));
  }
}

template <class T>
double Examples<T>::largest_squared_norm() const {
  return static_cast<double>(*std::max_element(squared_norms_.begin(), squared_norms_.end()));
}

template <class T>
double Examples<T>::smallest_squared_norm() const {
  return static_cast<double>(*std::min_element(squared_norms_.begin(), squared_norms_.end()));
}

template <class T>
T Examples<T>::product(std::int64_t i, const T* w) const {
  T sum = 0;
  if (bytes_ != nullptr) {
    sum = row_product(bytes_ + i * columns_, w, columns_);
  } else if (dense_ != nullptr) {
    sum = row_product(dense_ + i * columns_, w, columns_);
  } else {
    const auto end = sparse_->row_begin[static_cast<std::size_t>(i + 1)];
    for (auto k = sparse_->row_begin[static_cast<std::size_t>(i)]; k < end; ++k) {
      sum += own_[static_cast<std::size_t>(k)] * w[sparse_->column[static_cast<std::size_t>(k)]];
    }
  }
  sum *= scale_;
  return constant_ ? sum + w[columns_] : sum;
}

template <class T>
void Examples<T>::add_four_to(const std::int64_t* i, const T* a, T* y) const {
  if (sparse_ != nullptr) {
    for (int k = 0; k < 4; ++k) add_to(i[k], a[k], y);
    return;
  }
  const T factors[4] = {a[0] * scale_, a[1] * scale_, a[2] * scale_, a[3] * scale_};
  const auto add = [&](const auto* rows) {
    const decltype(rows) x[4] = {rows + i[0] * columns_, rows + i[1] * columns_,
                                 rows + i[2] * columns_, rows + i[3] * columns_};
    add_four_rows(factors, x, y, columns_);
  };
  bytes_ != nullptr ? add(bytes_) : add(dense_);
  if (!constant_) return;
  for (int k = 0; k < 4; ++k) y[columns_] += a[k];
}

template <class T>
void Examples<T>::add_to(std::int64_t i, T a, T* y, std::int64_t soon) const {
  const T factor = a * scale_;
  if (bytes_ != nullptr) {
    add_row(factor, bytes_ + i * columns_, y, columns_);
  } else if (dense_ != nullptr) {
    add_row(factor, dense_ + i * columns_, y, columns_, dense_ + soon * columns_);
  } else {
    const auto end = sparse_->row_begin[static_cast<std::size_t>(i + 1)];
    for (auto k = sparse_->row_begin[static_cast<std::size_t>(i)]; k < end; ++k) {
      y[sparse_->column[static_cast<std::size_t>(k)]] += factor * own_[static_cast<std::size_t>(k)];
    }
  }
  if (constant_) y[columns_] += a;
}

template <class T>
void Examples<T>::load(const Selection& rows, T* to) const {
  const int d = dimension();
  for (std::int64_t k = 0; k < rows.count; ++k, to += d) {
    const std::int64_t i = rows[k];
    if (bytes_ != nullptr) {
      scale_row(scale_, bytes_ + i * columns_, to, columns_);
    } else if (dense_ != nullptr) {
      std::transform(dense_ + i * columns_, dense_ + (i + 1) * columns_, to,
                     [this](T x) { return scale_ * x; });
    } else {
      std::fill(to, to + columns_, T(0));
      for (auto at = sparse_->row_begin[static_cast<std::size_t>(i)];
           at < sparse_->row_begin[static_cast<std::size_t>(i + 1)]; ++at) {
        to[sparse_->column[static_cast<std::size_t>(at)]] =
            scale_ * own_[static_cast<std::size_t>(at)];
      }
    }
    if (constant_) to[columns_] = 1;
  }
}

template class Examples<double>;
template class Examples<float>;

}  // namespace graddiv::measure
