#pragma once

#include <string>

namespace graddiv::reports {

/// A JSON text laid out for print.
struct Listing {
  std::string latex;         ///< lines for the environment `instance`, without a last line break
  bool abbreviated = false;  ///< something was left out; the listing says where
};

struct ListingLimits {
  int columns = 88;
  int lines = 36;
  int digits = 44;  ///< numbers longer than this are cut in their middle when lines run out
};

/// Numbers stand exactly as they stand in the text. A text that does not fit is abbreviated: long
/// arrays to their first entries, long numbers to their ends. What is no JSON is printed as it
/// stands.
Listing instance_listing(const std::string& json, const ListingLimits& limits = {});

}  // namespace graddiv::reports
