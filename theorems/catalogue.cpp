#include "theorems/catalogue.h"

#include <algorithm>
#include <array>
#include <deque>
#include <stdexcept>

#include "json/embedded_file.h"
#include "json/file.h"
#include "json/input_error.h"
#include "theorems/from_file.h"

namespace graddiv {

namespace detail {
std::span<const EmbeddedFile> embedded_theorems();  // theorems/*.theorem, made at build time
}  // namespace detail

namespace {

// The registry, in the order of the paper: one line a theorem, which stands in the file
// theorems/ID.theorem.
constexpr std::array ids{
    "second-moment",
    "diversity-range",
    "replication",
    "glm",
    "glm-sharp",
    "glm-gaussian",
    "glm-rademacher",
    "sparse-conflicts",
    "one-step",
    "one-step-smooth",
    "rate-strongly-convex",
    "rate-convex",
    "rate-smooth",
    "rate-pl",
    "serial-strongly-convex",
    "serial-convex",
    "serial-smooth",
    "serial-pl",
    "mechanism-general",
    "mechanism-dropout",
    "mechanism-langevin",
    "mechanism-quantization",
    "mechanism-one-step",
    "mechanism-rate-strongly-convex",
    "mechanism-rate-convex",
    "mechanism-rate-smooth",
    "mechanism-rate-pl",
    "differential-glm",
    "differential-sparse",
    "nonexpansive-convex",
    "contractive-strongly-convex",
    "stability-convex",
    "stability-strongly-convex",
    "stability-smooth",
    "generalization",
    "lower-replicated",
    "lower-fixed-step",
    "lower-noise-floor",
    "lower-unstable",
};

std::vector<Theorem> read_built_in() {
  std::vector<Theorem> all;
  for (const std::string id : ids) {
    const std::string name = id + ".theorem";
    const std::string_view text = embedded_text(detail::embedded_theorems(), name);
    Theorem theorem = theorem_from(std::string(text), "theorems/" + name, true);
    if (theorem.id != id) throw std::logic_error(name + " has the theorem " + theorem.id);
    all.push_back(std::move(theorem));
  }
  return all;
}

/// Those from files: their addresses stay.
std::deque<Theorem>& read_theorems() {
  static std::deque<Theorem> all;
  return all;
}

}  // namespace

const std::vector<Theorem>& theorems() {
  static const std::vector<Theorem> all = read_built_in();
  return all;
}

const Theorem& theorem_from_file(const std::string& path) {
  return theorem_from_text(read_file(path, "theorem file"), path);
}

const Theorem& theorem_from_text(const std::string& text, const std::string& path) {
  auto& read = read_theorems();
  const auto is_again = [&](const Theorem& t) { return t.file_text == text; };
  if (const auto again = std::ranges::find_if(read, is_again); again != read.end()) return *again;
  const auto built_in = std::ranges::find_if(theorems(), is_again);
  if (built_in != theorems().end()) return *built_in;
  Theorem theorem = theorem_from(text, path);
  const auto has_its_name = [&](const Theorem& t) { return t.id == theorem.id; };
  if (std::ranges::any_of(theorems(), has_its_name) || std::ranges::any_of(read, has_its_name)) {
    throw InputError(path + ": there is a theorem '" + theorem.id +
                     "' already; expected another name");
  }
  return read.emplace_back(std::move(theorem));
}

const Theorem& find_theorem(std::string_view id) {
  std::string known;
  for (const Theorem& t : read_theorems())
    if (t.id == id) return t;
  for (const Theorem& t : theorems()) {
    if (t.id == id) return t;
    known += (known.empty() ? "" : ", ") + t.id;
  }
  throw std::out_of_range("no theorem '" + std::string(id) + "'; there are " + known);
}

}  // namespace graddiv
