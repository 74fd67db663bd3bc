#include "json/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace graddiv {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail_to_write(const fs::path& path) {
  const int error = errno;
  throw FileError(path.string() + ": cannot be written: " + std::strerror(error));
}

/// A new file beside `target`, removed again unless it takes its place. Errors name `asked_for`,
/// which the user knows.
class Draft {
 public:
  Draft(const fs::path& target, const fs::path& asked_for) : target_(target), path_(asked_for) {
    static std::atomic<unsigned> count{0};
    do {  // a killed process may have left one of the same name
      name_ = target.string() + ".part-" + std::to_string(getpid()) + "-" + std::to_string(count++);
      descriptor_ = open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    if (descriptor_ < 0) fail_to_write(path_);
  }
  ~Draft() {
    if (descriptor_ >= 0) close(descriptor_);
    if (!is_kept_) unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno != EINTR) fail_to_write(path_);
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  /// The bytes must be on the disk before the name is: a crash in between would leave an empty
  /// file. Some file systems report a full disk no earlier than here.
  void keep() {
    if (fsync(descriptor_) != 0 && errno != EINVAL) fail_to_write(path_);
    if (close(std::exchange(descriptor_, -1)) != 0) fail_to_write(path_);
    if (rename(name_.c_str(), target_.c_str()) != 0) fail_to_write(path_);
    is_kept_ = true;
  }

 private:
  fs::path target_;
  fs::path path_;
  std::string name_;
  int descriptor_ = -1;
  bool is_kept_ = false;
};

}  // namespace

std::string read_file(const fs::path& path, const std::string& kind, std::size_t largest) {
  const auto fail = [&](const std::string& found, const std::string& which) {
    throw InputError(path.string() + ": found " + found + ", expected " + which + kind);
  };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) fail("no such file", "a ");
  if (fs::is_directory(status)) fail("a directory", "a ");
  std::ifstream in(path, std::ios::binary);
  std::string bytes;
  std::array<char, 1 << 16> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    bytes.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > largest) {
      fail("more than " + std::to_string(largest >> 20U) + " MiB", "a smaller ");
    }
  }
  if (!in.eof()) fail("a file that cannot be read", "a readable ");
  return bytes;
}

void write_file(const fs::path& path, std::string_view bytes) {
  write_file(path, std::vector<std::string_view>{bytes});
}

void write_file(const fs::path& path, const std::vector<std::string_view>& parts) {
  std::error_code error;
  fs::path target = path;
  if (fs::is_symlink(path, error)) {
    target = fs::weakly_canonical(path, error);
    if (error) throw FileError(path.string() + ": cannot be written: " + error.message());
  }
  Draft draft(target, path);
  for (const std::string_view part : parts) draft.write(part);
  draft.keep();
}

}  // namespace graddiv
