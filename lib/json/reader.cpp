#include "json/reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "json/document.h"
#include "json/file.h"
#include "json/quote.h"

namespace graddiv {

using Json = nlohmann::ordered_json;

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) result += i + 1 == names.size() ? " or " : ", ";
    result += '"' + names[i] + '"';
  }
  return result;
}

std::string counted(long count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

const char* const number_expected =
    "a number: an integer, a decimal, or a string such as \"2/3\", \"0.125\" or \"1e-3\"";

std::optional<Rational> number_in(const Json& value) {
  if (value.is_number_unsigned()) return Rational(value.get<std::uint64_t>());
  if (value.is_number_integer()) return Rational(value.get<std::int64_t>());
  if (!value.is_string()) return std::nullopt;
  try {
    return parse_rational(value.get_ref<const std::string&>());
  } catch (const ParseError&) {
    return std::nullopt;
  }
}

bool has_too_large_exponent(const Json& value) {
  if (!value.is_string()) return false;
  try {
    parse_rational(value.get_ref<const std::string&>());
  } catch (const ExponentTooLarge&) {
    return true;
  } catch (const ParseError&) {
  }
  return false;
}

}  // namespace

JsonReader::JsonReader(std::shared_ptr<const detail::JsonDocument> document, const Json* value,
                       std::string pointer)
    : document_(std::move(document)), value_(value), pointer_(std::move(pointer)) {}

JsonReader JsonReader::from_file(const std::string& path) {
  return from_text(read_file(path, "JSON file"), path);
}

JsonReader JsonReader::from_text(std::string_view text, std::string name) {
  auto document = std::make_shared<detail::JsonDocument>();
  document->file = std::move(name);
  detail::parse(text, *document);
  const Json* root = &document->root;
  return {std::move(document), root, ""};
}

bool JsonReader::is_array() const { return value_->is_array(); }
bool JsonReader::is_object() const { return value_->is_object(); }
const Json& JsonReader::json() const { return *value_; }
const std::string& JsonReader::file() const { return document_->file; }

bool JsonReader::has(std::string_view key) const {
  return value_->is_object() && value_->find(std::string(key)) != value_->end();
}

JsonReader JsonReader::at(std::string_view key) const {
  if (!is_object()) fail("an object with the key \"" + std::string(key) + "\"");
  const std::string pointer = pointer_ + '/' + detail::escaped_for_pointer(key);
  const auto member = value_->find(std::string(key));
  if (member == value_->end())
    detail::fail_at(file(), detail::place(pointer), "nothing", "this key, which is required");
  return {document_, &*member, pointer};
}

JsonReader JsonReader::at(std::size_t index) const {
  if (!is_array()) fail("an array");
  const std::string pointer = pointer_ + '/' + std::to_string(index);
  if (index >= value_->size())
    detail::fail_at(file(), detail::place(pointer), "nothing", "one more value");
  return {document_, &(*value_)[index], pointer};
}

std::size_t JsonReader::size() const {
  if (!is_array()) fail("an array");
  return value_->size();
}

std::vector<std::string> JsonReader::keys() const {
  if (!is_object()) fail("an object");
  std::vector<std::string> result;
  for (const auto& member : value_->items()) result.push_back(member.key());
  return result;
}

void JsonReader::allow_only(std::initializer_list<std::string_view> known) const {
  for (const std::string& key : keys()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    detail::fail_at(file(), detail::place(pointer_ + '/' + detail::escaped_for_pointer(key)),
                    "an unknown key", "only " + listed({known.begin(), known.end()}));
  }
}

std::string JsonReader::text() const {
  if (!value_->is_string() || document_->is_number(*value_)) fail("a string");
  return value_->get<std::string>();
}

std::string JsonReader::one_of(const std::vector<std::string>& known) const {
  const bool is_text = value_->is_string() && !document_->is_number(*value_);
  if (is_text && std::find(known.begin(), known.end(), value_->get<std::string>()) != known.end()) {
    return value_->get<std::string>();
  }
  fail(listed(known));
}

Rational JsonReader::number() const {
  if (const auto value = number_in(*value_)) return *value;
  if (has_too_large_exponent(*value_)) fail("an exponent from -100000 to 100000");
  fail(number_expected);
}

long JsonReader::integer(long smallest, long largest) const {
  const auto value = number_in(*value_);
  if (!value || denominator(*value) != 1 || *value < smallest || *value > largest) {
    fail("an integer from " + std::to_string(smallest) + " to " + std::to_string(largest));
  }
  return static_cast<long>(numerator(*value));
}

Vector<Rational> JsonReader::vector(int length) const {
  const std::string expected =
      "an array of " + (length < 0 ? "at least 1 number" : counted(length, "number"));
  if (!is_array() ||
      (length < 0 ? value_->empty() : value_->size() != static_cast<std::size_t>(length))) {
    fail(expected);
  }
  Vector<Rational> result(static_cast<Eigen::Index>(value_->size()));
  for (std::size_t i = 0; i < value_->size(); ++i) {
    result(static_cast<Eigen::Index>(i)) = at(i).number();
  }
  return result;
}

Matrix<Rational> JsonReader::matrix(int rows, int columns) const {
  const std::string expected =
      "an array of " + (rows < 0 ? "at least 1 row" : counted(rows, "row"));
  if (!is_array() ||
      (rows < 0 ? value_->empty() : value_->size() != static_cast<std::size_t>(rows))) {
    fail(expected);
  }
  Matrix<Rational> result;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    const Vector<Rational> row = at(i).vector(i == 0 ? columns : static_cast<int>(result.cols()));
    if (i == 0) result.resize(static_cast<Eigen::Index>(value_->size()), row.size());
    result.row(static_cast<Eigen::Index>(i)) = row.transpose();
  }
  return result;
}

void JsonReader::fail(const std::string& expected) const {
  detail::fail_at(file(), detail::place(pointer_), detail::quoted(*document_, *value_), expected);
}

}  // namespace graddiv
