#include <boost/process.hpp>
#include <nlohmann/json.hpp>

#include "benchmarks/tasks.h"

namespace graddiv::benchmarks {
namespace {

using Json = nlohmann::json;

Json texts(const auto& numbers) {
  Json result = Json::array();
  for (const Rational& x : numbers) result.push_back(to_string(x));
  return result;
}

}  // namespace

Measured python_fractions([[maybe_unused]] const Task& task) {
#ifdef GRADDIV_PYTHON
  Json question{{"start", texts(task.run.start)},       {"minimizer", texts(task.minimizer)},
                {"gamma", to_string(task.run.step(0))}, {"batch", task.run.batch(0)},
                {"iterations", task.run.iterations},    {"C", Json::array()}};
  for (const auto& C : task.C) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < C.rows(); ++i) rows.push_back(texts(C.row(i)));
    question["C"].push_back(rows);
  }
  namespace process = boost::process;
  process::opstream in;
  process::ipstream out;
  process::child python(GRADDIV_PYTHON, GRADDIV_FRACTIONS_SCRIPT,
                        process::std_in<in, process::std_out> out);
  in << question;
  in.close();
  in.pipe().close();
  const Json answer = Json::parse(out);
  python.wait();
  Measured result;
  result.seconds = answer.at("seconds");
  for (const auto& text : answer.at("values")) {
    result.values.push_back(parse_rational(text.get<std::string>()));
  }
  return result;
#else
  throw std::runtime_error("CMake found no Python");
#endif
}

}  // namespace graddiv::benchmarks
