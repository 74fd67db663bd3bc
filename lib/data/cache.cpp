#include "data/cache.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "json/file.h"

namespace graddiv {

namespace fs = std::filesystem;

namespace {

/// Raise `layout` when the bytes below change, or what the readers make of a text.
struct Header {
  std::array<char, 8> magic = {'g', 'r', 'a', 'd', 'd', 'a', 't', 'a'};
  std::uint32_t layout = 1;
  std::uint32_t byte_order = 0x01020304;
  Checksum key{};
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t is_sparse = 0;
  std::int64_t numbers = 0;  // of the features that are stored
  std::int64_t words = 0;    // bytes of `detected`, a line each
};
static_assert(sizeof(Header) == 72, "no padding: its bytes are written as they are");

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}
template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

/// Reads values into the vector and adds their bytes to the sum; false at the end of the file.
template <class T>
bool take(std::ifstream& in, std::int64_t count, std::vector<T>& values, Summing& sum) {
  values.resize(static_cast<std::size_t>(count));
  const auto size = values.size() * sizeof(T);
  in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(size));
  sum.add(values.data(), size);
  return static_cast<bool>(in);
}

/// Bytes of a file with this header; none where its counts cannot be meant.
std::optional<std::uintmax_t> size_with(const Header& header, std::uintmax_t limit) {
  for (const std::int64_t count : {header.rows, header.columns, header.numbers, header.words}) {
    if (count < 0 || static_cast<std::uintmax_t>(count) > limit) return std::nullopt;
  }
  const auto count = [](std::int64_t n) { return static_cast<std::uintmax_t>(n); };
  std::uintmax_t size = sizeof(Header) + sizeof(Checksum) + count(header.words) +
                        (count(header.rows) + count(header.numbers)) * sizeof(double);
  if (header.is_sparse != 0) {
    size += (count(header.rows) + 1) * sizeof(std::int64_t) +
            count(header.numbers) * sizeof(std::int32_t);
  }
  return size;
}

}  // namespace

DatasetCache::DatasetCache(fs::path folder, const fs::path& file, const std::string& how)
    : folder_(std::move(folder)), file_(file) {
  std::error_code error;
  changed_ = fs::last_write_time(file, error);
  size_ = fs::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  Summing sum;
  std::vector<char> block(1U << 20U);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    sum.add(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) {
    throw InputError(file.string() + ": found a file that cannot be read, expected a readable " +
                     "data file");
  }
  const std::string words = how + ' ' + std::to_string(Header{}.layout);
  sum.add(words);
  key_ = sum.sum();
  stored_as_ = folder_ / (hexadecimal(key_) + ".graddiv-data");
}

std::optional<Dataset> DatasetCache::load() const {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(stored_as_, error);
  if (error) return std::nullopt;
  std::ifstream in(stored_as_, std::ios::binary);
  Header header;
  if (!in.read(reinterpret_cast<char*>(&header), sizeof(header))) return std::nullopt;
  const Header wanted;
  if (header.magic != wanted.magic || header.layout != wanted.layout ||
      header.byte_order != wanted.byte_order || header.key != key_) {
    return std::nullopt;
  }
  if (size_with(header, size) != size) return std::nullopt;  // before memory is taken for it

  Summing sum;
  sum.add(&header, sizeof(header));
  Dataset data;
  data.source = file_.string();
  data.rows = header.rows;
  data.columns = static_cast<int>(header.columns);
  std::vector<char> words;
  bool is_whole = take(in, header.words, words, sum) && take(in, header.rows, data.labels, sum);
  if (header.is_sparse != 0) {
    SparseRows rows;
    is_whole = is_whole && take(in, header.rows + 1, rows.row_begin, sum) &&
               take(in, header.numbers, rows.column, sum) &&
               take(in, header.numbers, rows.value, sum);
    data.features = std::move(rows);
  } else {
    DenseNumbers numbers;
    is_whole = is_whole && take(in, header.numbers, numbers.values, sum);
    data.features = std::move(numbers);
  }
  Checksum stored{};
  is_whole = is_whole && in.read(reinterpret_cast<char*>(stored.data()), sizeof(stored));
  if (!is_whole || stored != sum.sum()) return std::nullopt;
  for (auto begin = words.begin(); begin != words.end();) {
    const auto end = std::find(begin, words.end(), '\n');
    data.detected.emplace_back(begin, end);
    begin = end == words.end() ? end : end + 1;
  }
  return data;
}

std::optional<std::string> DatasetCache::store(const Dataset& data) const {
  std::error_code error;
  if (fs::last_write_time(file_, error) != changed_ || fs::file_size(file_, error) != size_) {
    return "the file was changed while it was read";
  }
  std::string words;
  for (const std::string& phrase : data.detected) words += phrase + '\n';
  Header header;
  header.key = key_;
  header.rows = data.rows;
  header.columns = data.columns;
  header.words = static_cast<std::int64_t>(words.size());
  std::vector<std::string_view> parts = {{}, words, bytes_of(data.labels)};
  if (const auto* rows = std::get_if<SparseRows>(&data.features)) {
    header.is_sparse = 1;
    header.numbers = static_cast<std::int64_t>(rows->value.size());
    parts.insert(parts.end(),
                 {bytes_of(rows->row_begin), bytes_of(rows->column), bytes_of(rows->value)});
  } else {
    const auto& values = std::get<DenseNumbers>(data.features).values;
    header.numbers = static_cast<std::int64_t>(values.size());
    parts.push_back(bytes_of(values));
  }
  parts.front() = bytes_of(header);
  Summing sum;
  for (const std::string_view part : parts) sum.add(part);
  const Checksum checksum = sum.sum();
  parts.push_back(bytes_of(checksum));
  try {
    fs::create_directories(folder_);
    write_file(stored_as_, parts);
  } catch (const FileError& e) {
    return e.what();
  } catch (const fs::filesystem_error& e) {
    return folder_.string() + ": " + e.code().message();
  }
  return std::nullopt;
}

}  // namespace graddiv
