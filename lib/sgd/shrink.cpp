#include "sgd/shrink.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "json/print.h"
#include "number/exact.h"
#include "sgd/literals.h"

namespace graddiv {
namespace {

// Instances are cut in the shape of their files, which is the same for all families.
using Json = nlohmann::ordered_json;

using Try = std::function<bool(const Json&)>;  // whether the candidate is taken

void erase_at(Json& list, std::size_t i) { list.erase(list.begin() + static_cast<long>(i)); }

std::size_t size_of(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_array() ? json[key].size() : 0;
}

/// Where the functions of one family stand: the sum there, or its parts.
std::vector<Json::json_pointer> families_in(const Json& json, const Json::json_pointer& sum) {
  std::vector<Json::json_pointer> places;
  if (!json.contains(sum)) return places;
  const std::size_t parts = size_of(json[sum], "parts");
  if (parts == 0) places.push_back(sum);
  for (std::size_t p = 0; p < parts; ++p) {
    const auto inner = families_in(json, sum / "parts" / p);
    places.insert(places.end(), inner.begin(), inner.end());
  }
  return places;
}

const auto problem_of = "/problem"_json_pointer;

/// The functions that are listed there, 0 where they are a number in the file.
std::size_t listed_functions(const Json& sum) {
  return std::max(size_of(sum, "functions"), size_of(sum, "rows"));
}

/// Leaves out the functions first, …, first + count − 1; of the neighbouring data set only others.
bool without(Json smaller, std::size_t first, std::size_t count, const Try& take) {
  if (smaller.contains("neighbour")) {
    Json& index = smaller["neighbour"]["index"];
    const auto i = index.get<std::size_t>();
    if (i >= first && i < first + count) return false;
    if (i >= first) index = i - count;
  }
  return take(smaller);
}

/// Leaves out one function after the other, the last one first.
bool fewer_functions(const Json& json, const Try& take) {
  const auto places = families_in(json, problem_of);
  std::vector<std::size_t> firsts{0};
  for (const auto& place : places) firsts.push_back(firsts.back() + listed_functions(json[place]));
  const bool is_numbered =  // where the functions of another part are a number, nothing is known
      places.size() > 1 && json.contains("neighbour") &&
      std::ranges::any_of(places, [&](const auto& p) { return listed_functions(json[p]) == 0; });
  for (std::size_t p = places.size(); p-- > 0;) {
    const std::size_t n = listed_functions(json[places[p]]);
    if (is_numbered) continue;
    if (places.size() > 1) {  // the whole part
      Json smaller = json;
      erase_at(smaller[places[p].parent_pointer()], std::stoul(places[p].back()));
      if (without(std::move(smaller), firsts[p], n, take)) return true;
    }
    for (std::size_t i = n; n > 1 && i-- > 0;) {
      Json smaller = json;
      for (const char* key : {"functions", "rows", "targets"}) {
        if (size_of(json[places[p]], key) == n) erase_at(smaller[places[p]][key], i);
      }
      if (without(std::move(smaller), firsts[p] + i, 1, take)) return true;
    }
  }
  return false;
}

/// The only part of a sum in its place.
bool no_parts(const Json& json, const Try& take) {
  if (size_of(json["problem"], "parts") != 1 || json.contains("neighbour")) return false;
  Json smaller = json;
  Json& problem = smaller["problem"];
  Json part = json["problem"]["parts"][0];
  for (const char* key : {"domain", "regularization"}) {
    if (problem.contains(key) && part.contains(key)) return false;
    if (problem.contains(key)) part[key] = problem[key];
  }
  problem = std::move(part);
  return take(smaller);
}

/// Takes the j-th of d coordinates out of every vector and matrix under it.
void drop_coordinate(Json& json, std::size_t j) {
  static const std::set<std::string> vectors{"start", "c",      "a",        "lower",
                                             "upper", "center", "curvature"};
  static const std::set<std::string> lists_of_rows{"A", "rows"};
  if (json.is_array()) {
    for (Json& entry : json) drop_coordinate(entry, j);
  }
  if (!json.is_object()) return;
  for (auto& [key, value] : json.items()) {
    const bool is_list = value.is_array() && !value.empty();
    if (key == "dimension") {
      value = value.get<int>() - 1;
    } else if (vectors.contains(key) && is_list && !value[0].is_array()) {
      if (j < value.size()) erase_at(value, j);
    } else if (lists_of_rows.contains(key) && is_list) {
      if (key == "A" && j < value.size()) erase_at(value, j);
      for (Json& row : value) {
        if (row.is_array() && j < row.size()) erase_at(row, j);
      }
    } else {
      drop_coordinate(value, j);
    }
  }
}

/// Half of many at once, then one after the other.
bool fewer_coordinates(const Json& json, const Try& take) {
  constexpr std::size_t many = 8;
  const auto d = json["problem"]["dimension"].get<std::size_t>();
  if (d > many) {
    Json smaller = json;
    for (std::size_t j = d; j > d / 2; --j) drop_coordinate(smaller, j - 1);
    if (take(smaller)) return true;
  }
  for (std::size_t j = d; d > 1 && j-- > 0;) {
    Json smaller = json;
    drop_coordinate(smaller, j);
    if (take(smaller)) return true;
  }
  return false;
}

bool no_domain(const Json& json, const Try& take) {
  if (json["problem"].value("/domain/kind"_json_pointer, "all") == "all") return false;
  Json smaller = json;
  smaller["problem"].erase("domain");
  return take(smaller);
}

bool smaller_count(const Json& json, const Json::json_pointer& at, long least, const Try& take) {
  if (!json.contains(at) || !json[at].is_number_integer()) return false;
  const long count = json[at].get<long>();
  for (const long fewer : {least, count / 2, count - 1}) {
    if (fewer < least || fewer >= count) continue;
    Json smaller = json;
    smaller[at] = fewer;
    if (take(smaller)) return true;
  }
  return false;
}

/// Of functions that are a number in the file: copies, drawn ones, rows of data.
bool fewer_counted(const Json& json, const Try& take) {
  return std::ranges::any_of(families_in(json, problem_of), [&](const auto& sum) {
    return smaller_count(json, sum / "functions", 1, take) ||
           smaller_count(json, sum / "drawn" / "functions", 1, take) ||
           smaller_count(json, sum / "data" / "rows" / "count", 1, take);
  });
}

/// The batch size, or one of them where they are a list.
bool smaller_batches(const Json& json, const Try& take) {
  const auto batch = "/run/batch"_json_pointer;
  if (smaller_count(json, batch, 1, take)) return true;
  for (std::size_t k = 0; k < size_of(json["run"], "batch"); ++k) {
    if (smaller_count(json, batch / k, 1, take)) return true;
  }
  return false;
}

/// One step and one batch size for all iterations, the first or the last of the list.
bool constant_run(const Json& json, const Try& take) {
  if (json["run"]["step"].is_object()) {  // a rule
    Json smaller = json;
    smaller["run"]["step"] = json["run"]["step"]["c"];
    if (take(smaller)) return true;
  }
  for (const char* key : {"step", "batch"}) {
    const Json& list = json["run"][key];
    if (!list.is_array()) continue;
    for (const Json& value : {list.front(), list.back()}) {
      Json smaller = json;
      smaller["run"][key] = value;
      if (take(smaller)) return true;
    }
  }
  return false;
}

/// Leaves out the last iterations where steps or batch sizes are lists.
bool shorter_lists(const Json& json, const Try& take) {
  const int K = json["run"]["iterations"].get<int>();
  const Json& run = json["run"];
  if (!run["step"].is_array() && !run["batch"].is_array()) return false;
  for (const int fewer : {1, K / 2, K - 1}) {
    if (fewer < 1 || fewer >= K) continue;
    Json smaller = json;
    smaller["run"]["iterations"] = fewer;
    for (const char* key : {"step", "batch"}) {
      Json& list = smaller["run"][key];
      if (list.is_array()) list.erase(list.begin() + fewer, list.end());
    }
    if (take(smaller)) return true;
  }
  return false;
}

/// Leaves out pieces of maxima, those of a neighbouring data set too.
bool fewer_pieces(const Json& json, const Try& take) {
  auto sums = families_in(json, problem_of);
  std::ranges::copy(families_in(json, "/neighbour/replacement"_json_pointer),
                    std::back_inserter(sums));
  for (const auto& sum : sums) {
    const auto at = sum / "functions";
    if (!json.contains(at) || !json[at].is_array()) continue;
    for (std::size_t i = 0; i < json[at].size(); ++i) {
      const std::size_t pieces = size_of(json[at][i], "pieces");
      for (std::size_t l = pieces; pieces > 1 && l-- > 0;) {
        Json smaller = json;
        erase_at(smaller[at][i]["pieces"], l);
        if (take(smaller)) return true;
      }
    }
  }
  return false;
}

std::size_t complexity(const Rational& x) { return x == 0 ? 0 : 2 * bit_size(x) + (x < 0 ? 1 : 0); }

/// Simpler numbers in the place of x, the simplest first.
std::vector<Rational> simpler(const Rational& x) {
  std::vector<Rational> candidates{0, 1, -1, Rational(-x)};
  for (const int share : {2, 8, 64}) {
    const Rational reach = abs(x) / share;
    candidates.push_back(simplest_between(x - reach, x + reach));
  }
  std::erase_if(candidates, [&](const Rational& y) { return complexity(y) >= complexity(x); });
  return candidates;
}

bool simpler_numbers(const Json& json, const Try& take) {
  for (const Literal& at : literals_in(json)) {
    for (const Rational& y : simpler(parse_rational(json[at].get<std::string>()))) {
      Json candidate = json;
      candidate[at] = to_string(y);
      if (const auto other = mirrored(at)) candidate[*other] = to_string(y);
      if (take(candidate)) return true;
    }
  }
  return false;
}

/// Simpler numbers in the place of all of one absolute value, signs kept: a start that has to stay
/// in a corner of W, slopes that have to cancel.
bool simpler_equal_numbers(const Json& json, const Try& take) {
  std::map<Rational, std::vector<Literal>> places;
  for (const Literal& at : literals_in(json))
    places[abs(parse_rational(json[at].get<std::string>()))].push_back(at);
  for (const auto& [value, equal] : places) {
    if (value == 0 || equal.size() < 2) continue;
    for (const Rational& y : simpler(value)) {
      if (y <= 0) continue;
      Json candidate = json;
      for (const Literal& at : equal) {
        const bool is_negative = parse_rational(json[at].get<std::string>()) < 0;
        candidate[at] = to_string(is_negative ? Rational(-y) : y);
      }
      if (take(candidate)) return true;
    }
  }
  return false;
}

}  // namespace

Instance shrink(const Instance& instance, const std::function<bool(const Instance&)>& keeps,
                int most_tries) {
  Instance smallest = instance;
  Json json = to_json(instance);
  int tries = 0;
  const Try take = [&](const Json& candidate) {
    if (tries >= most_tries) return false;
    try {
      Instance smaller =
          read_instance(JsonReader::from_text(compact(candidate), "shrunk instance"));
      ++tries;
      if (!keeps(smaller)) return false;
      smallest = std::move(smaller);
      json = candidate;
      return true;
    } catch (const std::exception&) {  // no instance, or one on which a claim is undefined
      return false;
    }
  };
  while (tries < most_tries &&
         (fewer_functions(json, take) || no_parts(json, take) || fewer_counted(json, take) ||
          fewer_coordinates(json, take) || fewer_pieces(json, take) || no_domain(json, take) ||
          shorter_lists(json, take) || constant_run(json, take) ||
          smaller_count(json, "/run/iterations"_json_pointer, 0, take) ||
          smaller_batches(json, take) || simpler_numbers(json, take) ||
          simpler_equal_numbers(json, take))) {
  }
  return smallest;
}

}  // namespace graddiv
