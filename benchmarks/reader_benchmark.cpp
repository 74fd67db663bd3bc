#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "data/read_dataset.h"

// A LIBSVM file of about 4 million entries: our reader, with its cache and without, beside just
// reading the bytes and beside the parser that one would write with streams. The counter `entries`
// is entries a second.
namespace {

namespace fs = std::filesystem;
using namespace graddiv;

constexpr int lines = 80'000;
constexpr int entries_a_line = 50;

/// The file, written once and removed at the end.
class Sample {
 public:
  Sample() : folder_(fs::temp_directory_path() / ("graddiv-readers-" + std::to_string(getpid()))) {
    fs::create_directory(folder_);
    std::mt19937 random(1);
    std::uniform_real_distribution<double> uniform(-1, 1);
    std::ofstream out(path());
    for (int i = 0; i < lines; ++i) {
      std::string line = i % 2 == 0 ? "+1" : "-1";
      int index = 0;
      for (int k = 0; k < entries_a_line; ++k) {
        index += 1 + static_cast<int>(random() % 200);
        char text[32];
        std::snprintf(text, sizeof(text), " %d:%.6g", index, uniform(random));
        line += text;
      }
      out << line << '\n';
    }
  }
  ~Sample() { fs::remove_all(folder_); }
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  fs::path path() const { return folder_ / "sample"; }
  fs::path cache() const { return folder_ / "cache"; }

 private:
  fs::path folder_;
};

const Sample& sample() {
  static const Sample one;
  return one;
}

void count_entries(benchmark::State& state) {
  state.counters["entries"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * lines * entries_a_line,
                         benchmark::Counter::kIsRate);
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(fs::file_size(sample().path())));
}

void bytes_alone(benchmark::State& state) {
  std::vector<char> block(1U << 20U);
  sample();
  for (auto _ : state) {
    const int file = open(sample().path().c_str(), O_RDONLY | O_CLOEXEC);
    long sum = 0;
    for (ssize_t n = 0; (n = read(file, block.data(), block.size())) > 0;) {
      for (ssize_t i = 0; i < n; ++i) sum += block[static_cast<std::size_t>(i)];
    }
    close(file);
    benchmark::DoNotOptimize(sum);
  }
  count_entries(state);
}

void reader(benchmark::State& state) {
  sample();
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(sample().path()));
  count_entries(state);
}

void reader_with_cache(benchmark::State& state) {
  ReadOptions options;
  options.cache = sample().cache();
  read_dataset(sample().path(), options);
  for (auto _ : state) benchmark::DoNotOptimize(read_dataset(sample().path(), options));
  count_entries(state);
}

void streams(benchmark::State& state) {
  sample();
  for (auto _ : state) {
    std::ifstream in(sample().path());
    SparseRows rows;
    std::vector<double> labels;
    std::string line;
    while (std::getline(in, line)) {
      std::istringstream words(line);
      double label = 0;
      words >> label;
      labels.push_back(label);
      int index = 0;
      char colon = 0;
      double value = 0;
      while (words >> index >> colon >> value) {
        rows.column.push_back(index - 1);
        rows.value.push_back(value);
      }
      rows.row_begin.push_back(static_cast<std::int64_t>(rows.column.size()));
    }
    benchmark::DoNotOptimize(rows.value.data());
  }
  count_entries(state);
}

BENCHMARK(bytes_alone)->Name("libsvm/by:bytes alone")->Unit(benchmark::kMillisecond);
BENCHMARK(reader)->Name("libsvm/by:engine")->Unit(benchmark::kMillisecond);
BENCHMARK(reader_with_cache)->Name("libsvm/by:cache")->Unit(benchmark::kMillisecond);
BENCHMARK(streams)->Name("libsvm/by:streams")->Unit(benchmark::kMillisecond);

}  // namespace
