#pragma once

#include <optional>
#include <string>
#include <vector>

#include "data/read_dataset.h"
#include "number/rational.h"

// Values of options that commands on real data share. All throw UsageError.
namespace graddiv::cli {

/// --positive: labels with commas in between.
std::vector<double> read_labels(const std::string& text);
/// --scale: "1/255".
Rational read_scale(const std::string& text);
/// --format: one of data_format_names(); empty where it is to be told from the content.
std::optional<DataFormat> read_format(const std::string& name);

}  // namespace graddiv::cli
