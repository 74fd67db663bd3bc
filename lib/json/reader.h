#pragma once

#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json/input_error.h"
#include "linear/matrix.h"

namespace graddiv {

namespace detail {
struct JsonDocument;
}

/// A place in a JSON document: the value there, its JSON pointer and the file it came from, so that
/// every error can say what, where, which value and what was expected. Decimals, and integers
/// beyond 64 bits, are kept as the text that stands in the file (in json() as strings), so that
/// every number is read exactly.
class JsonReader {
 public:
  /// Throws InputError: unreadable file, syntax (with line and column), duplicate keys.
  static JsonReader from_file(const std::string& path);
  static JsonReader from_text(std::string_view text, std::string name);

  bool has(std::string_view key) const;       ///< false also where this is not an object
  JsonReader at(std::string_view key) const;  ///< a missing key is an InputError
  JsonReader at(std::size_t index) const;
  std::size_t size() const;  ///< of an array
  bool is_array() const;
  bool is_object() const;
  /// Every key of this object must be one of these.
  void allow_only(std::initializer_list<std::string_view> known) const;
  std::vector<std::string> keys() const;

  std::string text() const;  ///< a string
  /// A string among these.
  std::string one_of(const std::vector<std::string>& known) const;
  /// An integer, a decimal, or a string "p/q", "0.125", "1e-3".
  Rational number() const;
  /// A number() without a fraction, in this range.
  long integer(long smallest, long largest) const;
  /// Exactly `length` numbers; any positive number of them if length < 0.
  Vector<Rational> vector(int length) const;
  /// An array of rows, all of one length; any positive number of them where negative.
  Matrix<Rational> matrix(int rows, int columns) const;

  /// Throws the InputError that says what stands here instead of `expected`.
  [[noreturn]] void fail(const std::string& expected) const;
  const nlohmann::ordered_json& json() const;
  const std::string& file() const;

 private:
  JsonReader(std::shared_ptr<const detail::JsonDocument> document,
             const nlohmann::ordered_json* value, std::string pointer);
  std::shared_ptr<const detail::JsonDocument> document_;
  const nlohmann::ordered_json* value_;
  std::string pointer_;
};

}  // namespace graddiv
