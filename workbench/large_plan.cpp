#include "workbench/large_plan.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "sgd/instance.h"
#include "theorems/catalogue.h"
#include "workbench/fingerprint.h"

namespace graddiv::workbench {

namespace {

using Json = nlohmann::ordered_json;

struct Entry {
  const char* loss;
  int n;
  int d;
  const char* radius;  // of the ball W about 0; nullptr: R^d
  const char* tau;     // of Huber's loss
  double start;        // w_0 is so far from 0, along e_1 or
  bool is_uphill;      // along ∇F(0)
  const char* step;
  int batch;
  int iterations;
  std::int64_t runs;
  std::vector<const char*> theorems;
  std::string images = {};  // a folder of them, whose rows are taken in place of drawn ones

  std::string name() const {
    const std::string data =
        images.empty() ? std::string(loss) : "Fashion-MNIST, " + std::string(loss);
    return data + " n=" + std::to_string(n) + " d=" + std::to_string(d);
  }

  bool is_for(const std::string& theorem) const {
    return std::ranges::find(theorems, theorem) != theorems.end();
  }

  Json problem(std::uint64_t seed) const {
    const bool is_squared = loss == std::string("squared");
    Json result{{"family", is_squared ? "least-squares" : "glm"}};
    if (!is_squared) result["loss"] = loss;
    if (tau != nullptr) result["tau"] = tau;
    if (images.empty()) {
      const bool is_class = loss == std::string("logistic");
      result["dimension"] = d;
      result["drawn"] = {
          {"functions", n}, {"seed", seed}, {"targets", is_class ? "classes" : "numbers"}};
    } else {
      // Clothes against shoes and bags, means over 4 × 4 pixels.
      result["data"] = {{"file", images},
                        {"rows", {{"count", n}, {"seed", seed}}},
                        {"pool", 4},
                        {"scale", "1/255"},
                        {"positive", {5, 6, 7, 8, 9}}};
    }
    if (radius != nullptr) {
      result["domain"] = {{"kind", "ball"},
                          {"center", std::vector<int>(static_cast<std::size_t>(d))},
                          {"radius", radius}};
    }
    return result;
  }

  Json instance(std::uint64_t seed) const {
    return {{"format", "graddiv-instance/1"},
            {"problem", problem(seed)},
            {"run",
             {{"start", std::vector<int>(static_cast<std::size_t>(d))},
              {"step", step},
              {"batch", batch},
              {"iterations", iterations}}}};
  }
};

/// The start of a run: multiples of 2^−10, rounded towards 0.
Vector<Rational> start_of(const Entry& entry, const Problem& problem) {
  constexpr double grid = 1024;
  Vector<double> w = Vector<double>::Unit(entry.d, 0);
  if (entry.is_uphill)
    w = full_gradient(problem, Vector<double>(Vector<double>::Zero(entry.d))).normalized();
  return (entry.start * w).unaryExpr([](double x) {
    return Rational(static_cast<long>(grid * x), static_cast<long>(grid));
  });
}

/// Bounds are told apart by so many runs at a hundredth of the ledger's level, and claims tell
/// something: runs are little longer than the horizon, and begin where F is large.
std::vector<Entry> all_entries(const std::string& images) {
  const std::vector<const char*> both = {"rate-strongly-convex", "rate-convex"};
  return {
      {"huber", 100000, 10, "1", "2", 1, false, "1/6", 4, 100, 20000, both},
      {"logistic",
       100000,
       10,
       "1",
       nullptr,
       1,
       false,
       "1/20",
       16,
       90,
       5000,
       {"rate-strongly-convex"}},
      {"logistic", 100000, 10, "2", nullptr, 2, false, "1/7", 16, 130, 10000, {"rate-convex"}},
      {"logistic", 10000, 100, "4", nullptr, 4, true, "1/2", 10, 150, 8000, {"rate-convex"}},
      {"logistic", 1000, 1000, "8", nullptr, 8, true, "3/4", 6, 235, 9000, {"rate-convex"}},
      {"logistic", 2000, 49, "1", nullptr, 1, true, "1/20", 4, 300, 5000, {"rate-convex"}, images},
      {"squared", 100000, 10, nullptr, nullptr, 1, false, "1/4", 3, 24, 500000, {"rate-pl"}},
      {"geman-mcclure",
       100000,
       10,
       nullptr,
       nullptr,
       1,
       false,
       "1/4",
       2,
       60,
       150000,
       {"rate-smooth"}},
      {"huber", 100000, 10, nullptr, "2", 1, false, "1/8", 7, 90, 250000, {"rate-smooth"}},
      {"huber",
       100000,
       10,
       "1",
       "2",
       1,
       false,
       "1/6",
       1,
       360,
       20000,
       {"serial-strongly-convex", "serial-convex"}},
      {"logistic", 10000, 10, nullptr, nullptr, 0, false, "1", 1, 1, 2, {"glm", "glm-sharp"}},
      {"logistic", 10000, 100, nullptr, nullptr, 0, false, "1", 1, 1, 2, {"glm", "glm-sharp"}},
  };
}

}  // namespace

struct LargePlan::State {
  State(std::uint64_t s, std::vector<Entry> all) : seed(s), entries(std::move(all)) {}

  std::uint64_t seed;
  std::vector<Entry> entries;
  std::vector<std::string> left_out{};
  /// Of every entry, as long as somebody has it: theorems with one instance share its rows.
  struct Made {
    std::weak_ptr<const FiniteSum> sum;
    Instance without_sum;
  };
  std::mutex mutex{};
  std::vector<Made> made_of{};

  /// The entries of a theorem, by number.
  std::vector<std::size_t> of(const Theorem& theorem) const {
    std::vector<std::size_t> own;
    for (std::size_t e = 0; e < entries.size(); ++e) {
      if (entries[e].is_for(theorem.id)) own.push_back(e);
    }
    return own;
  }

  Planned make(std::size_t e) {
    const Entry& entry = entries[e];
    const std::string origin = "large: " + entry.name();
    const std::lock_guard lock(mutex);
    Made& made = made_of[e];
    Instance instance;
    if (const auto sum = made.sum.lock()) {
      instance = made.without_sum;
      instance.problem.sum = sum;
    } else {
      instance = read_instance(JsonReader::from_text(entry.instance(seed).dump(), origin));
      instance.run.start = start_of(entry, instance.problem);
      made = {instance.problem.sum, instance};
      made.without_sum.problem.sum = nullptr;
    }
    Planned planned{origin, std::move(instance)};
    planned.sampling = SamplingOptions{.runs = entry.runs, .seed = seed, .instance = e};
    return planned;
  }
};

LargePlan::LargePlan(std::uint64_t seed, const std::string& images)
    : state_(std::make_shared<State>(seed, all_entries(images))) {
  std::error_code missing;
  std::erase_if(state_->entries, [&](const Entry& entry) {
    if (entry.images.empty() || std::filesystem::exists(entry.images, missing)) return false;
    state_->left_out.push_back(entry.name() + ": no " + entry.images);
    return true;
  });
  state_->made_of.resize(state_->entries.size());
}

std::vector<const Theorem*> LargePlan::theorems() {
  std::vector<const Theorem*> served;
  const auto entries = all_entries("");
  for (const Theorem& theorem : graddiv::theorems()) {
    if (std::ranges::any_of(entries, [&](const Entry& e) { return e.is_for(theorem.id); }))
      served.push_back(&theorem);
  }
  return served;
}

const std::vector<std::string>& LargePlan::left_out() const { return state_->left_out; }

std::int64_t LargePlan::instances() const {
  std::size_t most = 0;
  for (const Theorem* theorem : theorems()) most = std::max(most, state_->of(*theorem).size());
  return static_cast<std::int64_t>(most);
}

std::string LargePlan::in_words() const { return "instances too large for exact expectations"; }

std::string LargePlan::fingerprint() const {
  Fingerprint fingerprint;
  for (const Entry& entry : state_->entries) {
    fingerprint.add(entry.instance(state_->seed).dump());
    fingerprint.add(std::to_string(entry.start) + (entry.is_uphill ? " uphill" : ""));
    fingerprint.add(std::to_string(entry.runs));
    for (const char* theorem : entry.theorems) fingerprint.add(theorem);
  }
  return fingerprint.text();
}

Plan LargePlan::plan() const {
  return {[state = state_](const Theorem& theorem, std::int64_t number,
                           const std::function<bool()>&) -> std::optional<Planned> {
            const auto own = state->of(theorem);
            if (number >= static_cast<std::int64_t>(own.size())) return std::nullopt;
            return state->make(own[static_cast<std::size_t>(number)]);
          },
          [state = state_](const Theorem& theorem, std::int64_t number, const Theorem& other) {
            const auto own = state->of(theorem);
            std::vector<std::int64_t> numbers;
            if (number >= static_cast<std::int64_t>(own.size())) return numbers;
            const auto others = state->of(other);
            const auto at = std::ranges::find(others, own[static_cast<std::size_t>(number)]);
            if (at != others.end()) numbers.push_back(at - others.begin());
            return numbers;
          }};
}

}  // namespace graddiv::workbench
