#include "workbench/provenance.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gmp.h>
#include <graddiv_version.h>
#include <mpfi.h>
#include <mpfr.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <ctime>
#include <fstream>

#include "campaign/store.h"

namespace graddiv::workbench {

namespace {

std::string cpu() {
  std::ifstream info("/proc/cpuinfo");
  constexpr std::string_view key = "model name";
  for (std::string line; std::getline(info, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with(key) && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::string compiler() {
#ifdef __clang__
  return __VERSION__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}

}  // namespace

Provenance make_provenance(std::uint64_t seed) {
  Provenance p;
  p.version = version;
  p.commit = commit();
  p.seed = seed;
  p.date = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  p.cpu = cpu();
  p.packages = {
      {"GMP", gmp_version},
      {"MPFR", mpfr_get_version()},
      {"MPFI", mpfi_get_version()},
      {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000,
                            BOOST_VERSION % 100)},
      {"Eigen",
       fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"SQLite", database_version()},
      {"compiler", compiler()},
  };
  return p;
}

}  // namespace graddiv::workbench
