#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "experiments/experiment.h"

// What an experiment leaves: the numbers, the section, the summary.
namespace graddiv::experiments {

/// Every plotted number: `figure,curve,x,mean,low,high`, a line a point; the vertical lines of a
/// figure with their x alone. Numbers are the shortest decimals that give the double back. The
/// numbers that the clock gave are apart from those that a seed gives.
std::string csv_of(const Result& result, bool timed = false);

/// A LaTeX document of one section: the claims with what was observed, the plots, the tables.
std::string latex_of(const Experiment& experiment, const Setup& setup, const Result& result);

nlohmann::ordered_json settings_json(const Config& config);

nlohmann::ordered_json summary_of(const Experiment& experiment, const Setup& setup,
                                  const Result& result);

struct WrittenFiles {
  std::string csv;
  std::optional<std::string> timings;  ///< CSV of the figures that are timed, if there are any
  std::string tex;
  std::string json;
  std::optional<std::string> pdf;
  std::string note;  ///< why there is no PDF, for the user; empty if there is one
};

/// Writes NAME.csv, NAME-timings.csv where figures are timed, NAME.tex, NAME.json and, where
/// `latexmk` (a command or path) is there, NAME.pdf into the folder, which is made where it is not
/// there. Each file appears complete or not at all; the JSON, which names the others, comes last.
/// Throws FileError, and reports::LatexError where LaTeX refuses the section; a PDF that was there
/// before is then left alone.
WrittenFiles write_result(const std::filesystem::path& folder, const Experiment& experiment,
                          const Setup& setup, const Result& result,
                          const std::string& latexmk = "latexmk");

}  // namespace graddiv::experiments
