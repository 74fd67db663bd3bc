#include "campaign/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>

namespace graddiv {

namespace {

// "grdv": what PRAGMA application_id says of a graddiv store, and `file` can show.
constexpr int application_id = 0x67726476;
// Counts up with every change of the tables below.
constexpr int schema_version = 4;
// How long to wait for another process that writes into the same store.
constexpr int busy_timeout_ms = 60'000;

constexpr auto schema = R"sql(
  CREATE TABLE provenance (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version TEXT NOT NULL, code TEXT NOT NULL, seed TEXT NOT NULL, date TEXT NOT NULL,
    cpu TEXT NOT NULL, packages TEXT NOT NULL, inputs TEXT NOT NULL) STRICT;
  CREATE TABLE statements (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, source TEXT NOT NULL, cites TEXT NOT NULL, latex TEXT NOT NULL,
    hypotheses TEXT NOT NULL) STRICT;
  CREATE TABLE constructions (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, source TEXT NOT NULL, latex TEXT NOT NULL, law TEXT NOT NULL,
    parameters TEXT NOT NULL, instance TEXT NOT NULL, law_holds INTEGER NOT NULL,
    series TEXT NOT NULL) STRICT;
  CREATE TABLE mutants (
    position INTEGER PRIMARY KEY, theorem TEXT NOT NULL, mutant TEXT NOT NULL,
    change TEXT NOT NULL, refuted INTEGER NOT NULL, evidence TEXT NOT NULL, reason TEXT NOT NULL,
    ratio TEXT NOT NULL, witness TEXT NOT NULL, smallest TEXT NOT NULL,
    UNIQUE (theorem, mutant)) STRICT;
  CREATE TABLE figures (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    theorem TEXT NOT NULL, title TEXT NOT NULL, caption TEXT NOT NULL, axes TEXT NOT NULL,
    curves TEXT NOT NULL) STRICT;
  CREATE TABLE gallery (
    theorem TEXT NOT NULL, regime TEXT NOT NULL, ratio TEXT, stored TEXT NOT NULL,
    as_stored INTEGER NOT NULL, place TEXT NOT NULL, delta TEXT NOT NULL, evidence TEXT NOT NULL,
    shows TEXT NOT NULL, instance TEXT NOT NULL,
    PRIMARY KEY (theorem, regime)) STRICT;
  CREATE TABLE verdicts (
    theorem TEXT NOT NULL, number INTEGER NOT NULL, origin TEXT NOT NULL, verdict TEXT NOT NULL,
    evidence TEXT NOT NULL, reason TEXT NOT NULL, provenance TEXT NOT NULL,
    bits INTEGER NOT NULL, escalations INTEGER NOT NULL, conclusions INTEGER NOT NULL,
    tightness TEXT, sharpest TEXT NOT NULL, instance TEXT NOT NULL, series TEXT NOT NULL,
    PRIMARY KEY (theorem, number)) STRICT;
)sql";

// The columns of a verdict in the order in which read_verdict and bind_verdict take them.
constexpr auto verdict_columns =
    "theorem, number, origin, verdict, evidence, reason, provenance, bits, escalations, "
    "conclusions, tightness, sharpest, instance, series";

// Texts come from exceptions too, and are stored whatever bytes they hold.
std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// [["k = 7, in expectation", 7.0, 0.5, 0.6], …]; JSON has no infinities, so they become null.
std::string to_text(const std::vector<SeriesPoint>& series) {
  auto json = nlohmann::json::array();
  for (const auto& [where, k, left, right] : series) json.push_back({where, k, left, right});
  return dump(json);
}

double number_from(const nlohmann::json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::vector<SeriesPoint> series_from(const std::string& text) {
  std::vector<SeriesPoint> series;
  for (const auto& row : nlohmann::json::parse(text)) {
    series.push_back(
        {row.at(0), number_from(row.at(1)), number_from(row.at(2)), number_from(row.at(3))});
  }
  return series;
}

constexpr std::array style_names{"line", "reference", "dots", "rings"};  // in the enum's order

CurveStyle style_from(const std::string& name) {
  const auto* const found = std::ranges::find(style_names, name);
  if (found == style_names.end()) {
    throw std::out_of_range("no style of a curve is called \"" + name + "\"");
  }
  return static_cast<CurveStyle>(found - style_names.begin());
}

nlohmann::json to_json(const FigureAxis& axis) {
  return {{"label", axis.label}, {"logarithmic", axis.logarithmic}, {"ticks", axis.ticks}};
}

FigureAxis axis_from(const nlohmann::json& json) {
  return {json.at("label"), json.at("logarithmic"), json.at("ticks")};
}

std::string to_text(const std::vector<FigureCurve>& curves) {
  auto list = nlohmann::json::array();
  for (const auto& curve : curves) {
    auto points = nlohmann::json::array();
    for (const auto& [x, y] : curve.points) points.push_back({x, y});
    list.push_back({{"style", style_names.at(static_cast<std::size_t>(curve.style))},
                    {"legend", curve.legend},
                    {"label", curve.label},
                    {"points", std::move(points)}});
  }
  return dump(list);
}

std::vector<FigureCurve> curves_from(const std::string& text) {
  std::vector<FigureCurve> curves;
  for (const auto& json : nlohmann::json::parse(text)) {
    FigureCurve curve{style_from(json.at("style")), json.at("legend"), json.at("label"), {}};
    for (const auto& point : json.at("points")) curve.points.push_back({point.at(0), point.at(1)});
    curves.push_back(std::move(curve));
  }
  return curves;
}

VerdictRecord read_verdict(SQLite::Statement& row) {
  VerdictRecord v;
  v.theorem = row.getColumn(0).getString();
  v.number = row.getColumn(1).getInt64();
  v.origin = row.getColumn(2).getString();
  v.verdict = row.getColumn(3).getString();
  v.evidence = row.getColumn(4).getString();
  v.reason = row.getColumn(5).getString();
  v.provenance = row.getColumn(6).getString();
  v.precision = row.getColumn(7).getInt();
  v.escalations = row.getColumn(8).getInt();
  v.conclusions = row.getColumn(9).getInt();
  if (!row.getColumn(10).isNull()) v.tightness = row.getColumn(10).getString();
  v.sharpest = row.getColumn(11).getString();
  v.instance = row.getColumn(12).getString();
  v.series = series_from(row.getColumn(13).getString());
  return v;
}

void bind_verdict(SQLite::Statement& into, const VerdictRecord& v) {
  SQLite::bind(into, v.theorem, v.number, v.origin, v.verdict, v.evidence, v.reason, v.provenance,
               v.precision, v.escalations, v.conclusions, v.tightness.value_or(""), v.sharpest,
               v.instance, to_text(v.series));
  if (!v.tightness) into.bind(11);  // NULL
}

// SQLite would make any file a database only when it first reads it, and says of a missing folder no more than "unable
// to open": a look beforehand gives better messages.
void look_at_file(const std::string& path, Store::Mode mode) {
  if (path == ":memory:") return;
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::is_directory(status)) throw NoStore(path + ": is a folder, not a store");
  if (!std::filesystem::exists(status)) {
    if (mode == Store::Mode::read) throw NoStore(path + ": no such file");
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
      throw StoreError(path + ": cannot be created: there is no folder " + folder.string());
    }
    return;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw StoreError(path + ": cannot be read");
  constexpr std::string_view magic = "SQLite format 3";
  std::array<char, magic.size()> head{};
  file.read(head.data(), head.size());
  // A process that was killed right after creating the file leaves it empty.
  if (file.gcount() == 0 && mode == Store::Mode::write) return;
  if (std::string_view(head.data(), static_cast<std::size_t>(file.gcount())) != magic) {
    throw NoStore(path + ": is no graddiv store");
  }
}

}  // namespace

struct Store::State {
  State(std::string file, Mode mode)
      : path(std::move(file)),
        // Also for reading: after a killed run, the first to come must be able to roll back what it left half written. SQLite
        // falls back to reading only where the file is write-protected.
        database(path, SQLite::OPEN_READWRITE | (mode == Mode::write ? SQLite::OPEN_CREATE : 0),
                 busy_timeout_ms) {
    // A rollback journal, not a write-ahead log: the store stays one file, which can be copied at any time between
    // two runs, whatever happened to the first.
    database.exec("PRAGMA synchronous = FULL");
    if (mode == Mode::write) {
      create_tables();
    } else {
      database.exec("PRAGMA query_only = ON");
    }
    check_layout();
  }

  int pragma(const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name).getInt();
  }

  void create_tables() {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (!empty || pragma("application_id") != 0) return;
    database.exec(schema);
    database.exec("PRAGMA application_id = " + std::to_string(application_id));
    database.exec("PRAGMA user_version = " + std::to_string(schema_version));
    transaction.commit();
  }

  void check_layout() {
    if (pragma("application_id") != application_id) throw NoStore(path + ": is no graddiv store");
    const int found = pragma("user_version");
    if (found != schema_version) {
      throw NoStore(path + ": is a store of layout " + std::to_string(found) +
                    ", but this graddiv reads layout " + std::to_string(schema_version));
    }
  }

  std::string path;
  SQLite::Database database;
  mutable std::mutex mutex;
};

namespace {

// Everything that touches the database goes through here: one at a time, and errors that name the file.
template <class State, class Action>
auto locked(State& state, const char* doing, Action action) {
  const std::lock_guard lock(state.mutex);
  try {
    return action();
  } catch (const SQLite::Exception& error) {
    throw StoreError(state.path + ": cannot be " + doing + ": " + error.what());
  } catch (const nlohmann::json::exception& error) {
    throw StoreError(state.path + ": holds damaged text: " + error.what());
  } catch (const std::out_of_range& error) {
    throw StoreError(state.path + ": holds damaged text: " + error.what());
  }
}

template <class State, class Action>
void in_transaction(State& state, Action action) {
  locked(state, "written", [&] {
    SQLite::Transaction transaction(state.database, SQLite::TransactionBehavior::IMMEDIATE);
    action();
    transaction.commit();
  });
}

}  // namespace

Store::Store(const std::string& path, Mode mode) {
  look_at_file(path, mode);
  try {
    state_ = std::make_unique<State>(path, mode);
  } catch (const SQLite::Exception& error) {
    throw StoreError(path + ": cannot be opened: " + error.what());
  }
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

const std::string& Store::path() const { return state_->path; }

void Store::write(const Provenance& provenance) {
  in_transaction(*state_, [&] {
    auto packages = nlohmann::json::array();
    for (const auto& [name, version] : provenance.packages) packages.push_back({name, version});
    SQLite::Statement insert(state_->database,
                             "INSERT OR REPLACE INTO provenance VALUES (1, ?, ?, ?, ?, ?, ?, ?)");
    // a text: SQLite has no unsigned integers
    SQLite::bind(insert, provenance.version, provenance.commit, std::to_string(provenance.seed),
                 provenance.date, provenance.cpu, dump(packages), provenance.inputs);
    insert.exec();
  });
}

void Store::write(const StatementRecord& statement) {
  in_transaction(*state_, [&] {
    SQLite::Statement insert(
        state_->database,
        "INSERT INTO statements (id, title, source, cites, latex, hypotheses) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
        "source = excluded.source, cites = excluded.cites, latex = excluded.latex, "
        "hypotheses = excluded.hypotheses");
    SQLite::bind(insert, statement.id, statement.title, statement.source, statement.cites,
                 statement.latex, dump(statement.hypotheses));
    insert.exec();
  });
}

void Store::write(const ConstructionRecord& construction) {
  in_transaction(*state_, [&] {
    SQLite::Statement insert(
        state_->database,
        "INSERT INTO constructions "
        "(id, title, source, latex, law, parameters, instance, law_holds, series) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "title = excluded.title, source = excluded.source, latex = excluded.latex, "
        "law = excluded.law, parameters = excluded.parameters, instance = excluded.instance, "
        "law_holds = excluded.law_holds, series = excluded.series");
    SQLite::bind(insert, construction.id, construction.title, construction.source,
                 construction.latex, construction.law, construction.parameters,
                 construction.instance, construction.law_holds ? 1 : 0,
                 to_text(construction.series));
    insert.exec();
  });
}

void Store::write(const MutantRecord& mutant) {
  in_transaction(*state_, [&] {
    SQLite::Statement insert(
        state_->database,
        "INSERT INTO mutants (theorem, mutant, change, refuted, evidence, reason, ratio, witness, "
        "smallest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (theorem, mutant) DO UPDATE SET "
        "change = excluded.change, refuted = excluded.refuted, evidence = excluded.evidence, "
        "reason = excluded.reason, ratio = excluded.ratio, witness = excluded.witness, "
        "smallest = excluded.smallest");
    SQLite::bind(insert, mutant.theorem, mutant.mutant, mutant.change, mutant.refuted ? 1 : 0,
                 mutant.evidence, mutant.reason, mutant.ratio, mutant.witness, mutant.smallest);
    insert.exec();
  });
}

void Store::write(const FigureRecord& figure) {
  in_transaction(*state_, [&] {
    SQLite::Statement insert(
        state_->database,
        "INSERT INTO figures (id, theorem, title, caption, axes, curves) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET theorem = excluded.theorem, "
        "title = excluded.title, caption = excluded.caption, axes = excluded.axes, "
        "curves = excluded.curves");
    SQLite::bind(insert, figure.id, figure.theorem, figure.title, figure.caption,
                 dump({{"x", to_json(figure.x)}, {"y", to_json(figure.y)}}),
                 to_text(figure.curves));
    insert.exec();
  });
}

void Store::write(const SharpestRecord& sharpest) {
  in_transaction(*state_, [&] {
    SQLite::Statement insert(
        state_->database,
        "INSERT OR REPLACE INTO gallery (theorem, regime, ratio, stored, as_stored, place, delta, "
        "evidence, shows, instance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    SQLite::bind(insert, sharpest.theorem, sharpest.regime, sharpest.ratio.value_or(""),
                 sharpest.stored, sharpest.as_stored ? 1 : 0, sharpest.where, sharpest.delta,
                 sharpest.evidence, sharpest.shows, sharpest.instance);
    if (!sharpest.ratio) insert.bind(3);  // NULL
    insert.exec();
  });
}

void Store::write(const VerdictRecord& verdict) { write(std::vector{verdict}); }

void Store::write(const std::vector<VerdictRecord>& verdicts) {
  if (verdicts.empty()) return;
  in_transaction(*state_, [&] {
    SQLite::Statement insert(state_->database,
                             std::string("INSERT OR REPLACE INTO verdicts (") + verdict_columns +
                                 ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const auto& verdict : verdicts) {
      bind_verdict(insert, verdict);
      insert.exec();
      insert.reset();
    }
  });
}

std::optional<Provenance> Store::provenance() const {
  return locked(*state_, "read", [&]() -> std::optional<Provenance> {
    SQLite::Statement row(
        state_->database,
        "SELECT version, code, seed, date, cpu, packages, inputs FROM provenance");
    if (!row.executeStep()) return std::nullopt;
    Provenance p;
    p.version = row.getColumn(0).getString();
    p.commit = row.getColumn(1).getString();
    p.seed = std::stoull(row.getColumn(2).getString());
    p.date = row.getColumn(3).getString();
    p.cpu = row.getColumn(4).getString();
    for (const auto& package : nlohmann::json::parse(row.getColumn(5).getString())) {
      p.packages.emplace_back(package.at(0), package.at(1));
    }
    p.inputs = row.getColumn(6).getString();
    return p;
  });
}

std::vector<StatementRecord> Store::statements() const {
  return locked(*state_, "read", [&] {
    std::vector<StatementRecord> found;
    SQLite::Statement row(
        state_->database,
        "SELECT id, title, source, cites, latex, hypotheses FROM statements ORDER BY position");
    while (row.executeStep()) {
      found.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                       row.getColumn(2).getString(), row.getColumn(3).getString(),
                       row.getColumn(4).getString(),
                       nlohmann::json::parse(row.getColumn(5).getString())});
    }
    return found;
  });
}

std::vector<ConstructionRecord> Store::constructions() const {
  return locked(*state_, "read", [&] {
    std::vector<ConstructionRecord> found;
    SQLite::Statement row(
        state_->database,
        "SELECT id, title, source, latex, law, parameters, instance, law_holds, series "
        "FROM constructions ORDER BY position");
    while (row.executeStep()) {
      found.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                       row.getColumn(2).getString(), row.getColumn(3).getString(),
                       row.getColumn(4).getString(), row.getColumn(5).getString(),
                       row.getColumn(6).getString(), row.getColumn(7).getInt() != 0,
                       series_from(row.getColumn(8).getString())});
    }
    return found;
  });
}

std::vector<MutantRecord> Store::mutants() const {
  return locked(*state_, "read", [&] {
    std::vector<MutantRecord> found;
    SQLite::Statement row(
        state_->database,
        "SELECT theorem, mutant, change, refuted, evidence, reason, ratio, witness, smallest "
        "FROM mutants ORDER BY position");
    while (row.executeStep()) {
      found.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                       row.getColumn(2).getString(), row.getColumn(3).getInt() != 0,
                       row.getColumn(4).getString(), row.getColumn(5).getString(),
                       row.getColumn(6).getString(), row.getColumn(7).getString(),
                       row.getColumn(8).getString()});
    }
    return found;
  });
}

std::vector<FigureRecord> Store::figures() const {
  return locked(*state_, "read", [&] {
    std::vector<FigureRecord> found;
    SQLite::Statement row(
        state_->database,
        "SELECT id, theorem, title, caption, axes, curves FROM figures ORDER BY position");
    while (row.executeStep()) {
      const auto axes = nlohmann::json::parse(row.getColumn(4).getString());
      found.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                       row.getColumn(2).getString(), row.getColumn(3).getString(),
                       axis_from(axes.at("x")), axis_from(axes.at("y")),
                       curves_from(row.getColumn(5).getString())});
    }
    return found;
  });
}

std::vector<SharpestRecord> Store::gallery() const {
  return locked(*state_, "read", [&] {
    std::vector<SharpestRecord> found;
    SQLite::Statement row(state_->database,
                          "SELECT theorem, regime, ratio, stored, as_stored, place, delta, "
                          "evidence, shows, instance FROM gallery ORDER BY theorem, regime DESC");
    while (row.executeStep()) {
      SharpestRecord r;
      r.theorem = row.getColumn(0).getString();
      r.regime = row.getColumn(1).getString();
      if (!row.getColumn(2).isNull()) r.ratio = row.getColumn(2).getString();
      r.stored = row.getColumn(3).getString();
      r.as_stored = row.getColumn(4).getInt() != 0;
      r.where = row.getColumn(5).getString();
      r.delta = row.getColumn(6).getString();
      r.evidence = row.getColumn(7).getString();
      r.shows = row.getColumn(8).getString();
      r.instance = row.getColumn(9).getString();
      found.push_back(std::move(r));
    }
    return found;
  });
}

std::set<std::int64_t> Store::done(const std::string& theorem) const {
  return locked(*state_, "read", [&] {
    std::set<std::int64_t> numbers;
    SQLite::Statement row(state_->database, "SELECT number FROM verdicts WHERE theorem = ?");
    row.bind(1, theorem);
    while (row.executeStep()) numbers.insert(row.getColumn(0).getInt64());
    return numbers;
  });
}

std::vector<TheoremSummary> Store::summaries() const {
  auto found = locked(*state_, "read", [&] {
    std::vector<TheoremSummary> summaries;
    SQLite::Statement row(state_->database,
                          "WITH ids AS (SELECT id, position FROM statements UNION ALL "
                          "  SELECT DISTINCT theorem, NULL FROM verdicts "
                          "  WHERE theorem NOT IN (SELECT id FROM statements)) "
                          "SELECT ids.id, count(v.number), count(v.number) FILTER (WHERE v.verdict "
                          "<> 'not applicable'), "
                          "  count(v.number) FILTER (WHERE v.verdict = 'proved'), "
                          "  count(v.number) FILTER (WHERE v.verdict = 'supported'), "
                          "  count(v.number) FILTER (WHERE v.verdict = 'refuted'), "
                          "  count(v.number) FILTER (WHERE v.verdict = 'inconclusive') "
                          "FROM ids LEFT JOIN verdicts v ON v.theorem = ids.id "
                          "GROUP BY ids.id ORDER BY ids.position NULLS LAST, ids.id");
    while (row.executeStep()) {
      summaries.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt64(),
                           row.getColumn(2).getInt64(), row.getColumn(3).getInt64(),
                           row.getColumn(4).getInt64(), row.getColumn(5).getInt64(),
                           row.getColumn(6).getInt64(), std::nullopt});
    }
    SQLite::Statement best(state_->database,
                           "SELECT tightness FROM verdicts WHERE theorem = ? AND tightness IS NOT "
                           "NULL ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1");
    for (auto& summary : summaries) {
      best.bind(1, summary.id);
      if (best.executeStep()) summary.tightness = best.getColumn(0).getString();
      best.reset();
    }
    return summaries;
  });
  return found;
}

std::vector<VerdictRecord> Store::verdicts(const std::string& theorem) const {
  return locked(*state_, "read", [&] {
    std::vector<VerdictRecord> found;
    SQLite::Statement row(state_->database, std::string("SELECT ") + verdict_columns +
                                                " FROM verdicts WHERE theorem = ? ORDER BY number");
    row.bind(1, theorem);
    while (row.executeStep()) found.push_back(read_verdict(row));
    return found;
  });
}

std::vector<double> Store::tightness_ratios(const std::string& theorem) const {
  return locked(*state_, "read", [&] {
    std::vector<double> ratios;
    SQLite::Statement row(state_->database,
                          "SELECT CAST(tightness AS REAL) FROM verdicts "
                          "WHERE theorem = ? AND tightness IS NOT NULL ORDER BY number");
    row.bind(1, theorem);
    while (row.executeStep()) ratios.push_back(row.getColumn(0).getDouble());
    return ratios;
  });
}

std::optional<VerdictRecord> Store::sharpest(const std::string& theorem) const {
  return locked(*state_, "read", [&]() -> std::optional<VerdictRecord> {
    SQLite::Statement row(state_->database,
                          std::string("SELECT ") + verdict_columns +
                              " FROM verdicts WHERE theorem = ? AND tightness IS NOT NULL "
                              "ORDER BY CAST(tightness AS REAL) DESC, number LIMIT 1");
    row.bind(1, theorem);
    if (!row.executeStep()) return std::nullopt;
    return read_verdict(row);
  });
}

std::vector<VerdictRecord> Store::refuted() const {
  return locked(*state_, "read", [&] {
    std::vector<VerdictRecord> found;
    SQLite::Statement row(state_->database,
                          std::string("SELECT ") + verdict_columns +
                              " FROM verdicts WHERE verdict = 'refuted' ORDER BY theorem, number");
    while (row.executeStep()) found.push_back(read_verdict(row));
    return found;
  });
}

std::string database_version() { return SQLite::getLibVersion(); }

}  // namespace graddiv
