#include "experiments/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiments/section_view.h"
#include "json/file.h"
#include "reports/document.h"
#include "reports/escape.h"
#include "reports/latexmk.h"
#include "reports/templates.h"

namespace graddiv::experiments {
namespace {

namespace fs = std::filesystem;

// RFC 4180: in quotes where a comma or a quote stands in it.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

std::string csv_of(const Result& result, bool timed) {
  std::string csv = "figure,curve,x,mean,low,high\n";
  for (const Figure& figure : result.figures) {
    if (figure.is_timed != timed) continue;
    for (const Curve& curve : figure.curves) {
      for (const auto& [x, y] : curve.points) {
        csv += fmt::format("{},{},{},{},{},{}\n", field(figure.id), field(curve.id), x, y.mean,
                           y.low, y.high);
      }
    }
    for (const Mark& mark : figure.marks) {
      csv += fmt::format("{},{},{},,,\n", field(figure.id), field(mark.id), mark.x);
    }
  }
  return csv;
}

std::string latex_of(const Experiment& experiment, const Setup& setup, const Result& result) {
  nlohmann::json view = section_view(experiment, setup, result);
  view["bibliography_latex"] = std::string(reports::references());
  view["unicode_latex"] = reports::unicode_declarations();
  view["is_full"] = false;
  view["body_latex"] = reports::render("experiment", view) + reports::render("bibliography", view);
  return reports::render("document", view);
}

nlohmann::ordered_json settings_json(const Config& config) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [name, value] : config.entries()) {
    std::visit([&, &key = name](const auto& v) { json[key] = v; }, value);
  }
  return json;
}

nlohmann::ordered_json summary_of(const Experiment& experiment, const Setup& setup,
                                  const Result& result) {
  nlohmann::ordered_json json{{"experiment", experiment.id},
                              {"title", experiment.title},
                              {"seed", setup.seed},
                              {"data", setup.files.train->source},
                              {"settings", settings_json(setup.config)},
                              {"claims", nlohmann::ordered_json::array()},
                              {"figures", nlohmann::ordered_json::array()}};
  for (const Claim& c : result.claims) {
    json["claims"].push_back({{"id", c.id},
                              {"claim", c.claim},
                              {"observed", c.observed},
                              {"rule", c.rule},
                              {"verdict", to_string(c.reading)}});
  }
  for (const Figure& figure : result.figures) {
    json["figures"].push_back({{"id", figure.id}, {"title", figure.title}});
  }
  return json;
}

WrittenFiles write_result(const fs::path& folder, const Experiment& experiment, const Setup& setup,
                          const Result& result, const std::string& latexmk) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw FileError(folder.string() + ": cannot be made: " + error.message());
  const auto path = [&](const char* extension) {
    return (folder / (experiment.id + extension)).string();
  };
  WrittenFiles files{.csv = path(".csv"),
                     .timings = {},
                     .tex = path(".tex"),
                     .json = path(".json"),
                     .pdf = {},
                     .note = {}};
  const std::string latex = latex_of(experiment, setup, result);
  write_file(files.csv, csv_of(result));
  if (std::ranges::any_of(result.figures, &Figure::is_timed)) {
    files.timings = path("-timings.csv");
    write_file(*files.timings, csv_of(result, true));
  }
  write_file(files.tex, latex);
  const std::string program = reports::find_program(latexmk);
  if (program.empty()) {
    files.note = "no PDF: " + latexmk + " is not installed; the LaTeX is in " + files.tex;
  } else {
    write_file(path(".pdf"), reports::compile_pdf(program, latex, ""));
    files.pdf = path(".pdf");
  }
  auto json = summary_of(experiment, setup, result);
  json["files"] = {{"csv", files.csv}, {"tex", files.tex}};
  if (files.timings) json["files"]["timings"] = *files.timings;
  if (files.pdf) json["files"]["pdf"] = *files.pdf;
  write_file(files.json, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  return files;
}

}  // namespace graddiv::experiments
