#include "cli/support/arguments.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>

namespace graddiv::cli {

Argument& Argument::required() {
  option_->required();
  return *this;
}
Argument& Argument::shows_default() {
  option_->capture_default_str();
  return *this;
}
Argument& Argument::needs(const Argument& other) {
  option_->needs(other.option_);
  return *this;
}
Argument& Argument::one_of(const std::vector<std::string>& values) {
  option_->check(CLI::IsMember(values));
  return *this;
}
template <class T>
Argument& Argument::between(T least, T most) {
  option_->check(CLI::Range(least, most));
  return *this;
}
Argument& Argument::not_negative() {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}
// CLI11 would take -1 for the largest number there is.
Argument& Argument::whole_number() {
  option_->check([](const std::string& text) -> std::string {
    const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
    return digits && !text.empty() ? "" : "found " + text + ", expected a whole number";
  });
  return *this;
}
Argument& Argument::one_value_each_time() {
  option_->allow_extra_args(false);
  return *this;
}

template <class T>
Argument Arguments::option(const std::string& name, T& value, const std::string& help) {
  return Argument(app_.add_option(name, value, help));
}

void Arguments::flag(const std::string& name, bool& value, const std::string& help) {
  app_.add_flag(name, value, help);
}

#define GRADDIV_OPTION_TYPE(T) \
  template Argument Arguments::option(const std::string&, T&, const std::string&);
GRADDIV_OPTION_TYPE(std::string)
GRADDIV_OPTION_TYPE(std::vector<std::string>)
GRADDIV_OPTION_TYPE(std::optional<std::string>)
GRADDIV_OPTION_TYPE(int)
GRADDIV_OPTION_TYPE(std::optional<int>)
GRADDIV_OPTION_TYPE(std::optional<long>)
GRADDIV_OPTION_TYPE(std::int64_t)
GRADDIV_OPTION_TYPE(unsigned)
GRADDIV_OPTION_TYPE(std::uint64_t)
GRADDIV_OPTION_TYPE(double)
GRADDIV_OPTION_TYPE(std::optional<double>)
#undef GRADDIV_OPTION_TYPE

template Argument& Argument::between(int, int);
template Argument& Argument::between(long, long);
template Argument& Argument::between(unsigned, unsigned);
template Argument& Argument::between(double, double);

}  // namespace graddiv::cli
