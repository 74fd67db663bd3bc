#include "reports/json_tree.h"

#include <nlohmann/json.hpp>

namespace graddiv::reports {

namespace {

using nlohmann::json;

std::string json_quoted(const std::string& text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Builds the tree from the reader's events, the only place where numbers are seen as they were
/// written.
class Builder : public nlohmann::json_sax<json> {
 public:
  bool null() override { return scalar("null"); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
  bool number_integer(std::int64_t value) override { return scalar(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return scalar(std::to_string(value)); }
  bool number_float(double, const std::string& written) override { return scalar(written); }
  bool string(std::string& value) override { return scalar(json_quoted(value)); }
  bool binary(json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonTree::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonTree::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& value) override {
    key_ = json_quoted(value);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override {
    return false;
  }

  JsonTree take() { return std::move(root_); }

 private:
  JsonTree& add(JsonTree value) {
    if (open_.empty()) return root_ = std::move(value);
    auto& members = open_.back()->members;
    members.push_back({std::exchange(key_, {}), std::move(value)});
    return members.back().value;
  }
  bool scalar(std::string text) {
    add({JsonTree::Kind::scalar, std::move(text), {}});
    return true;
  }
  bool open(JsonTree::Kind kind) {
    open_.push_back(
        &add({kind, {}, {}}));  // stays put: its parent gets no new member before it is closed
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  JsonTree root_;
  std::vector<JsonTree*> open_;
  std::string key_;
};

}  // namespace

const JsonTree* JsonTree::find(const std::string& key) const {
  for (const auto& [name, value] : members)
    if (name == json_quoted(key)) return &value;
  return nullptr;
}

std::string JsonTree::plain() const {
  const bool is_string = text.size() >= 2 && text.front() == '"';
  return is_string ? text.substr(1, text.size() - 2) : text;
}

std::optional<JsonTree> read_json_tree(const std::string& text) {
  Builder builder;
  if (!json::sax_parse(text, &builder)) return std::nullopt;
  return builder.take();
}

}  // namespace graddiv::reports
