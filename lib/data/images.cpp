#include "data/images.h"

#include <array>
#include <limits>
#include <string>
#include <utility>

#include "data/byte_stream.h"
#include "data/idx.h"

namespace graddiv {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t cifar_pixels = std::size_t{3} * 32 * 32;
constexpr std::size_t cifar_record = 1 + cifar_pixels;

/// The file of that name, with .gz or without; none where neither is there.
std::optional<fs::path> plain_or_gz(const fs::path& path) {
  for (const char* suffix : {"", ".gz"}) {
    fs::path candidate = path;
    candidate += suffix;
    if (fs::is_regular_file(candidate)) return candidate;
  }
  return std::nullopt;
}

fs::path labels_beside(const fs::path& images) {
  std::string name = images.filename().string();
  for (const auto& [image, label] :
       {std::pair<std::string, std::string>{"images", "labels"}, {"idx3", "idx1"}}) {
    const auto at = name.rfind(image);
    if (at == std::string::npos) {
      throw InputError(images.string() + ": found IDX images of another name, expected " +
                       "…images-idx3… with …labels-idx1… beside it");
    }
    name.replace(at, image.size(), label);
  }
  if (name.size() > 3 && name.ends_with(".gz")) name.resize(name.size() - 3);
  const auto labels = plain_or_gz(images.parent_path() / name);
  if (labels) return *labels;
  throw InputError((images.parent_path() / name).string() +
                   ": found no such file, expected the labels of " + images.string());
}

using CifarRecord = std::array<std::uint8_t, cifar_record>;

/// Visits the records of a batch, each the label and the pixels. Throws InputError.
template <class Visit>
void for_each_record(const fs::path& path, const Visit& visit) {
  ByteStream file(path);
  CifarRecord record{};
  for (std::size_t number = 1;; ++number) {
    const std::size_t count = file.read(record.data(), record.size());
    if (count == 0 && number > 1) return;
    if (count < record.size()) {
      file.fail(count == 0 ? "an empty file"
                           : std::to_string(count) + " bytes in record " + std::to_string(number),
                "CIFAR-10 records of 3073 bytes");
    }
    if (record[0] > 9) {
      file.fail("label " + std::to_string(record[0]) + " in record " + std::to_string(number),
                "one of 0, …, 9");
    }
    visit(record);
  }
}

Dataset cifar(const fs::path& source, const std::vector<fs::path>& batches) {
  Dataset data;
  data.source = source.string();
  DenseBytes bytes;
  for (const fs::path& batch : batches) {
    for_each_record(batch, [&](const CifarRecord& record) {
      data.labels.push_back(record[0]);
      bytes.values.insert(bytes.values.end(), record.begin() + 1, record.end());
    });
  }
  data.rows = static_cast<std::int64_t>(data.labels.size());
  data.columns = static_cast<int>(cifar_pixels);
  data.features = std::move(bytes);
  data.image = ImageShape{3, 32, 32};
  data.detected = {"CIFAR-10, binary version"};
  return data;
}

}  // namespace

std::optional<fs::path> find_idx_images(const fs::path& folder, DataPart part) {
  const std::string prefix = part == DataPart::train ? "train-images" : "t10k-images";
  for (const char* joint : {"-", "."}) {  // both spellings are about
    if (auto file = plain_or_gz(folder / (prefix + joint + "idx3-ubyte"))) return file;
  }
  return std::nullopt;
}

Dataset read_idx_pair(const fs::path& images) {
  IdxArray array = read_idx(images.string());
  const auto& extents = array.dimensions;
  const auto fail = [](const fs::path& file, const std::string& found,
                       const std::string& expected) {
    throw InputError(file.string() + ": found " + found + ", expected " + expected);
  };
  if (extents.size() < 2) fail(images, "an IDX array of one dimension", "images: three");
  if (extents[0] == 0 || array.data.empty()) fail(images, "no pixels", "images");
  const fs::path label_file = labels_beside(images);
  const IdxArray labels = read_idx(label_file.string());
  if (labels.dimensions.size() != 1) {
    fail(label_file, "an IDX array of " + std::to_string(labels.dimensions.size()) + " dimensions",
         "labels: one");
  }
  if (labels.dimensions[0] != extents[0]) {
    fail(label_file, std::to_string(labels.dimensions[0]) + " labels",
         std::to_string(extents[0]) + ", one for each image of " + images.string());
  }
  Dataset data;
  data.source = images.string();
  data.rows = extents[0];
  data.columns = static_cast<int>(array.data.size() / extents[0]);
  if (extents.size() == 3) {
    data.image = ImageShape{1, static_cast<int>(extents[1]), static_cast<int>(extents[2])};
  }
  data.labels.assign(labels.data.begin(), labels.data.end());
  data.features = DenseBytes{std::move(array.data)};
  data.detected = {"IDX"};
  return data;
}

std::optional<fs::path> find_cifar(const fs::path& folder) {
  for (const fs::path& place : {folder, folder / "cifar-10-batches-bin"}) {
    for (const char* name : {"data_batch_1.bin", "test_batch.bin"}) {
      if (fs::is_regular_file(place / name)) return place;
    }
  }
  return std::nullopt;
}

bool is_cifar_batch(const fs::path& file) {
  try {
    for_each_record(file, [](const CifarRecord&) {});
    return true;
  } catch (const InputError&) {
    return false;
  }
}

Dataset read_cifar_folder(const fs::path& folder, DataPart part) {
  std::vector<fs::path> batches;
  if (part == DataPart::test) batches = {folder / "test_batch.bin"};
  for (int i = 1; part == DataPart::train && i <= 5; ++i) {
    batches.push_back(folder / ("data_batch_" + std::to_string(i) + ".bin"));
  }
  return cifar(folder, batches);
}

Dataset read_cifar_batch(const fs::path& file) { return cifar(file, {file}); }

}  // namespace graddiv
