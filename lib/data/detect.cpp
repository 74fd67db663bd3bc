#include "data/detect.h"

#include <array>

#include "data/byte_stream.h"
#include "data/images.h"
#include "data/text_lines.h"
#include "json/quote.h"

namespace graddiv {

DataFormat format_of_file(const std::filesystem::path& path) {
  std::array<char, 4096> begin{};
  ByteStream file(path);
  const std::size_t count = file.read(begin.data(), begin.size());
  if (count == 0) file.fail("an empty file", "IDX, CIFAR-10, LIBSVM or CSV data");
  const std::string_view head(begin.data(), count);
  if (path.extension() == ".bin" && is_cifar_batch(path)) return DataFormat::cifar;
  if (head.size() >= 4 && head[0] == 0 && head[1] == 0 && head[2] == 8) return DataFormat::idx;
  if (head.find('\0') != std::string_view::npos) {
    if (is_cifar_batch(path)) return DataFormat::cifar;
    std::string bytes;
    for (std::size_t i = 0; i < std::min<std::size_t>(head.size(), 4); ++i) {
      bytes += (i > 0 ? " " : "") + std::to_string(static_cast<unsigned char>(head[i]));
    }
    file.fail("binary data that begin with the bytes " + bytes,
              "IDX (0 0 8 …), CIFAR-10 records of 3073 bytes, LIBSVM or CSV text");
  }
  // Text. Of LIBSVM the first example shows an entry, or is a label alone; of CSV a comma.
  TextLines lines(path);
  std::string_view line;
  while (lines.next(line)) {
    const std::string_view example = line.substr(0, line.find('#'));
    const auto first = example.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    if (example.find(',') != std::string_view::npos) return DataFormat::csv;
    const std::string_view word =
        example.substr(first, example.find_last_not_of(" \t") + 1 - first);
    double value = 0;
    if (example.find(':') != std::string_view::npos ||
        parse_double(word, value) != NumberError::not_a_number) {
      return DataFormat::libsvm;
    }
    lines.fail(word.data(), '"' + detail::shortened(detail::printable(std::string(word))) + '"',
               "LIBSVM (label index:value …) or CSV (numbers between commas)");
  }
  file.fail("no examples", "IDX, CIFAR-10, LIBSVM or CSV data");
}

}  // namespace graddiv
