// Makes examples/fashion-mnist.json: least squares on pooled Fashion-MNIST images of two classes.
//
//   pool_fashion_mnist IMAGES LABELS OUTPUT [COUNT]
//
// Every 28 × 28 image becomes 7 × 7 sums of 4 × 4 pixels: whole numbers, so that the whole problem
// is exact. The first COUNT/2 images of either class are taken, T-shirts (label 0, target −1) and
// trousers (label 1, target +1) in turn.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "data/idx.h"
#include "sgd/instance.h"

namespace {

using namespace graddiv;

constexpr int side = 28;
constexpr int window = 4;
constexpr int pooled = side / window;

Vector<Rational> pool(const std::uint8_t* image) {
  Vector<Rational> sums = Vector<Rational>::Zero(pooled * pooled);
  for (int r = 0; r < side; ++r) {
    for (int c = 0; c < side; ++c) sums[(r / window) * pooled + c / window] += image[r * side + c];
  }
  return sums;
}

Instance make(const IdxArray& images, const IdxArray& labels, int count) {
  Matrix<Rational> X(count, pooled * pooled);
  Vector<Rational> y(count);
  int taken = 0;
  for (std::size_t i = 0; i < labels.data.size() && taken < count; ++i) {
    if (labels.data[i] != taken % 2) continue;
    X.row(taken) = pool(&images.data[i * side * side]).transpose();
    y[taken] = 2 * labels.data[i] - 1;
    ++taken;
  }
  if (taken < count)
    throw std::runtime_error("only " + std::to_string(taken) + " images of the two classes");
  // γ = 2^-34: even a batch of 64 is stable then (γBλ_max(XᵀX/n) < 1, as tr XᵀX/n is below 2^28).
  return {{least_squares(X, y), Domain::all()},
          {Vector<Rational>::Zero(pooled * pooled), {Rational(1, 1L << 34)}, {8}, 30}};
}

void write_whole(const std::string& path, const std::string& text) {
  const std::string partial = path + ".partial";
  std::ofstream out(partial);
  out << text;
  out.close();
  if (!out) throw std::runtime_error(partial + ": cannot be written");
  std::filesystem::rename(partial, path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4 || argc > 5) {
    std::fprintf(stderr, "usage: %s IMAGES LABELS OUTPUT [COUNT]\n", argv[0]);
    return 2;
  }
  try {
    const IdxArray images = read_idx(argv[1]);
    const IdxArray labels = read_idx(argv[2]);
    if (images.dimensions.size() != 3 || images.dimensions[1] != side ||
        images.dimensions[2] != side ||
        labels.dimensions != std::vector<std::uint32_t>{images.dimensions[0]}) {
      throw std::runtime_error("expected 28 × 28 images and one label for each");
    }
    const int count = argc == 5 ? std::stoi(argv[4]) : 200;
    if (count < 2)
      throw std::runtime_error("COUNT is " + std::to_string(count) + ", expected at least 2");
    write_whole(argv[3], to_text(make(images, labels, count)));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "pool_fashion_mnist: %s\n", e.what());
    return 2;
  }
  return 0;
}
