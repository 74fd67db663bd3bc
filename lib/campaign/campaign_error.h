#pragma once

#include <stdexcept>

namespace graddiv {

/// Stores that cannot be continued, or put together, as asked. `what()` is meant for the user.
class CampaignError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace graddiv
