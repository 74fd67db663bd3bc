#pragma once

#include <stdexcept>
#include <utility>

#include "number/text.h"

namespace graddiv {

/// A constant or an expectation that a statement asks for and that is not to be had on this
/// instance: says which and why. A hypothesis that throws it makes the statement not applicable.
class NotCertified : public std::runtime_error {
 public:
  explicit NotCertified(Text why) : std::runtime_error(why.plain()), why_(std::move(why)) {}
  const Text& why() const { return why_; }

 private:
  Text why_;
};

/// That the instance lacks for certain what is asked for: a hypothesis that throws it does not
/// hold.
class Lacking : public NotCertified {
 public:
  using NotCertified::NotCertified;
};

}  // namespace graddiv
