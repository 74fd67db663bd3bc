#include "claim/theorem.h"

namespace graddiv {

std::string witness(const std::string& problem, const std::string& run) {
  return R"({"format": "graddiv-instance/1", "problem": {)" + problem + R"(}, "run": {)" + run +
         "}}";
}

}  // namespace graddiv
