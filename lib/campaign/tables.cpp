#include "campaign/tables.h"

#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>

#include "json/print.h"

namespace graddiv {

// JSON of the parts of a record that fill a column with more than one value. JSON has no
// infinities: they become null, and are read as not a number.

static double number_from(const nlohmann::json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

// [{"iteration": 7}, "<=", 0.5, 0.6]
static constexpr std::array relation_names{"<", "<=", "=", ">=", ">"};  // in the enum's order
static constexpr std::array style_names{"line", "reference", "dots", "rings"};

template <class Enum, std::size_t n>
static Enum value_named(const std::array<const char*, n>& names, const std::string& name,
                        const char* what) {
  for (std::size_t i = 0; i < n; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  throw std::out_of_range(std::string("no ") + what + " is called \"" + name + "\"");
}

static void to_json(nlohmann::json& json, const SeriesPoint& p) {
  json = {p.place, relation_names.at(static_cast<std::size_t>(p.relation)), p.left, p.right};
}

static void from_json(const nlohmann::json& json, SeriesPoint& p) {
  p.place = json.at(0).get<Place>();
  p.relation = value_named<Relation>(relation_names, json.at(1), "relation");
  p.left = number_from(json.at(2));
  p.right = number_from(json.at(3));
}

static void to_json(nlohmann::json& json, const FigureAxis& axis) {
  json = {{"label", axis.label}, {"logarithmic", axis.logarithmic}, {"ticks", axis.ticks}};
}

static void from_json(const nlohmann::json& json, FigureAxis& axis) {
  axis = {json.at("label"), json.at("logarithmic"), json.at("ticks")};
}

static void to_json(nlohmann::json& json, const FigurePoint& p) { json = {p.x, p.y}; }
static void from_json(const nlohmann::json& json, FigurePoint& p) { p = {json.at(0), json.at(1)}; }

static void to_json(nlohmann::json& json, const FigureCurve& curve) {
  json = {{"style", style_names.at(static_cast<std::size_t>(curve.style))},
          {"legend", curve.legend},
          {"label", curve.label},
          {"points", curve.points}};
}

static void from_json(const nlohmann::json& json, FigureCurve& curve) {
  curve.style = value_named<CurveStyle>(style_names, json.at("style"), "style of a curve");
  curve.legend = json.at("legend");
  curve.label = json.at("label");
  curve.points = json.at("points").get<std::vector<FigurePoint>>();
}

}  // namespace graddiv

namespace graddiv::tables {
namespace {

// Texts come from exceptions too, and are stored whatever bytes they hold.
std::string dump(const nlohmann::json& json) { return compact(json); }

/// How a value stands in a column: in general as JSON text.
template <class T>
struct Stored {
  static constexpr auto type = "TEXT NOT NULL";
  static std::string write(const T& value) { return dump(value); }
  static T read(const SQLite::Column& c) { return nlohmann::json::parse(c.getString()).get<T>(); }
};

template <>
struct Stored<std::string> {
  static constexpr auto type = "TEXT NOT NULL";
  static const std::string& write(const std::string& value) { return value; }
  static std::string read(const SQLite::Column& c) { return c.getString(); }
};

template <>
struct Stored<Text> {  // with its marks
  static constexpr auto type = "TEXT NOT NULL";
  static const std::string& write(const Text& value) { return value.marked(); }
  static Text read(const SQLite::Column& c) { return Text::from_marked(c.getString()); }
};

template <>
struct Stored<std::vector<Text>> {
  static constexpr auto type = "TEXT NOT NULL";
  static std::string write(const std::vector<Text>& value) {
    nlohmann::json list = nlohmann::json::array();
    for (const Text& text : value) list.push_back(text.marked());
    return dump(list);
  }
  static std::vector<Text> read(const SQLite::Column& c) {
    std::vector<Text> value;
    for (const auto& marked : nlohmann::json::parse(c.getString()))
      value.push_back(Text::from_marked(marked));
    return value;
  }
};

template <std::integral T>
struct Stored<T> {
  static constexpr auto type = "INTEGER NOT NULL";
  static std::int64_t write(T value) { return static_cast<std::int64_t>(value); }
  static T read(const SQLite::Column& c) { return static_cast<T>(c.getInt64()); }
};

template <>
struct Stored<std::uint64_t> {  // a text: SQLite has no unsigned integers
  static constexpr auto type = "TEXT NOT NULL";
  static std::string write(std::uint64_t value) { return std::to_string(value); }
  static std::uint64_t read(const SQLite::Column& c) { return std::stoull(c.getString()); }
};

template <>
struct Stored<double> {
  static constexpr auto type = "REAL NOT NULL";
  static double write(double value) { return value; }
  static double read(const SQLite::Column& c) { return c.getDouble(); }
};

/// An enumeration by its names.
template <class Enum, Enum (*parse)(std::string_view)>
struct Named {
  static constexpr auto type = "TEXT NOT NULL";
  static std::string write(const Enum& value) { return std::string(to_string(value)); }
  static Enum read(const SQLite::Column& c) { return parse(c.getString()); }
};
template <>
struct Stored<Verdict> : Named<Verdict, parse_verdict> {};
template <>
struct Stored<EvidenceName> : Named<EvidenceName, parse_evidence_name> {};
template <>
struct Stored<Regime> : Named<Regime, parse_regime> {};
template <>
struct Stored<SharpnessPart> : Named<SharpnessPart, parse_sharpness_part> {};

/// The column of a member of a record.
template <class Record, class T>
Column<Record> column(std::string name, T Record::*member) {
  return {
      std::move(name), Stored<T>::type,
      [member](SQLite::Statement& into, int index, const Record& record) {
        into.bind(index, Stored<T>::write(record.*member));
      },
      [member](const SQLite::Column& c, Record& record) { record.*member = Stored<T>::read(c); }};
}

template <class Record, class T>
Column<Record> column(std::string name, std::optional<T> Record::*member) {
  return {std::move(name), "TEXT",
          [member](SQLite::Statement& into, int index, const Record& record) {
            if (record.*member) {
              into.bind(index, Stored<T>::write(*(record.*member)));
            } else {
              into.bind(index);  // NULL
            }
          },
          [member](const SQLite::Column& c, Record& record) {
            record.*member = c.isNull() ? std::nullopt : std::optional<T>(Stored<T>::read(c));
          }};
}

}  // namespace

const Table<Provenance>& provenances() {
  using P = Provenance;
  static const Table<P> table{
      "provenance",
      {column("version", &P::version), column("code", &P::commit), column("seed", &P::seed),
       column("date", &P::date), column("cpu", &P::cpu), column("packages", &P::packages),
       column("inputs", &P::inputs), column("plan", &P::plan), column("ledger", &P::ledger)},
      {"version", "code", "seed"}};
  return table;
}

const Table<StatementRecord>& statements() {
  using S = StatementRecord;
  static const Table<S> table{
      "statements",
      {column("id", &S::id), column("title", &S::title), column("source", &S::source),
       column("cites", &S::cites), column("latex", &S::latex), column("hypotheses", &S::hypotheses),
       column("telling", &S::telling)},
      {"id"}};
  return table;
}

const Table<ConstructionRecord>& constructions() {
  using C = ConstructionRecord;
  static const Table<C> table{
      "constructions",
      {column("id", &C::id), column("title", &C::title), column("source", &C::source),
       column("latex", &C::latex), column("law", &C::law), column("parameters", &C::parameters),
       column("instance", &C::instance), column("law_holds", &C::law_holds),
       column("series", &C::series), column("reason", &C::reason), column("rank", &C::rank)},
      {"id"}};
  return table;
}

const Table<MutantRecord>& mutants() {
  using M = MutantRecord;
  static const Table<M> table{
      "mutants",
      {column("theorem", &M::theorem), column("mutant", &M::mutant), column("change", &M::change),
       column("refuted", &M::refuted), column("evidence", &M::evidence),
       column("reason", &M::reason), column("ratio", &M::ratio), column("witness", &M::witness),
       column("smallest", &M::smallest), column("truth", &M::truth),
       column("truth_reason", &M::truth_reason), column("rank", &M::rank)},
      {"theorem", "mutant"}};
  return table;
}

const Table<FigureRecord>& figures() {
  using F = FigureRecord;
  static const Table<F> table{
      "figures",
      {column("id", &F::id), column("theorem", &F::theorem), column("title", &F::title),
       column("caption", &F::caption), column("x", &F::x), column("y", &F::y),
       column("curves", &F::curves), column("rank", &F::rank)},
      {"id"}};
  return table;
}

const Table<SharpestRecord>& gallery() {
  using S = SharpestRecord;
  static const Table<S> table{
      "gallery",
      {column("theorem", &S::theorem), column("regime", &S::regime), column("ratio", &S::ratio),
       column("stored", &S::stored), column("as_stored", &S::as_stored), column("place", &S::where),
       column("delta", &S::delta), column("evidence", &S::evidence), column("shows", &S::shows),
       column("instance", &S::instance)},
      {"theorem", "regime"}};
  return table;
}

template <class Record>
static Column<Record> seconds() {
  auto timed = column("seconds", &Record::seconds);
  timed.is_timed = true;
  return timed;
}

const Table<SharpnessRecord>& sharpness() {
  using S = SharpnessRecord;
  static const Table<S> table{
      "sharpness",
      {column("theorem", &S::theorem), column("part", &S::part), column("rank", &S::rank),
       column("what", &S::what), column("place", &S::place), column("value", &S::value),
       column("among", &S::among), column("refuted", &S::refuted),
       column("unrefuted", &S::unrefuted), column("improvable", &S::improvable),
       column("outcome", &S::outcome), column("witness", &S::witness), column("checks", &S::checks),
       seconds<S>()},
      {"theorem", "rank"}};
  return table;
}

const Table<VerdictRecord>& verdicts() {
  using V = VerdictRecord;
  static const Table<V> table{
      "verdicts",
      {column("theorem", &V::theorem), column("number", &V::number), column("origin", &V::origin),
       column("search_checks", &V::search_checks), column("verdict", &V::verdict),
       column("evidence", &V::evidence), column("telling", &V::is_telling),
       column("telling_at_positive_delta", &V::is_telling_at_positive_delta),
       column("reason", &V::reason), column("provenance", &V::provenance),
       column("bits", &V::precision), column("escalations", &V::escalations),
       column("conclusions", &V::conclusions), column("tightness", &V::tightness),
       column("sharpest", &V::sharpest), column("instance", &V::instance),
       column("series", &V::series), column("error_level", &V::error_level), seconds<V>()},
      {"theorem", "number"}};
  return table;
}

/// A series of as many points, without reading what they are. Only to be read.
static Column<VerdictRecord> length_of_series() {
  return {"json_array_length(series)", Stored<std::string>::type,
          [](SQLite::Statement&, int, const VerdictRecord&) {
            throw std::logic_error("the length of a series is not written");
          },
          [](const SQLite::Column& c, VerdictRecord& record) {
            record.series.resize(static_cast<std::size_t>(c.getInt64()));
          }};
}

const Table<VerdictRecord>& outcomes() {
  using V = VerdictRecord;
  static const Table<V> table{
      "verdicts",
      {column("theorem", &V::theorem), column("number", &V::number), column("verdict", &V::verdict),
       column("evidence", &V::evidence), column("telling", &V::is_telling),
       column("telling_at_positive_delta", &V::is_telling_at_positive_delta),
       column("conclusions", &V::conclusions), column("tightness", &V::tightness),
       column("instance", &V::instance), length_of_series()},
      {"theorem", "number"}};
  return table;
}

// What is done to every table is written once.
template <class Action>
static void for_each_table(const Action& action) {
  action(provenances());
  action(statements());
  action(constructions());
  action(mutants());
  action(figures());
  action(gallery());
  action(sharpness());
  action(verdicts());
}

std::string schema() {
  std::string sql;
  for_each_table([&](const auto& table) { sql += table.schema(); });
  return sql;
}

std::vector<Names> names() {
  std::vector<Names> all;
  for_each_table([&](const auto& table) {
    Names names{table.name, {}, {}, table.key};
    for (const auto& column : table.columns) {
      names.columns.push_back(column.name);
      if (column.is_timed) names.timed.push_back(column.name);
    }
    all.push_back(std::move(names));
  });
  return all;
}

}  // namespace graddiv::tables
